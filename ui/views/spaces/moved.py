"""The utterances that moved most, or those that are selected, with their sound."""

from typing import TYPE_CHECKING

import streamlit as st

from ui import state
from ui.components import utterances
from ui.views.spaces.maps import marked_in
from ui.views.spaces.moves import Moves
from ui.views.spaces.pair import Pair

if TYPE_CHECKING:
    import pandas

LISTED = 50


def heard_rows(pair: Pair, moves: Moves) -> list[int]:
    """Return the row numbers of what is chosen in the table, in the last run."""
    listed = _listed(pair, moves)
    return [listed[row] for row in state.selected_rows(_key(pair, moves)) if row < len(listed)]


def draw_moved(pair: Pair, moves: Moves) -> None:
    """Draw the table, and the player of the chosen utterance."""
    listed = _listed(pair, moves)
    if marked_in(pair):
        st.subheader("Selected utterances")
    else:
        st.subheader("Utterances that moved most")
    st.caption(
        f"Neighbours changed: the share of the {moves.neighbours} nearest others that are not among the nearest in the "
        "second space. "
        + (
            "Turned: the angle left after the whole space was turned onto the first. "
            if moves.turned is not None
            else ""
        )
        + "Choose a row to hear it and to see it ringed on both maps."
    )
    table = _table(pair, moves, listed)
    for row in utterances.table(table, key=_key(pair, moves), selectable=True, height=320):
        st.markdown(utterances.told(table.iloc[row]))
        utterances.hear(table.iloc[row], pair.sound)


def _listed(pair: Pair, moves: Moves) -> list[int]:
    marked = set(marked_in(pair))
    order: list[int] = moves.order.tolist()
    return [row for row in order if row in marked] if marked else order[:LISTED]


def _table(pair: Pair, moves: Moves, listed: list[int]) -> "pandas.DataFrame":
    rows = pair.rows.iloc[listed].reset_index(drop=True)
    rows = rows.assign(neighbours_changed=100 * moves.changed[listed])
    return rows if moves.turned is None else rows.assign(turned_degrees=moves.turned[listed])


def _key(pair: Pair, moves: Moves) -> str:
    """Another list is another table, in which nothing is chosen yet."""
    return f"moved|{pair.key}|{hash(tuple(_listed(pair, moves)))}"
