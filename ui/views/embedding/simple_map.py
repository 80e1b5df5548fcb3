"""The map for browsers without WebGL2: a Plotly chart of a sample."""

import numpy as np
import streamlit as st

from ser_core.plots.embedding_map import embedding_map_figure
from ser_core.plots.map_look import MapLook, region_seen
from ser_core.plots.point_map import colour_columns, frame_of, with_judgements
from ser_core.types import FloatArray
from ui.components import charts, marks, simple_map
from ui.components.projections import MapRequest
from ui.views.embedding.utterances import KnownUtterances


def draw_simple_map(
    known: KnownUtterances, request: MapRequest, points: FloatArray, look: MapLook | None, label: str = ""
) -> tuple[int, ...]:
    """Draw the points, at most some thousands of them and always in the plane: Plotly's solid maps need WebGL too.

    Args:
        known: the utterances.
        request: what the points are.
        points: shape ``(B, 2)`` or ``(B, 3)``.
        look: what a view that came back shows; its search, and its turn in space, are not to be seen here.
        label: the column that colours the points until another one is chosen.

    Returns:
        Row numbers of the selected utterances.
    """
    drawn = simple_map.drawn_rows(len(known.rows), look)
    flat = " Seen from the front: the third dimension is not drawn." if request.dimensions == 3 else ""
    simple_map.announce(len(drawn), len(known.rows), look, flat)
    name = f"marked on the simple map of {known.key}"
    simple_map.take(look, name)
    table = with_judgements(known.coloured_by(label).iloc[drawn].reset_index(drop=True))
    colour, mouse = simple_map.choose_look(colour_columns(table, label), *st.columns(2))
    chart = f"simple map|{known.key}|{request.caption}"
    chosen = marks.marked(name, [chart], drawn.tolist())
    figure = embedding_map_figure(
        points[drawn, :2],
        table,
        colour_by=colour,
        selected=np.flatnonzero(np.isin(drawn, chosen)).tolist(),
        hidden=dict(look.hidden).get(colour, ()) if look else (),
    )
    figure.update_layout(dragmode=mouse)
    if look is not None:
        figure.update_layout(uirevision=f"{figure.layout.uirevision}|{look.token}")
        if look.camera is not None and request.dimensions == 2 and look.view.endswith(request.caption):
            horizontal, vertical = region_seen(look.camera, *frame_of(points))
            figure.update_xaxes(range=horizontal)
            figure.update_yaxes(range=vertical)
    charts.draw_to_select(
        figure,
        key=marks.chart_key(name, chart),
        alt=f"{request.caption} of the utterances, coloured by {colour}.",
        modes=("points", "lasso", "box"),
    )
    simple_map.draw_clearing(name, chosen)
    return chosen
