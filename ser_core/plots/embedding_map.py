"""Scatter map of utterances in two or three dimensions, coloured by any column."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import plotly.graph_objects as go

from ser_core.errors import InputError
from ser_core.labels import EMOTIONS, SYMBOLS
from ser_core.plots.categories import MISSING, categories_of, is_continuous
from ser_core.plots.style import EDGED, INK, MUTED, PAPER, SEQUENTIAL, axis_name, literal, styled
from ser_core.types import FloatArray

if TYPE_CHECKING:
    import pandas

SVG_POINTS = 5000  # above this the browser draws with WebGL
# What Plotly draws in three dimensions everywhere; for its "x" it needs a character that many fonts do not have.
FILLED_SYMBOLS = ("circle", "square", "diamond")
SOLID_SYMBOLS = (*FILLED_SYMBOLS, "cross")
OPEN_SYMBOLS = ("circle-open", "square-open", "diamond-open")  # for what has another symbol in two dimensions
_REPLACED = [name for name in EMOTIONS if SYMBOLS[name] not in SOLID_SYMBOLS]


def embedding_map_figure(
    points: FloatArray,
    table: "pandas.DataFrame",
    *,
    colour_by: str = "emotion",
    chosen: Sequence[int] = (),
    selected: Sequence[int] = (),
    hidden: Sequence[str] = (),
) -> go.Figure:
    """Draw utterances as points; each point's ``customdata`` is ``[row number in table]``.

    Args:
        points: shape ``(B, 2)`` or ``(B, 3)``.
        table: ``B`` rows; the column ``colour_by``, and columns shown on hover.
        colour_by: a column; few values become a legend that toggles, many numbers a colour bar.
        chosen: row numbers drawn with a ring.
        selected: row numbers that are selected to begin with, on a flat map; the others are faded then.
        hidden: values of ``colour_by`` that only the legend shows to begin with.

    Raises:
        InputError: if the shapes do not fit or the column does not exist.
    """
    if points.ndim != 2 or points.shape[1] not in (2, 3) or points.shape[0] != len(table):
        raise InputError(
            f"Expected points of shape ({len(table)}, 2) or ({len(table)}, 3); got {points.shape}. "
            "Project the same rows that the table lists."
        )
    if colour_by not in table.columns:
        raise InputError(
            f"Expected a column among {', '.join(map(str, table.columns))}; got {colour_by!r}. Choose one of them."
        )
    solid = points.shape[1] == 3
    hover = _hover_texts(table, colour_by)
    figure = go.Figure()
    for name, rows, marker in _groups(table, colour_by, solid=solid):
        trace = _trace(points, rows, name=name, marker=marker, hover=hover)
        if len(selected) and not solid:
            trace.selectedpoints = np.flatnonzero(np.isin(rows, selected)).tolist()
        if name in hidden:
            trace.visible = "legendonly"
        figure.add_trace(trace)
    if len(chosen):
        rows = np.asarray(chosen, dtype=int)
        ring = {"symbol": "circle-open", "size": 12 if solid else 17, "color": INK, "line": {"width": 2.5}}
        figure.add_trace(_trace(points, rows, name="chosen", marker=ring, hover=hover))
    styled(figure, height=520, legend=not is_continuous(table[colour_by]))
    figure.update_layout(
        legend={"y": -0.02, "title": {"text": ""}, "itemsizing": "constant"},
        # The same text keeps zoom and toggled legend entries when the page runs again.
        uirevision=f"{colour_by}-{points.shape}",
    )
    bare = {"showticklabels": False, "title_text": "", "zeroline": False}
    if solid:
        plain = {
            "showticklabels": False,
            "title": {"text": ""},
            "backgroundcolor": PAPER,
            "gridcolor": "#D5DBE0",
            "showspikes": False,
        }
        figure.update_layout(
            scene={"xaxis": plain, "yaxis": plain, "zaxis": plain, "aspectmode": "data"}, dragmode="orbit"
        )
    else:
        figure.update_xaxes(**bare)
        figure.update_yaxes(scaleanchor="x", scaleratio=1, **bare)
    return figure


def _groups(table: "pandas.DataFrame", column: str, *, solid: bool) -> Iterator[tuple[str, Any, dict[str, Any]]]:
    values, size = table[column], 5 if solid else 10
    if is_continuous(values):
        bar = {"title": {"text": literal(column)}, "thickness": 12, "outlinewidth": 0}
        numbers = values.to_numpy(dtype=float)
        known = np.isfinite(numbers)
        marker = {"color": numbers[known], "colorscale": SEQUENTIAL, "colorbar": bar, "size": size, "line": EDGED}
        yield column, np.flatnonzero(known), marker
        if not known.all():
            missing = {"color": MUTED, "symbol": "cross" if solid else "x", "size": size - 2}
            yield MISSING, np.flatnonzero(~known), missing
        return
    found, codes = categories_of(values)
    for number, category in enumerate(found):
        colour, symbol, line = category.colour, category.symbol, EDGED
        if solid and symbol not in SOLID_SYMBOLS:
            emotional = symbol == SYMBOLS.get(category.name)
            symbol = OPEN_SYMBOLS[(_REPLACED.index(category.name) if emotional else number) % len(OPEN_SYMBOLS)]
        if solid and symbol not in FILLED_SYMBOLS:
            line = {"color": colour, "width": 3}  # these are all line: with the edge of the others they fade
        marker = {"color": colour, "symbol": symbol, "size": size, "line": line}
        yield category.name, np.flatnonzero(codes == number), marker


def _hover_texts(table: "pandas.DataFrame", first: str) -> list[str]:
    usual = ("emotion", "predicted", "speaker", "split", "sentence", "intensity")
    columns = [column for column in dict.fromkeys((first, *usual)) if column in table.columns]
    names = [literal(column) for column in columns]
    return ["<br>".join(f"{name}: {literal(value)}" for name, value in zip(names, row, strict=True)) for row in
            table[columns].astype(object).itertuples(index=False, name=None)]  # fmt: skip


def _trace(points: FloatArray, rows: Any, *, name: str, marker: dict[str, Any], hover: Sequence[str]) -> Any:
    shared: dict[str, Any] = {
        "x": points[rows, 0].round(4),
        "y": points[rows, 1].round(4),
        "mode": "markers",
        "name": axis_name(name),
        "marker": marker,
        "customdata": [[int(row)] for row in rows],
        "text": [hover[row] for row in rows],
        "hovertemplate": "%{text}<extra></extra>",
    }
    if points.shape[1] == 3:
        return go.Scatter3d(z=points[rows, 2].round(4), **shared)
    # A selection fades the others only a little: they stay readable and can be clicked next.
    shared |= {"selected": {"marker": {"opacity": 1.0}}, "unselected": {"marker": {"opacity": 0.55}}}
    return go.Scatter(**shared) if points.shape[0] <= SVG_POINTS else go.Scattergl(**shared)
