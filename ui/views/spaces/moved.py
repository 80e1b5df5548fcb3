"""The utterances that moved most, or those that are selected, with their sound."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import streamlit as st

from ser_core.embeddings.space import CLASS
from ui import state
from ui.components import utterances
from ui.views.spaces.moves import Movement
from ui.views.spaces.pair import SpacePair

if TYPE_CHECKING:
    import pandas

LISTED = 50


def heard_rows(pair: SpacePair, moves: Movement, selected: Sequence[int]) -> list[int]:
    """Return the row numbers of what is chosen in the table, in the last run."""
    listed = _listed(moves, selected)
    return [listed[row] for row in state.selected_rows(_key(pair, listed)) if row < len(listed)]


def draw_moved(pair: SpacePair, moves: Movement, selected: Sequence[int], label: str) -> list[int]:
    """Draw the table, and the player of the utterance that is chosen in it; returns its row number, if any.

    ``label`` is the column of the classes, or empty.
    """
    listed = _listed(moves, selected)
    if selected:
        st.header("Selected utterances")
    else:
        st.header("Utterances that moved most")
    table = _table(pair, moves, listed)
    hear = "hear it and to " if utterances.can_be_heard(table, pair.sound) else ""
    st.caption(
        f"Neighbours changed: the share of the {moves.neighbours} nearest others that are not among the nearest in the "
        "second space. "
        + (
            "Turned: the angle left after the whole space was turned onto the first. "
            if moves.turned is not None
            else ""
        )
        + f"Choose a row to {hear}see it ringed on both maps."
    )
    label = label or CLASS
    heard = utterances.table(table, key=_key(pair, listed), label=label, selectable=True, height=320)
    for row in heard:
        st.markdown(utterances.description(table.iloc[row], label))
        utterances.draw_player(table.iloc[row], pair.sound)
    return [listed[row] for row in heard]


def _listed(moves: Movement, selected: Sequence[int]) -> list[int]:
    marked = set(selected)
    order: list[int] = moves.order.tolist()
    return [row for row in order if row in marked] if marked else order[:LISTED]


def _table(pair: SpacePair, moves: Movement, listed: list[int]) -> "pandas.DataFrame":
    rows = pair.rows.iloc[listed].reset_index(drop=True)
    rows = rows.assign(neighbours_changed=100 * moves.changed[listed])
    return rows if moves.turned is None else rows.assign(turned_degrees=moves.turned[listed])


def _key(pair: SpacePair, listed: Sequence[int]) -> str:
    """Another list is another table, in which nothing is chosen yet."""
    return f"moved|{pair.key}|{hash(tuple(listed))}"
