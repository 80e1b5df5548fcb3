"""Which utterances have a line from where they lie on the first map to where they lie on the second."""

from collections.abc import Sequence

import streamlit as st

from ui import state
from ui.views.spaces.moves import Movement

NONE, MOST_MOVED, SELECTED = "none", "those that moved most", "the selected"
DRAWN_LINES, KINDS = "lines", (NONE, MOST_MOVED, SELECTED)
LINES = 30  # of those that moved most


def choose_lines() -> str:
    """Draw the choice; returns one of :data:`KINDS`."""
    key = state.prepared(DRAWN_LINES, KINDS)
    lines: str = st.radio("Lines from the first map", KINDS, key=key, horizontal=True)
    state.remember(DRAWN_LINES, lines)
    return lines


def lined_rows(lines: str, moves: Movement) -> Sequence[int] | None:
    """Return the row numbers of those that have one; ``None`` for those that are selected or ringed."""
    return None if lines == SELECTED else moves.order[:LINES].tolist() if lines == MOST_MOVED else ()
