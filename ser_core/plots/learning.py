"""Learning curves of one run: the terms of the loss, and accuracies, over epochs."""

from collections.abc import Mapping
from dataclasses import dataclass

import plotly.graph_objects as go
from plotly.subplots import make_subplots

from ser_core.plots.epochs import WHOLE_TICKS, History, beginnings, draw_boundary, draw_epochs, draw_stage_name
from ser_core.plots.style import ACCENT, MUTED, SECOND, literal, styled

# figure of an epoch → name in the legend, colour, dash, marker
SCORES: Mapping[str, tuple[str, str, str, str]] = {
    "development_uar": ("UA, head", ACCENT, "solid", "circle"),
    "development_wa": ("WA, head", SECOND, "dot", "square"),
    "development_uar_angle": ("UA, nearest direction", "#009E73", "dash", "diamond"),
}

# Figure of an objective that is a term of its loss → what it is. Others, as the share of active triplets, are no loss.
TERMS: Mapping[str, str] = {
    "softmax": "Softmax",
    "centre": "Centre loss",
    "triplet": "Triplet loss",
    "contrastive": "Supervised contrastive",
    "arcface": "Angular margin",
    "proxy_anchor": "Proxy-anchor loss",
    "cosine": "Cosine of the pairs",
    "same": "Same emotion or not",
    "head": "Softmax of the head",
}


@dataclass(frozen=True)
class LossTerm:
    """One term of the training loss in one stage.

    Attributes:
        stage: name.
        title: what the term is, for people.
        epochs: in which it was computed.
        values: mean over the batches of each.
    """

    stage: str
    title: str
    epochs: tuple[int, ...]
    values: tuple[float, ...]


def loss_terms(history: History) -> list[LossTerm]:
    """List the terms of the training loss, stage by stage: each apart, for a sum hides the small one.

    Of a stage whose objective shows no term of :data:`TERMS`, the loss as a whole is the only one.
    """
    found = []
    for stage in beginnings(history):
        rows = [row for row in history if row.stage == stage]
        shown = [name for name in TERMS if any(name in row.further for row in rows)]
        for name in shown:
            having = [row for row in rows if name in row.further]
            values = tuple(row.further[name] for row in having)
            found.append(LossTerm(stage, TERMS[name], tuple(row.epoch for row in having), values))
        if not shown:
            having = [row for row in rows if row.train_loss is not None]
            values = tuple(row.train_loss for row in having if row.train_loss is not None)
            found.append(LossTerm(stage, "Training loss", tuple(row.epoch for row in having), values))
    return [term for term in found if term.epochs]


def loss_figure(term: LossTerm) -> go.Figure:
    """Draw one term of the training loss over the epochs, under its name: each has an axis of its own."""
    figure = make_subplots(subplot_titles=[f"{literal(term.title)}<br>stage {literal(term.stage)}"])
    figure.add_trace(
        go.Scatter(
            x=term.epochs,
            y=term.values,
            mode="lines+markers",
            name=literal(term.title),
            line={"color": ACCENT, "width": 2},
            marker={"size": 5},
            hovertemplate="epoch %{x}: %{y:.3f}<extra></extra>",
        )
    )
    first, last = term.epochs[0], term.epochs[-1]
    styled(figure, height=240, x_title="epoch")
    figure.update_xaxes(range=[first - 0.5, max(last, first + 1) + 0.5], tickformat="d")
    if last - first < WHOLE_TICKS:
        figure.update_xaxes(dtick=1)
    figure.update_yaxes(rangemode="tozero")
    figure.update_layout(margin_t=52)
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
