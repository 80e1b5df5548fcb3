"""Attribute leakage: for each attribute one bar for the probe and one for the neighbours, each with its chance."""

from collections.abc import Sequence

import plotly.graph_objects as go

from ser_core.embeddings.leakage import AttributeLeakage
from ser_core.plots.bars import filling, written_above
from ser_core.plots.style import INK, axis_name, literal, styled

PROBE, NEIGHBOURS, CHANCE = "linear probe", "nearest neighbours", "chance"
_HALF = 0.36  # from the middle of a pair to its end


def leakage_figure(found: Sequence[AttributeLeakage]) -> go.Figure:
    """Draw two bars in percent for each attribute, with a line across each bar at chance level.

    A value that could not be measured has no bar.
    """
    figure = go.Figure()
    shares = {
        PROBE: [(one.probe.score, one.probe.chance) if one.probe else None for one in found],
        NEIGHBOURS: [(one.neighbours.share, one.neighbours.chance) if one.neighbours else None for one in found],
    }
    lines: list[tuple[float | None, float | None]] = []
    for side, (name, values) in enumerate(shares.items()):
        known = [(place, *value) for place, value in enumerate(values) if value is not None]
        begins = [place - _HALF + side * _HALF for place, _, _ in known]
        figure.add_trace(
            go.Bar(
                x=[begin + _HALF / 2 for begin in begins],
                y=[100 * share for _, share, _ in known],
                width=_HALF,
                name=name,
                marker=filling(side),
                customdata=[[literal(found[place].attribute), 100 * chance] for place, _, chance in known],
                hovertemplate=f"%{{customdata[0]}}, {name}: %{{y:.1f}} %<br>by chance %{{customdata[1]:.1f}} %"
                "<extra></extra>",
            )
        )
        figure.add_trace(
            written_above(
                [begin + _HALF / 2 for begin in begins],
                [100 * max(share, chance) for _, share, chance in known],  # above the line of chance too
                [f"{100 * share:.0f}" for _, share, _ in known],
            )
        )
        for begin, (_, _, chance) in zip(begins, known, strict=True):
            lines += [(begin, 100 * chance), (begin + _HALF, 100 * chance), (None, None)]
    figure.add_trace(
        go.Scatter(
            x=[x for x, _ in lines],
            y=[y for _, y in lines],
            mode="lines",
            name=CHANCE,
            line={"color": INK, "width": 3, "dash": "solid"},
            hoverinfo="skip",
        )
    )
    styled(figure, height=360, y_title="%", legend=True)
    figure.update_layout(legend={"y": -0.12}, margin_t=24, dragmode=False)
    names = [axis_name(one.attribute) for one in found]
    figure.update_xaxes(
        tickvals=list(range(len(names))),
        ticktext=names,
        showgrid=False,
        fixedrange=True,
        range=[-0.5, len(names) - 0.5],
    )
    figure.update_yaxes(range=[0, 108], tickvals=[0, 20, 40, 60, 80, 100], fixedrange=True)
    return figure
