"""Learning curves of one run: loss and accuracies over epochs."""

from collections.abc import Mapping

import plotly.graph_objects as go

from ser_core.plots.epochs import History, beginnings, draw_boundary, draw_epochs, draw_stage_name
from ser_core.plots.style import ACCENT, MUTED, SECOND, literal, styled

# figure of an epoch → name in the legend, colour, dash, marker
SCORES: Mapping[str, tuple[str, str, str, str]] = {
    "development_uar": ("UA, head", ACCENT, "solid", "circle"),
    "development_wa": ("WA, head", SECOND, "dot", "square"),
    "development_uar_angle": ("UA, nearest direction", "#009E73", "dash", "diamond"),
}


def loss_figure(history: History) -> go.Figure:
    """Draw the training loss of each epoch; stages, whose losses are not comparable, are divided by a named line."""
    figure = go.Figure()
    for stage in beginnings(history):
        epochs = [row for row in history if row.stage == stage and row.train_loss is not None]
        figure.add_trace(
            go.Scatter(
                x=[row.epoch for row in epochs],
                y=[row.train_loss for row in epochs],
                mode="lines+markers",
                name=literal(stage or "loss"),
                line={"color": ACCENT, "width": 2},
                marker={"size": 5},
                hovertemplate="epoch %{x}: loss %{y:.3f}<extra></extra>",
            )
        )
    styled(figure, height=260, x_title="epoch", y_title="training loss")
    _mark_stages(figure, history)
    figure.update_yaxes(rangemode="tozero")
    return figure


def score_figure(history: History) -> go.Figure:
    """Draw the development set's accuracies of each epoch, those of :data:`SCORES`, in percent."""
    figure = go.Figure()
    for key, (name, colour, dash, symbol) in SCORES.items():
        rows = [row for row in history if getattr(row, key) is not None]
        if not rows:
            continue
        figure.add_trace(
            go.Scatter(
                x=[row.epoch for row in rows],
                y=[100 * getattr(row, key) for row in rows],
                mode="lines+markers",
                name=name,
                line={"color": colour, "width": 2, "dash": dash},
                marker={"size": 6, "symbol": symbol},
                hovertemplate=f"epoch %{{x}}: {name} %{{y:.1f}} %<extra></extra>",
            )
        )
    styled(figure, height=340, x_title="epoch", y_title="development (%)", legend=True)
    _mark_stages(figure, history)
    figure.update_yaxes(range=[0, 102])
    figure.update_layout(legend={"y": -0.28})  # below the axis: curves run through every corner of the drawing
    return figure


def _mark_stages(figure: go.Figure, history: History) -> None:
    stages = beginnings(history)
    for position, (stage, first) in enumerate(stages.items()):
        if position:
            draw_boundary(figure, first, MUTED)
        if len(stages) > 1:
            draw_stage_name(figure, first, stage, MUTED)
    draw_epochs(figure, [history])
