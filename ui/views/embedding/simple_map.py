"""The map for browsers without WebGL2: a Plotly chart of a sample."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import streamlit as st

from ser_core.plots.embedding_map import SVG_POINTS, embedding_map_figure
from ser_core.plots.map_look import Look
from ser_core.plots.point_map import colour_columns, frame_of, sampled_rows, with_judgements
from ser_core.types import FloatArray, IntArray
from ui import state
from ui.components import charts, marks
from ui.components.projections import Request
from ui.views.embedding.known import Known

COLOUR = "map colour"  # name of the choice
CLICK, LASSO = "picks one point", "draws a lasso"
TAKEN = "look that the simple map has taken"


def draw_simple_map(known: Known, request: Request, points: FloatArray, look: Look | None) -> tuple[int, ...]:
    """Draw the points, at most some thousands of them and always in the plane: Plotly's solid maps need WebGL too.

    Args:
        known: the utterances.
        request: what the points are.
        points: shape ``(B, 2)`` or ``(B, 3)``.
        look: what a view that came back shows; its search, and its turn in space, are not to be seen here.

    Returns:
        Row numbers of the selected utterances.
    """
    drawn = _drawn_rows(known, look)
    sample = "" if len(drawn) == len(known.rows) else f" {len(drawn)} of {len(known.rows)} points are drawn."
    flat = " Seen from the front: the third dimension is not drawn." if request.dimensions == 3 else ""
    st.info(f"The simple map: this browser has no WebGL2, or this map was asked for.{sample}{flat}")
    if look is not None and (look.search or len(look.hidden) > 1):
        st.caption(
            "Of the view, this map shows neither the search nor what is hidden by another column than the colour."
        )
    name = f"marked on the simple map of {known.key}"
    if look is not None and state.recall(TAKEN) != look.token:
        state.remember(TAKEN, look.token)
        marks.mark(name, look.selected)
    table = with_judgements(known.coloured.iloc[drawn].reset_index(drop=True))
    columns = colour_columns(table)
    left, right = st.columns(2)
    colour = left.selectbox("Colour", columns, key=state.prepared(COLOUR, columns, "emotion"))
    state.remember(COLOUR, colour)
    mouse = right.radio("The mouse", (CLICK, LASSO), key=state.prepared("mouse", (CLICK, LASSO)), horizontal=True)
    state.remember("mouse", mouse)
    chart = f"simple map|{known.key}|{request.caption}"
    chosen = marks.marked(name, [chart], drawn.tolist())
    figure = embedding_map_figure(
        points[drawn, :2],
        table,
        colour_by=colour,
        selected=np.flatnonzero(np.isin(drawn, chosen)).tolist(),
        hidden=dict(look.hidden).get(colour, ()) if look else (),
    )
    figure.update_layout(dragmode="lasso" if mouse == LASSO else "pan")
    if look is not None:
        figure.update_layout(uirevision=f"{figure.layout.uirevision}|{look.token}")
        if look.camera is not None and request.dimensions == 2 and look.view.endswith(request.caption):
            middle, reach = frame_of(points)
            at, half = middle + reach * np.array(look.camera.centre[:2]), reach / look.camera.zoom
            figure.update_xaxes(range=[at[0] - half, at[0] + half])
            figure.update_yaxes(range=[at[1] - half, at[1] + half])
    charts.draw_to_select(
        figure,
        key=marks.chart_key(name, chart),
        alt=f"{request.caption} of the utterances, coloured by {colour}.",
        modes=("points", "lasso", "box"),
    )
    st.caption("Press a name in the legend to hide it, twice to see it alone.")
    if chosen:
        st.button(f"Clear the selection ({len(chosen)})", on_click=marks.mark, args=(name, ()))
    return chosen


def _drawn_rows(known: Known, look: Look | None) -> IntArray:
    """Choose the rows that are drawn: a sample, with those that the look selects."""
    rows = sampled_rows(len(known.rows), SVG_POINTS, SVG_POINTS)
    if look is None:
        return rows
    return np.union1d(rows, np.array(look.selected, dtype=np.int64))


def keep_simple_map() -> Mapping[str, Any] | None:
    """Draw the button that keeps a view; returns how the map looks when it was pressed just now."""
    pressed = st.button(
        "Keep view", help="Under a name, as a link or as a file; of this map its colour and selection are kept."
    )
    return {"colour": state.recall(COLOUR)} if pressed else None
