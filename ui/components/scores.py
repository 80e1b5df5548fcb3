"""How well a model did: on the split it was trained with, and over the folds of a protocol."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from ser_core.corpora.protocols import PROTOCOLS
from ui.components.text import plain

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


def score_rows(metrics: Mapping[str, Any]) -> list[dict[str, Any]]:
    """List ``{split: {back end: {uar, wa}}}`` as rows in percent."""
    rows = []
    for split, back_ends in metrics.items():
        if not isinstance(back_ends, Mapping):
            continue
        for back_end, scores in back_ends.items():
            if isinstance(scores, Mapping) and "uar" in scores:
                row = {"split": split, "back end": back_end, "UA": 100 * scores["uar"]}
                rows.append(row | ({"WA": 100 * scores["wa"]} if "wa" in scores else {}))
    return rows


def evaluation_text(card: Mapping[str, Any]) -> str | None:
    """Say in Markdown what a card tells of an evaluation over folds, with everything a comparison needs.

    Returns:
        Scores with their spread, back end, protocol, number of folds, corpus, recipe and seed; ``None`` where the card
        tells nothing of it.
    """
    found = card.get("evaluation")
    if not isinstance(found, Mapping):
        return None
    scores = [text for text in (_spread(found, "uar", "UA"), _spread(found, "wa", "WA")) if text]
    if not scores:
        return None
    back_end = str(found.get("back_end", ""))
    protocol = str(found.get("protocol", ""))
    corpus, recipe, seed = (plain(str(found.get(key, "not named"))) for key in ("corpus", "recipe", "seed"))
    text = (
        f"**{', '.join(scores)}** by {BACK_ENDS.get(back_end, plain(back_end) or 'a back end not named')}, over "
        f"{_folds(found)} of {plain(_protocol_title(protocol))} (corpus {corpus}, recipe {recipe}, seed {seed})."
    )
    if "±" in text:
        text += " ±: standard deviation over the folds."
    if found.get("partial"):
        text += " Not all folds of this protocol were done."
    other = found.get("other_settings")
    if isinstance(other, Mapping) and other:
        named = ", ".join(plain(f"{key} = {value}") for key, value in other.items())
        text += f" Measured with {named}, unlike this model."
    if protocol in PROTOCOLS and not PROTOCOLS[protocol].speaker_independent:
        text += " The same voices are in training and test parts: figures without that overlap cannot be compared."
    return text


def _spread(found: Mapping[str, Any], key: str, name: str) -> str | None:
    mean, deviation = found.get(f"{key}_mean"), found.get(f"{key}_std")
    if not isinstance(mean, int | float):
        return None
    spread = f" ± {100 * deviation:.1f}" if isinstance(deviation, int | float) else ""
    return f"{name} {100 * mean:.1f}{spread} %"


def _folds(found: Mapping[str, Any]) -> str:
    folds = found.get("folds")
    return "1 fold" if folds == 1 else f"{plain(str(folds or 'the'))} folds"


def _protocol_title(name: str) -> str:
    return f"{PROTOCOLS[name].title} ({name})" if name in PROTOCOLS else name or "a protocol not named"
