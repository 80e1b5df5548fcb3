"""Reliability of a model's probabilities and of "none of these": text, diagram and table."""

from typing import TYPE_CHECKING, Any

import streamlit as st

from ser_core.evaluation.reliability_text import ERROR_MEANS
from ser_core.plots.reliability import reliability_figure
from ui.components import charts, tables
from ui.components.percent import percent
from ui.components.text import plain

if TYPE_CHECKING:
    from ser_core.checkpoints.card import Card
    from ser_core.evaluation.reliability import Reliability

ABOVE_AND_BELOW = (
    "Reliability diagram: how often answers of each probability were right. A diamond above the line: more often than "
    "the probability says; below it: less often. The smaller bars are the utterances in each step. "
    f"{ERROR_MEANS}"
)


def draw_reliability(card: "Card", *, key: str) -> None:
    """Draw the reliability in a checkpoint's card, or the reason why it has none.

    Args:
        card: of the checkpoint.
        key: of the diagram, unique on the page.
    """
    from ser_core.checkpoints.words import reliability_in_words, same_recipe_in_words

    st.markdown("**What its probabilities and its “none of these” are worth**")
    for paragraph in reliability_in_words(card):
        st.markdown(plain(paragraph))
    found = card.reliability
    if found is not None:
        draw_diagram(found, key=key)
        st.caption(ABOVE_AND_BELOW)
        tables.show(_rows(found), hide_index=True, column_config=_COLUMNS)
    for paragraph in same_recipe_in_words(card):
        st.markdown(plain(paragraph))


def draw_diagram(found: "Reliability", *, key: str) -> None:
    """Draw the reliability diagram alone."""
    told = ", ".join(
        f"at {percent(one.confidence, digits=0)} right {percent(one.accuracy, digits=0)} of {one.utterances}"
        for one in found.bins
        if one.confidence is not None and one.accuracy is not None
    )
    charts.draw(
        reliability_figure(found.bins), key=key, alt=f"Reliability diagram: with a probability {told}.", buttons=False
    )


_COLUMNS = {
    "inside its range": st.column_config.NumberColumn("inside its 90 % range (%)", format="%.1f"),
    "none of these": st.column_config.NumberColumn("none of these (%)", format="%.1f"),
}


def _rows(found: "Reliability") -> list[dict[str, Any]]:
    return [
        {
            "spoken as": label,
            "utterances": one.utterances,
            "inside its range": None if one.covered is None else 100 * one.covered,
            "none of these": None if one.rejected is None else 100 * one.rejected,
        }
        for label, one in found.classes.items()
    ]
