"""Figures of an audit: impossible pairs, the nearest possible angles, three angles one after the other."""

from collections.abc import Callable, Sequence

import numpy as np
import plotly.graph_objects as go

from ser_core.geometry.reach import Triple
from ser_core.labels import COLOURS
from ser_core.plots.matrix import CELL, CHOSEN, cells_figure, check_square
from ser_core.plots.style import ACCENT, DIVERGING, GRID, INK, MUTED, SECOND, SEQUENTIAL, literal, styled
from ser_core.types import FloatArray
from ser_core.written_numbers import fixed

WRITTEN = 12  # up to so many labels, each cell carries its figure
MARKED = 2_000  # more marks than these would hide the table
HEIGHT = 500  # pixels of a table: half of a first screen with the picture of a triple beside it
DETOUR = 300  # pixels


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


def detour_figure(triple: Triple) -> go.Figure:
    """Draw three angles one after the other in one plane: from a to a third direction, and from there to b.

    Farther from a than that, b cannot be: beyond a half turn, no farther than what is left of the full one. Where the
    table puts b farther, its line is dashed and the gap is coloured; otherwise what is left to spare is grey, up to a
    dotted line.
    """
    a, b, via = triple.a, triple.b, triple.via
    reached = triple.first + triple.second
    spare, too_far = triple.spare_degrees, triple.spare_degrees < 0
    placed = triple.direct if reached <= 180 else 360.0 - triple.direct  # b, turning on from a
    figure = go.Figure()
    gap = np.radians(np.linspace(reached, placed, 30))
    figure.add_trace(
        go.Scatter(
            x=[0, *np.cos(gap), 0],
            y=[0, *np.sin(gap), 0],
            fill="toself",
            mode="none",
            fillcolor="rgba(179, 84, 30, 0.35)" if too_far else "rgba(74, 85, 93, 0.15)",
            hoverinfo="skip",
        )
    )
    told = SECOND if too_far else ACCENT
    whole = 0.0 if reached <= 180 else 360.0
    for start, end, radius, colour in (
        (0.0, triple.first, 0.38, MUTED), (triple.first, reached, 0.5, MUTED), (whole, placed, 0.78, told),
    ):  # fmt: skip
        turn = np.radians(np.linspace(start, end, 90))
        figure.add_trace(_line(radius * np.cos(turn), radius * np.sin(turn), colour, width=2))
    end_of_way = (reached, COLOURS.get(b, INK), "solid") if too_far else (reached, MUTED, "dot")
    end_of_line = (placed, SECOND, "dash") if too_far else (placed, COLOURS.get(b, INK), "solid")
    rays = (
        (0.0, COLOURS.get(a, INK), "solid"),
        (triple.first, COLOURS.get(via, INK), "solid"),
        end_of_way,
        end_of_line,
    )
    for angle, colour, dash in rays:
        turn = np.radians(angle)
        figure.add_trace(_line([0, np.cos(turn)], [0, np.sin(turn)], colour, width=4, dash=dash))
    for start, end, radius in ((0.0, triple.first, 0.38), (triple.first, reached, 0.56)):
        _write(figure, radius, np.radians((start + end) / 2), f"{end - start:.2f}°", INK, on_line=True)
    _write(figure, 0.78, np.radians(whole + (placed - whole) / 4), f"{triple.direct:.2f}°", told, on_line=True)
    for name, angle in ((a, 0.0), (via, triple.first)):
        _write(figure, 1.05, np.radians(angle), literal(name), INK)
    words = f"{-spare:.2f}° too far" if too_far else f"{spare:.2f}° to spare"
    _write(figure, 1.05, np.radians(placed), f"{literal(b)}<br>{words}", told)
    styled(figure, height=DETOUR)
    figure.update_layout(hovermode=False)
    drawn = np.radians(np.linspace(0.0, max(reached, placed), 90))
    figure.update_xaxes(range=[float(np.cos(drawn).min()) - 0.55, 1.45], visible=False, fixedrange=True)
    low, high = float(np.sin(drawn).min()), float(np.sin(drawn).max())
    figure.update_yaxes(
        range=[low - (0.3 if low < -0.5 else 0.14), high + 0.3], visible=False, fixedrange=True, scaleanchor="x"
    )
    return figure


def _line(x: Sequence[float] | FloatArray, y: Sequence[float] | FloatArray, colour: str, **style: object) -> go.Scatter:
    return go.Scatter(x=x, y=y, mode="lines", line={"color": colour, **style}, hoverinfo="skip")


def _write(figure: go.Figure, radius: float, turn: float, text: str, colour: str, *, on_line: bool = False) -> None:
    """Write at a point: on the line there, or beyond it."""
    x, y = float(radius * np.cos(turn)), float(radius * np.sin(turn))
    anchor = "center" if on_line or abs(x) < 0.35 else ("left" if x > 0 else "right")
    beyond = "bottom" if y >= 0.5 else ("top" if y <= -0.5 else "middle")
    figure.add_annotation(
        x=x,
        y=y,
        text=text,
        showarrow=False,
        xanchor=anchor,
        yanchor="middle" if on_line else beyond,
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
