"""Figures of an audit: impossible pairs, the nearest possible angles, three angles one after the other."""

from collections.abc import Callable, Sequence

import numpy as np
import plotly.graph_objects as go

from ser_core.plots.matrix import CELL, CHOSEN, cells_figure, check_square
from ser_core.plots.style import DIVERGING, GRID, SEQUENTIAL, literal, styled
from ser_core.types import FloatArray
from ser_core.written_numbers import fixed

WRITTEN = 12  # up to so many labels, each cell carries its figure
MARKED = 2_000  # more marks than these would hide the table
HEIGHT = 500  # pixels of a table: half of a first screen with the picture of a triple beside it


def audited_figure(
    degrees: FloatArray,
    labels: Sequence[str],
    *,
    excess: FloatArray | None = None,
    chosen: tuple[str, str] | None = None,
) -> go.Figure:
    """Draw a table of angles; pairs that violate the triangle inequality are framed.

    ``degrees`` and ``excess``, by how much a pair violates it in degrees, 0 where it does not, are ``(K, K)``. If there
    are no more than :data:`WRITTEN` labels, the degrees are written in, every cell is a point whose ``customdata`` is
    ``[row label, column label]``, and both cells of the ``chosen`` pair are marked.

    Raises:
        InputError: if a matrix is not ``(K, K)``.
    """
    over = np.zeros_like(degrees) if excess is None else excess
    check_square(degrees, labels)
    check_square(over, labels)

    def hover(row: int, column: int) -> str:
        text = f"{labels[row]} – {labels[column]}: {degrees[row, column]:.2f}°"
        return text + (f"\n{over[row, column]:.2f}° more than by way of a third" if over[row, column] > 0 else "")

    limits = (0.0, max(90.0, float(degrees.max(initial=0.0))))
    figure = _drawn(degrees, labels, "{:.1f}", hover, limits, SEQUENTIAL)
    if chosen is not None and len(labels) <= WRITTEN:
        one, other = (list(labels).index(label) for label in chosen)
        figure.data[-1].selectedpoints = [one * len(labels) + other, other * len(labels) + one]
    rows, columns = np.nonzero(over > 0)
    if 0 < len(rows) <= MARKED:
        small = len(labels) > WRITTEN
        names = [literal(name) for name in labels] if small else range(len(labels))
        figure.add_trace(
            go.Scatter(
                x=[names[column] for column in columns],
                y=[names[row] for row in rows],
                mode="markers",
                marker={
                    "symbol": "x" if small else "square-open",
                    "size": 5 if small else CELL - 8,
                    "color": CHOSEN,
                    "line": {"width": 0 if small else 4},
                },
                hoverinfo="skip",
            )
        )
    return figure


def change_figure(change: FloatArray, labels: Sequence[str]) -> go.Figure:
    """Draw the differences ``(K, K)`` in degrees between the nearest possible angles and the given ones.

    Zero is white and both ends have the same reach.

    Raises:
        InputError: if the matrix is not ``(K, K)``.
    """
    check_square(change, labels)
    reach = max(1.0, float(np.abs(change).max(initial=0.0)))

    def hover(row: int, column: int) -> str:
        return f"{labels[row]} – {labels[column]}: {fixed(change[row, column], 2, signed=True)}°"

    return _drawn(change, labels, "{:+z.1f}", hover, (-reach, reach), DIVERGING)


def _drawn(
    values: FloatArray,
    labels: Sequence[str],
    form: str,
    hover: Callable[[int, int], str],
    limits: tuple[float, float],
    colours: str,
) -> go.Figure:
    if len(labels) <= WRITTEN:
        texts = [
            ["" if row == column else form.format(value) for column, value in enumerate(of_row)]
            for row, of_row in enumerate(values)
        ]
        hovers = [hover(row, column) for row in range(len(labels)) for column in range(len(labels))]
        figure = cells_figure(values, labels, texts=texts, hover=hovers, limits=limits, colours=colours)
        figure.update_traces(textfont_size=12, selector={"mode": "markers+text"})
        return figure.update_layout(height=max(HEIGHT, figure.layout.height))
    size, names = len(labels), [literal(name) for name in labels]
    figure = go.Figure(
        go.Heatmap(
            z=np.round(values, 2), x=names, y=names, colorscale=colours, zmin=limits[0], zmax=limits[1],
            showscale=False, hovertemplate="%{y} – %{x}: %{z:.2f}°<extra></extra>",
        )
    )  # fmt: skip
    styled(figure, height=HEIGHT)
    axis = {"type": "category", "tickvals": list(range(0, size, -(-size // 25))), "gridcolor": GRID}  # as fit
    figure.update_xaxes(range=[-0.5, size - 0.5], tickangle=-45, **axis)
    figure.update_yaxes(range=[size - 0.5, -0.5], **axis)
    return figure
