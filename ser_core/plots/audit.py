"""Figures of an audit: impossible pairs, the nearest possible angles, violated triangle inequalities."""

from collections.abc import Callable, Sequence

import numpy as np
import plotly.graph_objects as go

from ser_core.errors import InputError
from ser_core.labels import COLOURS
from ser_core.plots.matrix import CELL, CHOSEN, cells_figure, check_square
from ser_core.plots.style import DIVERGING, GRID, INK, MUTED, SECOND, SEQUENTIAL, literal, styled
from ser_core.types import Degrees, FloatArray

WRITTEN = 12  # up to so many labels, each cell carries its figure
MARKED = 2_000  # more marks than these would hide the table
_OVERVIEW = 480  # pixels of a table too large to be read cell by cell


def audited_figure(degrees: FloatArray, labels: Sequence[str], *, excess: FloatArray | None = None) -> go.Figure:
    """Draw a table of angles; pairs that violate the triangle inequality are framed.

    ``degrees`` and ``excess``, by how much a pair violates it in degrees, 0 where it does not, are ``(K, K)``. The
    degrees are written in, if there are no more than :data:`WRITTEN` labels.

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
    change = change.round(4) + 0.0  # no -0.00
    reach = max(1.0, float(np.abs(change).max(initial=0.0)))

    def hover(row: int, column: int) -> str:
        return f"{labels[row]} – {labels[column]}: {change[row, column]:+.2f}°"

    return _drawn(change, labels, "{:+.1f}", hover, (-reach, reach), DIVERGING)


def detour_figure(names: tuple[str, str, str], *, direct: Degrees, first: Degrees, second: Degrees) -> go.Figure:
    """Draw three angles that violate the triangle inequality.

    The two smaller angles lie in one plane, one after the other: ``b`` cannot be further from ``a`` than that. The
    dashed line is where the table puts it. ``names`` are a, b, and the one between; ``direct`` is the angle from a to
    b.

    Raises:
        InputError: if the triangle inequality holds.
    """
    a, b, via = names
    reached = first + second
    if not direct > reached:
        raise InputError(
            f"Expected an angle larger than the sum of the two others; got {direct:g} and {reached:g} degrees. "
            "Choose another triple."
        )
    figure = go.Figure()
    gap = np.linspace(reached, direct, 30)
    figure.add_trace(
        go.Scatter(
            x=[0, *np.cos(np.radians(gap)), 0],
            y=[0, *np.sin(np.radians(gap)), 0],
            fill="toself",
            mode="none",
            fillcolor="rgba(179, 84, 30, 0.35)",
            hoverinfo="skip",
        )
    )
    for start, end, radius, colour in (
        (0.0, first, 0.38, MUTED), (first, reached, 0.5, MUTED), (0.0, direct, 0.78, SECOND),
    ):  # fmt: skip
        turn = np.radians(np.linspace(start, end, 60))
        figure.add_trace(_line(radius * np.cos(turn), radius * np.sin(turn), colour, width=2))
    for name, angle, dash in ((a, 0.0, "solid"), (via, first, "solid"), (b, reached, "solid"), (b, direct, "dash")):
        turn = np.radians(angle)
        colour = SECOND if dash == "dash" else COLOURS.get(name, INK)
        figure.add_trace(_line([0, np.cos(turn)], [0, np.sin(turn)], colour, width=4, dash=dash))
    for start, end, radius, colour in ((0.0, first, 0.38, INK), (first, reached, 0.56, INK)):
        _write(figure, radius, np.radians((start + end) / 2), f"{end - start:.2f}°", colour, on_line=True)
    _write(figure, 0.78, np.radians(direct / 4), f"{direct:.2f}°", SECOND, on_line=True)
    for name, angle in ((a, 0.0), (via, first)):
        _write(figure, 1.05, np.radians(angle), literal(name), INK)
    _write(figure, 1.05, np.radians(direct), f"{literal(b)}<br>{direct - reached:.2f}° too far", SECOND)
    styled(figure, height=330)
    figure.update_layout(hovermode=False)
    figure.update_xaxes(
        range=[min(0.0, float(np.cos(np.radians(direct)))) - 0.55, 1.45], visible=False, fixedrange=True
    )
    figure.update_yaxes(range=[-0.14, 1.3], visible=False, fixedrange=True, scaleanchor="x", scaleratio=1)
    return figure


def _line(x: Sequence[float] | FloatArray, y: Sequence[float] | FloatArray, colour: str, **style: object) -> go.Scatter:
    return go.Scatter(x=x, y=y, mode="lines", line={"color": colour, **style}, hoverinfo="skip")


def _write(figure: go.Figure, radius: float, turn: float, text: str, colour: str, *, on_line: bool = False) -> None:
    """Write at a point: on the line there, or beyond it."""
    x, y = float(radius * np.cos(turn)), float(radius * np.sin(turn))
    anchor = "center" if on_line or abs(x) < 0.35 else ("left" if x > 0 else "right")
    figure.add_annotation(
        x=x,
        y=y,
        text=text,
        showarrow=False,
        xanchor=anchor,
        yanchor="middle" if on_line or y < 0.5 else "bottom",
        font={"color": colour},
        bgcolor="rgba(255, 255, 255, 0.85)" if on_line else None,
        borderpad=1,
    )


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
        return figure.update_traces(textfont_size=12, selector={"mode": "markers+text"})
    size, names = len(labels), [literal(name) for name in labels]
    figure = go.Figure(
        go.Heatmap(
            z=np.round(values, 2), x=names, y=names, colorscale=colours, zmin=limits[0], zmax=limits[1],
            showscale=False, hovertemplate="%{y} – %{x}: %{z:.2f}°<extra></extra>",
        )
    )  # fmt: skip
    styled(figure, height=_OVERVIEW)
    axis = {"type": "category", "tickvals": list(range(0, size, -(-size // 25))), "gridcolor": GRID}  # as fit
    figure.update_xaxes(range=[-0.5, size - 0.5], tickangle=-45, **axis)
    figure.update_yaxes(range=[size - 0.5, -0.5], **axis)
    return figure
