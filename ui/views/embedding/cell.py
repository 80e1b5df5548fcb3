"""Choice of a cell of the matrix of angles, by name."""

from collections.abc import Sequence

import streamlit as st

from ui import state
from ui.components.angle_matrix import Cell

ROW, COLUMN = "row of the cell", "column of the cell"  # names of the choices
BEHIND = "behind-the-pressed-cell"  # where the utterances of the cell stand on the page
_OPEN = ""  # no label yet


def choose_cell(labels: Sequence[str]) -> None:
    """Draw a field for the row and one for the column."""
    options = (_OPEN, *labels)
    with st.container(horizontal=True):
        for label, name in (("Angle of", ROW), ("and", COLUMN)):
            value = st.selectbox(
                label, options, key=state.prepared(name, options), format_func=lambda one: one or "choose"
            )
            state.remember(name, value)


def chosen_cell(labels: Sequence[str]) -> Cell | None:
    """Return the labels of the chosen row and column; ``None`` while one of them is open."""
    row, column = state.recall(ROW, _OPEN), state.recall(COLUMN, _OPEN)
    return (row, column) if row in labels and column in labels else None


def choose(cell: Cell | None) -> None:
    """Choose a cell that was pressed; ``None`` ends the choice."""
    row, column = cell or (_OPEN, _OPEN)
    state.choose(ROW, row)
    state.choose(COLUMN, column)
