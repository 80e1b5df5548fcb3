"""Angles with their confidence intervals, one line each."""

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from ser_core.errors import InputError
from ser_core.plots.style import ACCENT, SECOND, axis_name, literal, styled
from ser_core.types import FloatArray

MOST_LINES = 120  # whose names a browser can place without a pause; all angles of fifteen classes
_LINE = 21  # pixels


def intervals_figure(labels: Sequence[str], matrix: FloatArray, intervals: FloatArray) -> go.Figure:
    """Draw every angle between two classes, and the mean angle within each, with its interval.

    ``matrix`` is ``(K, K)``, ``intervals`` ``(K, K, 2)``, in degrees, NaN where there is none. Diamonds are
    angles within a class, dots those between two, each group by size; a line leads from bound to bound, beside the sign
    where the angle lies outside. Of more than :data:`MOST_LINES` angles the widest classes and the closest pairs are
    shown; see :func:`drawn_lines`.

    Raises:
        InputError: if the shapes do not fit.
    """
    size = len(labels)
    if matrix.shape != (size, size) or intervals.shape != (size, size, 2):
        raise InputError(
            f"Expected angles of shape ({size}, {size}) and intervals of ({size}, {size}, 2); got {matrix.shape} and "
            f"{intervals.shape}. Pass one label per row."
        )
    within = [(number, number) for number in range(size) if np.isfinite(matrix[number, number])]
    between = [(row, column) for row in range(size) for column in range(row + 1, size)]
    widest, closest = drawn_lines(len(within), len(between))
    groups = [sorted(cells, key=lambda cell: float(matrix[cell])) for cells in (within, between)]
    groups = [groups[0][len(within) - widest :], groups[1][:closest]]
    figure = go.Figure()
    first = 0
    for cells, name, colour, symbol in zip(
        groups, ("within a class", "between two"), (SECOND, ACCENT), ("diamond", "circle"), strict=True
    ):
        values = np.array([matrix[cell] for cell in cells])
        bounds = np.array([intervals[cell] for cell in cells]).reshape(-1, 2)
        names = [_name(list(map(literal, labels)), cell) for cell in cells]
        figure.add_trace(_lines(bounds, first, colour))
        figure.add_trace(
            go.Scatter(
                x=values,
                y=np.arange(first, first + len(cells)),
                mode="markers",
                name=name,
                marker={
                    "symbol": symbol,
                    "size": 11,
                    "color": colour,
                },
                customdata=names,
                hovertext=[
                    f"{value:.1f}°" + (f", 95 %: {low:.1f}° to {high:.1f}°" if np.isfinite([low, high]).all() else "")
                    for value, (low, high) in zip(values, bounds, strict=True)
                ],
                hovertemplate="%{customdata}: %{hovertext}<extra></extra>",
            )
        )
        first += len(cells)
    styled(figure, height=_LINE * first + 110, x_title="angle (°)", legend=True)
    figure.update_layout(legend={"y": 1.0, "yanchor": "bottom"}, margin_t=40)
    figure.update_xaxes(rangemode="tozero", fixedrange=True)
    names = [_name(list(map(axis_name, labels)), cell) for cells in groups for cell in cells]
    figure.update_yaxes(
        tickvals=list(range(first)),
        ticktext=names,
        range=[first - 0.4, -0.6],
        showgrid=False,
        fixedrange=True,
        ticklabeloverflow="allow",  # otherwise every label is compared with every other one
    )
    return figure


def drawn_lines(within: int, between: int) -> tuple[int, int]:
    """Return how many angles within a class, and between two, a figure has room for.

    Examples:
        >>> drawn_lines(8, 28), drawn_lines(30, 435), drawn_lines(3000, 4_498_500)
        ((8, 28), (30, 90), (40, 80))
    """
    widest = min(within, max(MOST_LINES // 3, MOST_LINES - between))
    return widest, min(between, MOST_LINES - widest)


def _lines(bounds: FloatArray, first: int, colour: str) -> go.Scatter:
    """From bound to bound ``(M, 2)``, drawn around the middle: an error bar has no place for an angle outside."""
    half = (bounds[:, 1] - bounds[:, 0]) / 2
    return go.Scatter(
        x=bounds.mean(axis=1),
        y=np.arange(first, first + len(bounds)),
        mode="markers",
        marker={"size": 1, "color": colour, "opacity": 0},
        error_x={
            "type": "data",
            "array": half,
            "color": colour,
            "thickness": 2,
            "width": 4,
        },
        hoverinfo="skip",
        showlegend=False,
    )


def _name(labels: Sequence[str], cell: tuple[int, int]) -> str:
    first, second = (labels[number] for number in cell)
    return first if cell[0] == cell[1] else f"{first} – {second}"
