"""Small maps of the same utterances with several seeds, with one legend."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import plotly.graph_objects as go

from ser_core.errors import InputError
from ser_core.plots.embedding_map import embedding_map_figure
from ser_core.plots.style import GRID
from ser_core.types import FloatArray

if TYPE_CHECKING:
    import pandas

_HEIGHT, _LINE, _SIZE = 270, 22, 6  # pixels
_ROOM = 0.04  # of the frame, around the points


def seed_map_figures(
    maps: Sequence[FloatArray], table: "pandas.DataFrame", *, colour_by: str = "emotion"
) -> tuple[list[go.Figure], go.Figure]:
    """Draw aligned maps of the same rows, each ``(B, 2)``, in one frame, and a figure that is their legend.

    For ``table`` and ``colour_by`` see :func:`ser_core.plots.embedding_map.embedding_map_figure`.

    Raises:
        InputError: if there is no map, or shapes or column do not fit.
    """
    if not maps or any(one.ndim != 2 or one.shape[1] != 2 for one in maps):
        raise InputError(
            f"Expected maps in two dimensions; got shapes {[one.shape for one in maps]}. Compute them in two."
        )
    figures = [embedding_map_figure(one, table, colour_by=colour_by) for one in maps]
    legend = _legend(figures[0])
    everything = np.concatenate(maps)
    low, high = everything.min(axis=0), everything.max(axis=0)
    room = _ROOM * (high - low).max()
    for figure in figures:
        figure.update_traces(marker_size=_SIZE, marker_line_width=0.3, marker_showscale=False)
        figure.update_layout(height=_HEIGHT, showlegend=False, dragmode=False, margin={"l": 2, "r": 2, "t": 2, "b": 2})
        frame = {"showline": True, "mirror": True, "linecolor": GRID, "showgrid": False}
        figure.update_xaxes(range=[low[0] - room, high[0] + room], **frame)
        figure.update_yaxes(range=[low[1] - room, high[1] + room], **frame)
    return figures, legend


def _legend(figure: go.Figure) -> go.Figure:
    """Keep the names and marks of a figure, or its colour bar, and no point."""
    legend = go.Figure(figure)
    bar = False
    for trace in legend.data:
        trace.update(x=[None], y=[None], text=None, customdata=None)
        if trace.marker.color is not None and not isinstance(trace.marker.color, str):
            bar, numbers = True, np.asarray(trace.marker.color, dtype=float)
            trace.marker.update(color=[numbers.min()], cmin=numbers.min(), cmax=numbers.max())
    legend.update_xaxes(visible=False)
    legend.update_yaxes(visible=False, scaleanchor=None)
    legend.update_layout(
        height=_HEIGHT if bar else _LINE * (len(legend.data) + 1),
        legend={"orientation": "v", "x": 0, "y": 1, "yanchor": "top"},
        dragmode=False,
    )
    return legend
