"""Scores of a model on corpora that it was not trained on."""

from typing import TYPE_CHECKING, Any

import streamlit as st

from ui.components import tables
from ui.components.percent import SPACE
from ui.components.text import plain

if TYPE_CHECKING:
    from ser_core.checkpoints.card import Card
    from ser_core.evaluation.cross_corpus import CrossCorpusSummary

PERCENT = {
    "answers": "UA of its answers (%)",
    "shared": "UA among shared emotions (%)",
    "chance": "by chance (%)",
    "confidence": "mean confidence (%)",
    "accuracy": "accuracy (%)",
    "error": "calibration error (%)",
    "none": "none of these (%)",
}


def draw_sentence(card: "Card") -> None:
    """Say with numbers what an answer is worth for people unlike the training speakers; nothing if not measured."""
    from ser_core.checkpoints.elsewhere import NOT_MEASURED, worth_in_a_sentence

    sentence = worth_in_a_sentence(card)
    if sentence != NOT_MEASURED:
        st.caption(f":material/groups: {plain(sentence)}".replace(" %", f"{SPACE}%"))


def draw_worth(card: "Card") -> None:
    """Say in one short sentence how often a model is right for people; it belongs in sight beside an answer."""
    from ser_core.checkpoints.elsewhere import worth_in_short

    st.markdown(plain(worth_in_short(card)).replace(" %", f"{SPACE}%"))


def draw_table(card: "Card") -> None:
    """Draw the scores on other corpora, or how to measure them."""
    from ser_core.checkpoints.elsewhere import MEANS, NOT_MEASURED

    st.markdown("**What its answers are worth on other corpora**")
    if not card.elsewhere:
        st.markdown(plain(NOT_MEASURED))
        return
    columns = {key: st.column_config.NumberColumn(title, format="%.1f") for key, title in PERCENT.items()}
    tables.show([_row(one) for one in card.elsewhere], hide_index=True, column_config=columns)
    st.caption(MEANS)


def draw_strangers_sentence(card: "Card") -> None:
    """Say how often models trained likewise are right in a corpus left out; nothing if that was not measured."""
    from ser_core.checkpoints.elsewhere import strangers_in_a_sentence

    if sentence := strangers_in_a_sentence(card):
        st.markdown(plain(sentence).replace(" %", f"{SPACE}%"))


def draw_strangers(card: "Card") -> None:
    """Draw the scores of models trained likewise without the tested corpus; nothing if there are none."""
    from ser_core.checkpoints.elsewhere import STRANGER_HEADINGS, STRANGERS_MEAN, stranger_rows

    if not card.strangers:
        return
    st.markdown("**What such a model is worth for people of a corpus that it was not trained on**")
    found = [dict(zip(STRANGER_HEADINGS, cells, strict=True)) for cells in stranger_rows(card.strangers)]
    tables.show(found, hide_index=True)
    st.caption(STRANGERS_MEAN)


def _row(one: "CrossCorpusSummary") -> dict[str, Any]:
    interval = one.uar_present_interval
    return {
        "corpus": f"{one.title} (other speakers of the training corpus)" if one.trained_on else one.title,
        "language": one.language,
        "shared": 100 * one.uar_present,
        "95 % interval": "–" if interval is None else f"{100 * interval[0]:.1f} to {100 * interval[1]:.1f}",
        "chance": 100 * one.chance,
        "confidence": 100 * one.confidence,
        "accuracy": 100 * one.accuracy,
        "error": 100 * one.ece,
        "answers": 100 * one.uar,
        "none": 100 * one.none_of_these,
        "shared emotions": one.labels,
        "utterances": one.utterances,
        "speakers": one.speakers,
    }
