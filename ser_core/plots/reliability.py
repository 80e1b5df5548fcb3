"""Reliability diagram: accuracy over confidence."""

from collections.abc import Sequence
from typing import Any

import plotly.graph_objects as go
from plotly.subplots import make_subplots

from ser_core.errors import InputError
from ser_core.evaluation.reliability import CalibrationBin
from ser_core.plots.style import ACCENT, INK, PAPER, SECOND, styled

_SHARE = (0.78, 0.22)  # of the height: the diagram, and how many utterances it rests on


def reliability_figure(bins: Sequence[CalibrationBin]) -> go.Figure:
    """Draw a bar in percent per step of probability, its ideal line, and below how many utterances it holds.

    A diamond stands at the mean probability of a step: above the line the answers were right more often than their
    probability, below it less often. ``bins`` have equal width from 0 to 1.

    Raises:
        InputError: if there is no bin.

    References:
        Niculescu-Mizil and Caruana (2005), "Predicting good probabilities with supervised learning", ICML.
    """
    if not bins:
        raise InputError("Expected the steps of a reliability diagram; got none. Measure on some utterances.")
    width = 100 / len(bins)
    middles = [(place + 0.5) * width for place in range(len(bins))]
    spans = [f"{place * width:.0f} to {(place + 1) * width:.0f} %" for place in range(len(bins))]
    filled = [
        (middle, 100 * one.confidence, 100 * one.accuracy, one.utterances, span)
        for middle, span, one in zip(middles, spans, bins, strict=True)
        if one.confidence is not None and one.accuracy is not None
    ]
    places, confidence, accuracy, counts, named = zip(*filled, strict=True) if filled else ((),) * 5
    figure = make_subplots(rows=2, cols=1, shared_xaxes=True, row_heights=_SHARE, vertical_spacing=0.06)
    right = _bars(
        x=places,
        y=accuracy,
        width=width,
        name="right",
        colour=ACCENT,
        opacity=0.45,
        customdata=list(zip(named, confidence, counts, strict=True)),
        hovertemplate="probability %{customdata[0]}, %{customdata[1]:.1f} % on average<br>"
        "right: %{y:.1f} % of %{customdata[2]} utterances<extra></extra>",
    )
    should_be = go.Scatter(
        x=[0, 100],
        y=[0, 100],
        mode="lines",
        name="as often as the probability says",
        line={"color": INK, "width": 1.5, "dash": "dash"},
        hoverinfo="skip",
    )
    mean = go.Scatter(
        x=confidence,
        y=accuracy,
        mode="markers",
        name="mean probability",
        cliponaxis=False,
        marker={"symbol": "diamond", "size": 8, "color": SECOND, "line": {"color": PAPER, "width": 1}},
        hoverinfo="skip",
    )
    rests_on = _bars(
        x=middles,
        y=[one.utterances for one in bins],
        width=width,
        name="utterances",
        colour=INK,
        opacity=0.55,
        customdata=spans,
        hovertemplate="probability %{customdata}: %{y} utterances<extra></extra>",
        showlegend=False,
    )
    figure.add_traces([right, should_be, mean, rests_on], rows=[1, 1, 1, 2], cols=[1, 1, 1, 1])
    styled(figure, height=330, legend=True)
    figure.update_layout(legend={"y": -0.24}, bargap=0)
    figure.update_xaxes(range=[0, 100], tickvals=[0, 25, 50, 75, 100], fixedrange=True)
    figure.update_xaxes(title_text="probability of the answer (%)", row=2, col=1)
    figure.update_yaxes(title_text="right (%)", range=[0, 104], tickvals=[0, 25, 50, 75, 100], row=1, col=1)
    figure.update_yaxes(title_text="utterances", rangemode="tozero", nticks=3, row=2, col=1)
    figure.update_yaxes(fixedrange=True)
    return figure


def _bars(*, colour: str, opacity: float, **options: Any) -> go.Bar:
    """Draw bars without gaps between them, parted by a line of paper."""
    return go.Bar(marker={"color": colour, "opacity": opacity, "line": {"color": PAPER, "width": 1}}, **options)
