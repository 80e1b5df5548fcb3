"""The map for browsers without WebGL2: a Plotly chart of a sample."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from ser_core.plots.embedding_map import SVG_POINTS, embedding_map_figure
from ser_core.plots.point_map import colour_columns, sampled_rows, with_judgements
from ser_core.types import FloatArray
from ui import state
from ui.components import charts
from ui.components.projections import Request
from ui.views.embedding.known import Known

COLOUR = "map colour"  # name of the choice
CLICK, LASSO = "picks one point", "draws a lasso"


def draw_simple_map(known: Known, request: Request, points: FloatArray) -> list[int]:
    """Draw the points, at most some thousands of them and always in the plane: Plotly's solid maps need WebGL too.

    Returns:
        Row numbers of the selected utterances.
    """
    drawn = sampled_rows(len(known.rows), SVG_POINTS, SVG_POINTS)
    sample = "" if len(drawn) == len(known.rows) else f" {len(drawn)} of {len(known.rows)} points, chosen at random."
    flat = " Seen from the front: the third dimension is not drawn." if request.dimensions == 3 else ""
    st.info(f"The simple map: this browser has no WebGL2, or this map was asked for.{sample}{flat}")
    table = with_judgements(known.coloured.iloc[drawn].reset_index(drop=True))
    columns = colour_columns(table)
    left, right = st.columns(2)
    colour = left.selectbox("Colour", columns, key=state.prepared(COLOUR, columns, "emotion"))
    state.remember(COLOUR, colour)
    mouse = right.radio("The mouse", (CLICK, LASSO), key=state.prepared("mouse", (CLICK, LASSO)), horizontal=True)
    state.remember("mouse", mouse)
    figure = embedding_map_figure(points[drawn, :2], table, colour_by=colour)
    figure.update_layout(dragmode="lasso" if mouse == LASSO else "pan")
    key = f"simple map|{known.key}|{request.caption}"
    charts.draw_to_select(
        figure,
        key=key,
        alt=f"{request.caption} of the utterances, coloured by {colour}.",
        modes=("points", "lasso", "box"),
    )
    st.caption("Press a name in the legend to hide it, twice to see it alone.")
    chosen = dict.fromkeys(int(data[0]) for data in state.selected_points(key))
    return [int(drawn[row]) for row in chosen if row < len(drawn)]


def keep_simple_map() -> Mapping[str, Any] | None:
    """Draw the button that keeps a view; returns how the map looks when it was pressed just now."""
    pressed = st.button("Keep view", help="Under a name, as a link or as a file; of this map its colour is kept.")
    return {"colour": state.recall(COLOUR)} if pressed else None
