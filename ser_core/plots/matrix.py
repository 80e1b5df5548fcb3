"""Heat maps with clickable cells: angles between classes, and confusion matrices.

Plotly's heatmap reports no click to Streamlit, so the colours are a silent heatmap and each cell carries a
square marker that can be pressed.
"""

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from ser_core.errors import InputError
from ser_core.plots.style import DIVERGING, ON_DARK, ON_LIGHT, SEQUENTIAL, axis_name, literal, styled
from ser_core.types import FloatArray, IntArray
from ser_core.written_numbers import fixed

CHOSEN = "#A5440B"  # in coloured cells, with ON_DARK on it
CELL = 40  # pixels; eight classes and their names then fit a telephone's width
SMALL_CELL = 24
WRITTEN = 16  # classes up to which numbers fit into the cells; of more, they are shown on hover
LARGE = 12  # classes up to which cells are of full size


def angle_matrix_figure(
    matrix: FloatArray,
    labels: Sequence[str],
    *,
    deviations: FloatArray | None = None,
    intervals: FloatArray | None = None,
    chosen: tuple[str, str] | None = None,
) -> go.Figure:
    """Draw the angles between class directions, with the mean within-class angle on the diagonal.

    ``matrix`` is in degrees, ``(K, K)``, NaN where a class has no utterance. On hover it shows the standard deviation
    behind each mean, ``(K,)``, and the bounds of each angle, ``(K, K, 2)``. ``chosen`` labels the row and the column of
    the cell that is marked from the start. Every cell is a point whose ``customdata`` is ``[row label, column label]``.

    Raises:
        InputError: if the matrix is not ``(K, K)``.
    """
    check_square(matrix, labels)
    texts = [["" if np.isnan(value) else f"{value:.0f}" for value in row] for row in matrix]
    figure = cells_figure(
        matrix,
        labels,
        texts=texts,
        hover=[
            _angle_hover(labels, row, column, matrix, deviations, intervals)
            for row in range(len(labels))
            for column in range(len(labels))
        ],
        limits=(0.0, max(90.0, float(np.nanmax(matrix, initial=0.0)))),
    )
    if chosen is not None:
        row, column = (list(labels).index(label) for label in chosen)
        figure.data[-1].selectedpoints = [row * len(labels) + column]
    return figure


def _angle_hover(
    labels: Sequence[str],
    row: int,
    column: int,
    matrix: FloatArray,
    deviations: FloatArray | None,
    intervals: FloatArray | None,
) -> str:
    if np.isnan(matrix[row, column]):
        return f"no utterance of {labels[row]}"
    text = f"{labels[row]} – {labels[column]}: {matrix[row, column]:.1f}°"
    if row == column:
        text = f"within {labels[row]}: mean {matrix[row, column]:.1f}°"
        if deviations is not None and np.isfinite(deviations[row]):
            text += f"\nstandard deviation {deviations[row]:.1f}°"
    if intervals is not None and np.isfinite(intervals[row, column]).all():
        text += f"\n95 %: {intervals[row, column, 0]:.1f}° to {intervals[row, column, 1]:.1f}°"
    return text


def confusion_figure(confusion: IntArray | FloatArray, labels: Sequence[str]) -> go.Figure:
    """Draw a confusion matrix of counts ``(K, K)``, rows are truth, coloured by each row's share.

    Raises:
        InputError: if the matrix is not ``(K, K)``.
    """
    counts = np.asarray(confusion, dtype=float)
    check_square(counts, labels)
    totals = counts.sum(axis=1, keepdims=True)  # (K, 1)
    shares = np.divide(counts, totals, out=np.zeros_like(counts), where=totals > 0)
    rows, columns = np.meshgrid(labels, labels, indexing="ij")
    figure = cells_figure(
        shares,
        labels,
        texts=[[f"{count:.0f}" if count else "" for count in row] for row in counts],
        hover=[
            f"{row} heard as {column}: {count:.0f} ({100 * share:.0f} %)"
            for row, column, count, share in zip(
                rows.ravel(), columns.ravel(), counts.ravel(), shares.ravel(), strict=True
            )
        ],
        limits=(0.0, 1.0),
    )
    return _heard_as(figure)


def shares_figure(shares: FloatArray, labels: Sequence[str]) -> go.Figure:
    """Draw a confusion matrix of shares ``(K, K)`` in percent, for comparison with another system.

    Rows are truth and add up to one, NaN for an emotion without utterances.

    Raises:
        InputError: if the matrix is not ``(K, K)``.
    """
    check_square(shares, labels)
    return _heard_as(
        cells_figure(
            shares,
            labels,
            texts=[[f"{100 * share:.0f}" if share > 0 else "" for share in row] for row in shares],
            hover=_heard_hover(shares, labels, "{row} heard as {column}: {percent:.1f} %"),
            limits=(0.0, 1.0),
        )
    )


def share_difference_figure(difference: FloatArray, labels: Sequence[str]) -> go.Figure:
    """Draw the difference of two confusion matrices, second minus first, in signed percentage points.

    It is ``(K, K)``, from -1 to 1, NaN for an emotion without utterances. Zero is white, and both ends have the same
    reach.

    Raises:
        InputError: if the matrix is not ``(K, K)``.
    """
    check_square(difference, labels)
    reach = max(0.1, float(np.nanmax(np.abs(difference), initial=0.0)))
    return _heard_as(
        cells_figure(
            difference,
            labels,
            texts=[
                [fixed(100 * value, 0, signed=True) if abs(value) > 0 else "" for value in row] for row in difference
            ],
            hover=_heard_hover(difference, labels, "{row} heard as {column}: {percent:+z.1f} points"),
            limits=(-reach, reach),
            colours=DIVERGING,
        )
    )


def _heard_hover(values: FloatArray, labels: Sequence[str], text: str) -> list[str]:
    return [
        text.format(row=row, column=column, percent=100 * value) if np.isfinite(value) else f"no utterance of {row}"
        for row, of_row in zip(labels, values, strict=True)
        for column, value in zip(labels, of_row, strict=True)
    ]


def _heard_as(figure: go.Figure) -> go.Figure:
    figure.update_xaxes(title_text="heard as")
    figure.update_yaxes(title_text="truth")
    return figure


def check_square(matrix: FloatArray, labels: Sequence[str]) -> None:
    """Raise InputError if a matrix is not ``(K, K)`` for ``K`` labels, or there is no label."""
    if matrix.shape != (len(labels), len(labels)) or not labels:
        raise InputError(
            f"Expected a matrix of shape ({len(labels)}, {len(labels)}); got {matrix.shape}. Pass one label per row."
        )


def cells_figure(
    values: FloatArray,
    labels: Sequence[str],
    *,
    texts: list[list[str]],
    hover: list[str],
    limits: tuple[float, float],
    colours: str = SEQUENTIAL,
) -> go.Figure:
    """Draw cells coloured by values ``(K, K)`` between two limits, with a text in each and one at the mouse.

    Every cell is a point whose ``customdata`` is ``[row label, column label]``.
    """
    names, size = list(labels), len(labels)
    cell = CELL if size <= LARGE else SMALL_CELL
    low, high = limits
    height = (values - low) / (high - low)
    # Dark ink on Cividis's yellow end and in the white middle of the diverging colours, light ink elsewhere.
    light_ground = np.abs(height - 0.5) < 0.36 if colours == DIVERGING else height > 0.55
    rows, columns = np.meshgrid(np.arange(size), np.arange(size), indexing="ij")
    figure = go.Figure(
        go.Heatmap(
            z=values, x=np.arange(size), y=np.arange(size), colorscale=colours, zmin=low, zmax=high,
            showscale=False, hoverinfo="skip", xgap=2, ygap=2,
        )
    )  # fmt: skip
    figure.add_trace(
        go.Scatter(
            x=columns.ravel(),
            y=rows.ravel(),
            mode="markers+text" if size <= WRITTEN else "markers",
            text=[text for row in texts for text in row],
            textfont={
                "size": 14 if size <= LARGE else 10,
                "color": [ON_LIGHT if light else ON_DARK for light in light_ground.ravel()],
            },
            marker={"symbol": "square", "size": cell - 6, "color": "rgba(0,0,0,0)"},
            # The mark of the pressed cell is part of the figure: Streamlit forgets a selection when the figure changes.
            selected={"marker": {"color": CHOSEN, "opacity": 1}, "textfont": {"color": ON_DARK}},
            unselected={"marker": {"opacity": 1}},
            customdata=[[names[row], names[column]] for row, column in zip(rows.ravel(), columns.ravel(), strict=True)],
            hovertext=[literal(text).replace("\n", "<br>") for text in hover],
            hovertemplate="%{hovertext}<extra></extra>",
        )
    )
    styled(figure, height=cell * size + 92)
    ticks = {
        "tickvals": list(range(size)),
        "ticktext": [axis_name(name) for name in names],
        "showgrid": False,
        "fixedrange": True,
    }
    figure.update_xaxes(range=[-0.5, size - 0.5], tickangle=-45, **ticks)
    figure.update_yaxes(range=[size - 0.5, -0.5], **ticks)
    return figure
