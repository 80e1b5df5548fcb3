"""How excited a recording sounds, beside its emotion: a word, a small scale from calm to excited, and its interval."""

import html
from typing import TYPE_CHECKING

import streamlit as st

from ser_core.written_numbers import fixed
from ui.components.text import plain

if TYPE_CHECKING:
    from ser_core.checkpoints.card import Card
    from ser_core.inference.arousal import HeardArousal


def draw_scale(heard: "HeardArousal") -> None:
    """Draw the scale in one line; CSS of ``ui/style.css`` gives it its look."""
    from ser_core.tasks.arousal_proxy import CALM, EXCITED

    told = html.escape(
        f"How excited it sounds: {heard.in_words}. On a scale from calm, {CALM:g}, to excited, {EXCITED:g}: "
        f"{_interval(heard)}"
    )
    left, right, at = (100 * (value - CALM) / (EXCITED - CALM) for value in (heard.low, heard.high, heard.value))
    st.html(
        f'<div class="arousal" role="img" aria-label="{told}"><b>sounds {heard.in_words}</b>'
        f'<span class="arousal-end">calm</span><span class="arousal-scale">'
        f'<span class="arousal-interval" style="left:{left:.1f}%;width:{right - left:.1f}%"></span>'
        f'<span class="arousal-value" style="left:{at:.1f}%"></span></span>'
        '<span class="arousal-end">excited</span></div>',
        width="content",
    )


def words_for(heard: "HeardArousal", *, experts: bool) -> str:
    """Say what the scale shows and by what it was learned, as text for :func:`ui.components.glossary.caption`."""
    from ser_core.tasks.arousal_proxy import arousal_table

    numbers = f" Here {_interval(heard)}" if experts else ""
    return (
        f"Scale: [[arousal]]; its coloured part is how far that may be off. It was learned from a proxy, what "
        f"{arousal_table(heard.table).title} tell of each played emotion, since nobody rated the training "
        f"speech.{numbers}"
    )


def draw_meaning(card: "Card") -> None:
    """Say what the arousal that a model tells is, and what it was worth on ratings; nothing for other models."""
    from ser_core.checkpoints.words import arousal_in_words, ratings_in_words

    if card.arousal_task is not None:
        st.markdown("**How excited it sounds**")
        for paragraph in (arousal_in_words(card), *ratings_in_words(card)):
            st.markdown(plain(paragraph))


def _interval(heard: "HeardArousal") -> str:
    value, low, high = (fixed(number, 2) for number in (heard.value, heard.low, heard.high))
    return f"{value}, {100 * heard.level:.0f}\N{NO-BREAK SPACE}% interval {low} to {high}."
