"""Bar chart of scores: systems by back end, or settings by score."""

from collections.abc import Mapping, Sequence
from typing import Any

import plotly.graph_objects as go

from ser_core.plots.style import CATEGORIES, INK, PAPER, literal, styled

WRITTEN = 8  # up to so many bars, each carries its number
PATTERNS = ("", "/", ".", "x", "-", "|")  # so that bars differ without their colour
_GAP = 0.2  # of the room of a place that stays free


def bars_figure(scores: Mapping[str, Mapping[str, Sequence[float]]], *, y_title: str) -> go.Figure:
    """Draw one bar per group and place, in percent; several values are points, and the bar is their mean.

    ``scores`` maps group (one colour each) → place on the axis → values, fractions from 0 to 1; a place may be missing.
    """
    figure = go.Figure()
    places = list(dict.fromkeys(place for of_group in scores.values() for place in of_group))
    count = sum(bool(values) for of_group in scores.values() for values in of_group.values())
    for number, (group, of_group) in enumerate(scores.items()):
        known = [place for place in places if of_group.get(place)]
        means = [100 * sum(of_group[place]) / len(of_group[place]) for place in known]
        figure.add_trace(
            go.Bar(
                x=[places.index(place) for place in known],
                y=means,
                name=literal(group),
                offsetgroup=str(number),
                marker=filling(number),
                customdata=[literal(place) for place in known],
                hovertemplate=f"{literal(group)}<br>%{{customdata}}: %{{y:.1f}} %<extra></extra>",
            )
        )
        if count <= WRITTEN:
            figure.add_trace(
                written_above(
                    [_middle(places.index(place), number, len(scores)) for place in known],
                    [100 * max(of_group[place]) for place in known],  # above the points of single seeds
                    [f"{mean:.1f}" for mean in means],
                )
            )
        several = [(place, value) for place in known for value in of_group[place] if len(of_group[place]) > 1]
        if several:
            figure.add_trace(
                go.Scatter(
                    x=[_middle(places.index(place), number, len(scores)) for place, _ in several],
                    y=[100 * value for _, value in several],
                    mode="markers",
                    showlegend=False,
                    marker={"symbol": "circle", "size": 7, "color": INK, "line": {"color": PAPER, "width": 1}},
                    hovertemplate=f"{literal(group)}, one seed: %{{y:.1f}} %<extra></extra>",
                )
            )
    styled(figure, height=330 + 22 * len(scores), y_title=y_title, legend=True)
    figure.update_layout(barmode="group", bargap=_GAP, bargroupgap=0.0, legend={"y": -0.2}, margin_t=24)
    ticks = [literal(place).replace(", ", "<br>") for place in places]
    figure.update_xaxes(tickvals=list(range(len(places))), ticktext=ticks, showgrid=False, fixedrange=True)
    figure.update_yaxes(range=[0, 106], tickvals=[0, 20, 40, 60, 80, 100], fixedrange=True)
    return figure


def filling(group: int) -> dict[str, Any]:
    """Return colour and pattern of a group's bars."""
    return {
        "color": CATEGORIES[group % len(CATEGORIES)],
        "pattern": {
            "shape": PATTERNS[group % len(PATTERNS)],
            "fillmode": "overlay",
            "fgcolor": PAPER,
            "fgopacity": 0.7,
            "size": 8,
            "solidity": 0.2,
        },
    }


def written_above(x: Sequence[float], y: Sequence[float], text: Sequence[str]) -> go.Scatter:
    """Write a number above each bar, whose middle is at ``x``, above the height ``y``."""
    return go.Scatter(
        x=x,
        y=y,
        text=text,
        mode="text",
        textposition="top center",
        showlegend=False,
        hoverinfo="skip",
        cliponaxis=False,
    )


def _middle(place: int, group: int, groups: int) -> float:
    """Where Plotly centres a group's bar: the room beside the gap is shared evenly."""
    return place + (1 - _GAP) * ((group + 0.5) / groups - 0.5)
