"""Learning curves of several runs."""

from collections.abc import Mapping

import plotly.graph_objects as go

from ser_core.plots.epochs import History, beginnings, draw_boundary, draw_epochs, draw_stage_name
from ser_core.plots.style import CATEGORIES, CATEGORY_SYMBOLS, MUTED, literal, styled

# figure of an epoch → name of the axis
METRICS: Mapping[str, str] = {
    "train_loss": "training loss",
    "development_uar": "development UA by the head (%)",
    "development_wa": "development WA by the head (%)",
    "development_uar_angle": "development UA by the nearest direction (%)",
}
LOSS = "train_loss"
NAMED_BOUNDARIES = 4  # more names than these would lie on each other


def curves_figure(histories: Mapping[str, History], metric: str) -> go.Figure:
    """Draw one metric over the epochs of each run.

    Each run has a colour and a marker of its own. Its line breaks where a stage ends, at a vertical line in the run's
    colour, or in grey where all runs change.
    """
    figure = go.Figure()
    scale = 1 if metric == LOSS else 100
    for number, (name, history) in enumerate(histories.items()):
        colour, symbol = _look(number)
        for place, stage in enumerate(beginnings(history)):
            rows = [row for row in history if row.stage == stage and getattr(row, metric) is not None]
            figure.add_trace(
                go.Scatter(
                    x=[row.epoch for row in rows],
                    y=[scale * getattr(row, metric) for row in rows],
                    mode="lines+markers",
                    name=literal(name),
                    legendgroup=str(number),
                    showlegend=place == 0,
                    line={"color": colour, "width": 2},
                    marker={"symbol": symbol, "size": 6},
                    hovertemplate=f"{literal(name)}<br>epoch %{{x}}{f', {literal(stage)}' if stage else ''}: "
                    f"%{{y:.{3 if metric == LOSS else 1}f}}{'' if metric == LOSS else ' %'}<extra></extra>",
                )
            )
    styled(figure, height=340 + 22 * len(histories), x_title="epoch", y_title=METRICS[metric], legend=True)
    _mark_stages(figure, histories)
    draw_epochs(figure, histories.values())
    figure.update_yaxes(rangemode="tozero") if metric == LOSS else figure.update_yaxes(range=[0, 102])
    figure.update_layout(legend={"y": -0.2})
    return figure


def _look(number: int) -> tuple[str, str]:
    return CATEGORIES[number % len(CATEGORIES)], CATEGORY_SYMBOLS[number % len(CATEGORY_SYMBOLS)]


def _mark_stages(figure: go.Figure, histories: Mapping[str, History]) -> None:
    boundaries: dict[int, dict[int, str]] = {}  # first epoch of a stage → number of each run → the stage's name
    for number, history in enumerate(histories.values()):
        for stage, first in list(beginnings(history).items())[1:]:
            boundaries.setdefault(first, {})[number] = stage
    for first, named in boundaries.items():
        shared = len(named) == len(histories)
        colour = MUTED if shared or len(named) > 1 else _look(next(iter(named)))[0]
        draw_boundary(figure, first, colour)
        if len(boundaries) <= NAMED_BOUNDARIES and len(set(named.values())) == 1:
            draw_stage_name(figure, first, next(iter(named.values())), colour)
