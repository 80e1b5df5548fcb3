"""Maps of two spaces in one frame, with movements and changes of angles."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import plotly.graph_objects as go

from ser_core.embeddings.comparing import AngleChange
from ser_core.plots.embedding_map import embedding_map_figure
from ser_core.plots.map_look import Limits
from ser_core.plots.matrix import cells_figure
from ser_core.plots.style import DIVERGING, MUTED
from ser_core.types import FloatArray
from ser_core.written_numbers import fixed

if TYPE_CHECKING:
    import pandas

HEIGHT = 480
_ROOM = 0.06  # of the larger side, around the outermost points
_LEAST_REACH = 10.0  # degrees at the ends of the colours, so that small changes look small


def limits_of(maps: Sequence[FloatArray]) -> Limits:
    """Return the lowest and highest value of both axes over all maps ``(B, 2)``."""
    points = np.concatenate(list(maps))
    low, high = points.min(axis=0), points.max(axis=0)
    room = _ROOM * max(float((high - low).max()), 1e-9)
    (left, bottom), (right, top) = (low - room).tolist(), (high + room).tolist()
    return (left, right), (bottom, top)


def framed_map_figure(
    points: FloatArray,
    table: "pandas.DataFrame",
    limits: Limits,
    *,
    colour_by: str = "emotion",
    chosen: Sequence[int] = (),
    hidden: Sequence[str] = (),
    lines: tuple[FloatArray, FloatArray] | None = None,
) -> go.Figure:
    """Draw a map for comparison with another one; each point's ``customdata`` is ``[row number in table]``.

    Shapes and columns are those of :func:`ser_core.plots.embedding_map.embedding_map_figure`. ``limits`` are those of
    both maps, with one unit for both axes; ``lines`` have beginnings and ends, ``(N, 2)`` each.

    Raises:
        InputError: if the shapes do not fit or the column does not exist.
    """
    figure = embedding_map_figure(points, table, colour_by=colour_by, chosen=chosen, hidden=hidden)
    if lines is not None and len(lines[0]):
        _draw_lines(figure, *lines)
    figure.update_xaxes(range=limits[0])
    figure.update_yaxes(range=limits[1])
    figure.update_layout(height=HEIGHT)
    return figure


def angle_change_figure(angles: AngleChange) -> go.Figure:
    """Draw the changes of the angles between classes, second minus first space, in signed degrees.

    No change is white, and both ends have the same reach.
    """
    labels, change = list(angles.labels), angles.change
    reach = max(_LEAST_REACH, float(np.abs(change).max(initial=0.0)))
    pairs = [(row, column) for row in range(len(labels)) for column in range(len(labels))]
    return cells_figure(
        change,
        labels,
        texts=[
            ["" if row == column else fixed(change[row, column], 0, signed=True) for column in range(len(labels))]
            for row in range(len(labels))
        ],
        hover=[
            labels[row]
            if row == column
            else f"{labels[row]} – {labels[column]}: {angles.first[row, column]:.1f}° → "
            f"{angles.second[row, column]:.1f}°\n{fixed(change[row, column], 1, signed=True)}°"
            for row, column in pairs
        ],
        limits=(-reach, reach),
        colours=DIVERGING,
    )


def _draw_lines(figure: go.Figure, origins: FloatArray, ends: FloatArray) -> None:
    """Draw all lines as one trace, below the points; a gap after each."""
    gap = np.full(len(ends), np.nan)
    x, y = (np.column_stack([origins[:, axis], ends[:, axis], gap]).ravel().round(4) for axis in (0, 1))
    figure.add_trace(
        go.Scatter(x=x, y=y, mode="lines", line={"color": MUTED, "width": 1}, hoverinfo="skip", showlegend=False)
    )
    figure.data = (figure.data[-1], *figure.data[:-1])
