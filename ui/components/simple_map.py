"""Shared parts of the Plotly maps for browsers without WebGL2.

They are Plotly charts of a sample: above some thousands of points Plotly draws with WebGL itself.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import streamlit as st

from ser_core.plots.embedding_map import SVG_POINTS
from ser_core.plots.map_look import MapLook
from ser_core.plots.point_map import sampled_rows
from ser_core.types import IntArray
from ui import state
from ui.components import marks

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

PARAMETER, SIMPLE = "map", "simple"  # an address that ends in ?map=simple asks for them
COLOUR = "map colour"  # name of the choice
CLICK, LASSO = "picks one point", "draws a lasso"
_MOUSE = "mouse"
_NO_WEBGL2 = "the browser has no WebGL2"
_TAKEN = "look that the simple map has taken"


def is_wanted() -> bool:
    """Return whether the browser has no WebGL2, or the address asks for the simple map."""
    return bool(state.recall(_NO_WEBGL2)) or st.query_params.get(PARAMETER) == SIMPLE


def fall_back() -> None:
    """Run the page again, and draw simple maps from then on: the browser has said that it cannot draw others."""
    state.remember(_NO_WEBGL2, True)
    st.rerun()


def drawn_rows(count: int, look: MapLook | None) -> IntArray:
    """Choose the rows that are drawn: a sample, with those that a look selects."""
    rows = sampled_rows(count, SVG_POINTS, SVG_POINTS)
    if look is None:
        return rows
    return np.union1d(rows, np.array(look.selected, dtype=np.int64))


def announce(drawn: int, total: int, look: MapLook | None, more: str = "") -> None:
    """Describe the limits of the simple map."""
    sample = "" if drawn == total else f" {drawn} of {total} points are drawn."
    st.info(f"The simple map: this browser has no WebGL2, or this map was asked for.{sample}{more}")
    if look is not None and (look.search or len(look.hidden) > 1):
        st.caption(
            "Of the view, this map shows neither the search nor what is hidden by another column than the colour."
        )


def take(look: MapLook | None, name: str) -> None:
    """Apply the selection of a look once.

    Args:
        look: what a view that came back shows, if any.
        name: under which marks are remembered; see :mod:`ui.components.marks`.
    """
    if look is not None and state.recall(_TAKEN) != look.token:
        state.remember(_TAKEN, look.token)
        marks.mark(name, look.selected)


def choose_look(columns: Sequence[str], left: "DeltaGenerator", right: "DeltaGenerator") -> tuple[str, str]:
    """Draw the choice of a colour, the first of the columns without one, and of what the mouse does.

    Returns:
        The column, and Plotly's name for the other.
    """
    colour: str = left.selectbox("Colour", columns, key=state.prepared(COLOUR, columns))
    state.remember(COLOUR, colour)
    key = state.prepared(_MOUSE, (CLICK, LASSO))
    mouse = right.radio("The mouse", (CLICK, LASSO), key=key, horizontal=True)
    state.remember(_MOUSE, mouse)
    return colour, "lasso" if mouse == LASSO else "pan"


def draw_clearing(name: str, rows: Sequence[int]) -> None:
    """Draw the button that ends the selection, and say how names are hidden."""
    st.caption("Press a name in the legend to hide it, twice to see it alone.")
    if rows:
        st.button(f"Clear the selection ({len(rows)})", on_click=marks.mark, args=(name, ()))


def draw_keeping() -> Mapping[str, Any] | None:
    """Draw the button that keeps a view; returns how the map looks when it was pressed just now."""
    pressed = st.button(
        "Keep view", help="Under a name, as a link or as a file; of this map its colour and selection are kept."
    )
    return {"colour": state.recall(COLOUR)} if pressed else None
