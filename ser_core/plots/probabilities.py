"""Bar chart of class probabilities."""

from collections.abc import Mapping

import plotly.graph_objects as go

from ser_core.labels import COLOURS, in_order
from ser_core.plots.style import EDGED, styled


def probabilities_figure(probabilities: Mapping[str, float]) -> go.Figure:
    """Draw one horizontal bar per emotion, its probability, in ``[0, 1]``, written in percent.

    Raises:
        InputError: if an emotion is not canonical.
    """
    labels = in_order(probabilities)
    percent = [100 * probabilities[label] for label in labels]
    figure = go.Figure(
        go.Bar(
            x=percent,
            y=list(labels),
            orientation="h",
            marker={"color": [COLOURS[label] for label in labels], "line": EDGED},
            text=[f"{value:.0f} %" for value in percent],
            textposition="outside",
            cliponaxis=False,
            hovertemplate="%{y}: %{x:.1f} %<extra></extra>",
        )
    )
    styled(figure, height=70 + 32 * len(labels), x_title="probability (%)")
    figure.update_xaxes(range=[0, 112], tickvals=[0, 25, 50, 75, 100], fixedrange=True)
    figure.update_yaxes(autorange="reversed", showgrid=False, fixedrange=True, tickfont={"size": 14})
    return figure
