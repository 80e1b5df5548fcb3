"""Figures of a sweep: curves with every seed, or a heat map."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go

from ser_core.errors import InputError
from ser_core.plots.style import (
    CATEGORIES,
    CATEGORY_SYMBOLS,
    EDGED,
    ON_DARK,
    ON_LIGHT,
    SEQUENTIAL,
    faint,
    literal,
    styled,
)

UNEVEN = 5.0  # above this ratio of the widest to the narrowest step, values stand in even steps


def sweep_figure(
    scores: Mapping[str, Mapping[int, Mapping[int, float]]],
    *,
    name: str,
    values: Sequence[Any],
    y_title: str,
) -> go.Figure:
    """Draw a score in percent over the values of a setting: a point for every seed, a line through the means.

    ``scores`` maps curve → number of a value → seed → score from 0 to 1; missing scores are left out. A single curve
    needs no name.
    """
    places, to_scale = _places(values)
    figure = go.Figure()
    for number, (curve, of_value) in enumerate(scores.items()):
        colour = CATEGORIES[number % len(CATEGORIES)]
        symbol = CATEGORY_SYMBOLS[number % len(CATEGORY_SYMBOLS)]
        known = sorted(place for place, of_seed in of_value.items() if of_seed)
        single = [(place, seed, score) for place in known for seed, score in sorted(of_value[place].items())]
        label = f"{literal(curve)}, " if curve else ""
        figure.add_trace(
            go.Scatter(
                x=[places[place] for place, _, _ in single],
                y=[100 * score for _, _, score in single],
                mode="markers",
                name="one seed",
                legendgroup=curve,
                showlegend=not curve,
                marker={"symbol": symbol, "size": 8, "color": faint(colour), "line": EDGED},
                customdata=[[literal(values[place]), seed] for place, seed, _ in single],
                hovertemplate=f"{label}{literal(name)} %{{customdata[0]}}, seed %{{customdata[1]}}: "
                "%{y:.1f} %<extra></extra>",
            )
        )
        figure.add_trace(
            go.Scatter(
                x=[places[place] for place in known],
                y=[100 * sum(of_value[place].values()) / len(of_value[place]) for place in known],
                mode="lines+markers",
                name=literal(curve) if curve else "mean over the seeds",
                legendgroup=curve,
                line={"color": colour, "width": 2},
                marker={"symbol": symbol, "size": 10, "line": EDGED},
                customdata=[[literal(values[place]), len(of_value[place])] for place in known],
                hovertemplate=f"{label}{literal(name)} %{{customdata[0]}}: mean of %{{customdata[1]}}: "
                "%{y:.1f} %<extra></extra>",
            )
        )
    title = literal(name) if to_scale else f"{literal(name)} (values in even steps)"
    styled(figure, height=400, x_title=title, y_title=y_title, legend=True)
    figure.update_xaxes(tickvals=places, ticktext=[literal(value) for value in values])
    figure.update_layout(legend={"y": -0.2})
    return figure


def sweep_heat_map(
    means: np.ndarray[Any, np.dtype[np.float64]], *, rows: tuple[str, Sequence[Any]], columns: tuple[str, Sequence[Any]]
) -> go.Figure:
    """Draw the mean score of every pair of values, from 0 to 1, ``(rows, columns)``, in percent; NaN if missing.

    ``rows`` and ``columns`` are name and values of the two settings.

    Raises:
        InputError: if the shape does not fit.
    """
    if means.shape != (len(rows[1]), len(columns[1])):
        raise InputError(
            f"Expected means of shape ({len(rows[1])}, {len(columns[1])}); got {means.shape}. Give one for each pair."
        )
    known = means[np.isfinite(means)]
    low, high = (float(known.min()), float(known.max())) if len(known) else (0.0, 1.0)
    high = max(high, low + 1e-6)
    figure = go.Figure(
        go.Heatmap(
            z=means, x=np.arange(len(columns[1])), y=np.arange(len(rows[1])), colorscale=SEQUENTIAL, zmin=low,
            zmax=high, showscale=False, hoverinfo="skip", xgap=2, ygap=2,
        )
    )  # fmt: skip
    for row, column in np.argwhere(np.isfinite(means)):
        light_ground = (means[row, column] - low) / (high - low) > 0.55
        figure.add_annotation(
            x=int(column), y=int(row), text=f"{100 * means[row, column]:.1f}", showarrow=False,
            font={"size": 13, "color": ON_LIGHT if light_ground else ON_DARK},
        )  # fmt: skip
    styled(figure, height=110 + 40 * len(rows[1]), x_title=literal(columns[0]), y_title=literal(rows[0]))
    ticks = {"showgrid": False, "fixedrange": True}
    figure.update_xaxes(tickvals=np.arange(len(columns[1])), ticktext=[literal(value) for value in columns[1]], **ticks)
    figure.update_yaxes(
        tickvals=np.arange(len(rows[1])), ticktext=[literal(value) for value in rows[1]], autorange="reversed", **ticks
    )
    return figure


def _places(values: Sequence[Any]) -> tuple[list[float], bool]:
    """Return the positions of values on the axis, and whether distances there are those of the values."""
    numbers = all(isinstance(value, int | float) and not isinstance(value, bool) for value in values)
    if numbers and len(values) > 1:
        steps = np.diff(np.sort(np.array(values, dtype=float)))
        if steps.min() > 0 and steps.max() / steps.min() <= UNEVEN:
            return [float(value) for value in values], True
    return [float(place) for place in range(len(values))], not numbers  # names have no distances to be true to
