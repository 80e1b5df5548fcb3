"""Scores of a model: on its own split, and over the folds of a protocol."""

from typing import TYPE_CHECKING, Any

import streamlit as st

from ser_core.corpora.protocols import PROTOCOLS
from ui.components.percent import percent
from ui.components.text import plain

if TYPE_CHECKING:
    from ser_core.checkpoints.card import CardEvaluation, Metrics

BACK_ENDS = {
    "head": "the head",
    "angle": "the nearest direction",
    "svm": "a support vector machine",
    "knn": "nearest neighbours",
}
WORDS = (
    "UA: recall of each emotion, averaged over the emotions (also UAR, macro recall). "
    "WA: share of all utterances that are right (accuracy)."
)
COLUMNS = {
    "UA": st.column_config.NumberColumn("UA (%)", format="%.1f"),
    "WA": st.column_config.NumberColumn("WA (%)", format="%.1f"),
}


def score_rows(metrics: "Metrics") -> list[dict[str, Any]]:
    """List the scores of a card as rows in percent."""
    return [
        {"split": split, "back end": back_end, "UA": 100 * score.uar, "WA": 100 * score.wa}
        for split, back_ends in metrics.items()
        for back_end, score in back_ends.items()
    ]


def evaluation_text(found: "CardEvaluation | None") -> str | None:
    """Describe the evaluation over folds in a card, in Markdown.

    Returns:
        Scores with their spread, back end, protocol, number of folds, corpus, recipe and seed; ``None`` where the card
        tells nothing of it.
    """
    if found is None:
        return None
    scores = [
        text
        for text in (_spread("UA", found.uar_mean, found.uar_std), _spread("WA", found.wa_mean, found.wa_std))
        if text
    ]
    if not scores:
        return None
    corpus, recipe = (plain(name or "not named") for name in (found.corpus, found.recipe))
    folds = "1 fold" if found.folds == 1 else f"{found.folds or 'the'} folds"
    text = (
        f"**{', '.join(scores)}** by {BACK_ENDS.get(found.back_end, plain(found.back_end) or 'a back end not named')}, "
        f"over {folds} of {plain(_protocol_title(found.protocol))} (corpus {corpus}, recipe {recipe}, seed "
        f"{'not named' if found.seed is None else found.seed})."
    )
    if "±" in text:
        text += " ±: standard deviation over the folds."
    if found.partial:
        text += " Not all folds of this protocol were done."
    if found.other_settings:
        named = ", ".join(plain(f"{key} = {value}") for key, value in found.other_settings.items())
        text += f" Measured with {named}, unlike this model."
    if found.protocol in PROTOCOLS and not PROTOCOLS[found.protocol].speaker_independent:
        text += " The same voices are in training and test parts: figures without that overlap cannot be compared."
    return text


def _spread(name: str, mean: float | None, deviation: float | None) -> str | None:
    if mean is None:
        return None
    return f"{name} {percent(mean, deviation)}"


def _protocol_title(name: str) -> str:
    return f"{PROTOCOLS[name].title} ({name})" if name in PROTOCOLS else name or "a protocol not named"
