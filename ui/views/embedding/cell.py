"""Choice of a cell of the matrix: by a click, or by name for keyboard users."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from ui import state

ROW, COLUMN = "row of the cell", "column of the cell"  # names of the choices
_DRAWN = "how often the matrix was drawn for a cell that was chosen by name"
_OPEN = ""  # no label yet

Cell = tuple[str, str]


def choose_cell(labels: Sequence[str]) -> None:
    """Draw a field for the row and one for the column."""
    options = (_OPEN, *labels)
    with st.container(horizontal=True):
        for label, name in (("Angle of", ROW), ("and", COLUMN)):
            value = st.selectbox(
                label,
                options,
                key=state.prepared(name, options),
                format_func=lambda one: one or "choose",
                on_change=redraw_matrix,
            )
            state.remember(name, value)


def chosen_cell(labels: Sequence[str]) -> Cell | None:
    """Return the labels of the chosen row and column; ``None`` while one of them is open."""
    row, column = state.recall(ROW, _OPEN), state.recall(COLUMN, _OPEN)
    return (row, column) if row in labels and column in labels else None


def start_of(name: str, cell: Cell | None) -> tuple[str, Cell | None]:
    """Return the key of the matrix, and which cell is marked in it when it is drawn first.

    What is pressed later is marked by the browser: a figure that changes is drawn again.

    Args:
        name: changes with what the matrix shows.
        cell: that is looked at now.
    """
    name = f"{name}|{state.recall(_DRAWN, 0)}"
    state.remember(name, cell)
    key, start = state.prepared_start(name, None)
    return key, start


def select_pressed(key: str) -> None:
    """Choose the clicked cell of a matrix; a callback."""
    points: list[list[Any]] = state.selected_points(key)
    row, column = points[0] if points else (_OPEN, _OPEN)
    state.choose(ROW, row)
    state.choose(COLUMN, column)


def redraw_matrix() -> None:
    """Draw the matrix with a new key next time, so that it starts from the chosen cell."""
    state.remember(_DRAWN, state.recall(_DRAWN, 0) + 1)
