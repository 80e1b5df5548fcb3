"""Axis of epochs with the boundaries of stages."""

from collections.abc import Iterable, Sequence

import plotly.graph_objects as go

from ser_core.plots.style import literal
from ser_core.training.events import EpochFigures

History = Sequence[EpochFigures]

WHOLE_TICKS = 6  # up to here every epoch has its own tick; left alone, a short axis shows epochs twice


def beginnings(history: History) -> dict[str, int]:
    """Return the first epoch of each stage, in the order of the stages.

    Examples:
        >>> beginnings([EpochFigures(1, "softmax"), EpochFigures(2, "triplet")])
        {'softmax': 1, 'triplet': 2}
    """
    first: dict[str, int] = {}
    for row in history:
        first.setdefault(row.stage, row.epoch)
    return first


def draw_epochs(figure: go.Figure, histories: Iterable[History]) -> None:
    """Let the horizontal axis hold every epoch, with room above the drawing for the names of stages."""
    last = max((row.epoch for history in histories for row in history), default=1)
    figure.update_xaxes(range=[0.5, max(last, 2) + 0.5], tickformat="d")
    if last <= WHOLE_TICKS:
        figure.update_xaxes(dtick=1)
    figure.update_layout(margin_t=28)


def draw_boundary(figure: go.Figure, first: int, colour: str) -> None:
    """Part the stage that begins with an epoch from the one before."""
    figure.add_vline(x=first - 0.5, line={"color": colour, "width": 1, "dash": "dash"})


def draw_stage_name(figure: go.Figure, first: int, stage: str, colour: str) -> None:
    """Write a stage's name where it begins, above the drawing."""
    figure.add_annotation(
        x=first - 0.4,
        y=1,
        yref="paper",
        xanchor="left",
        yanchor="bottom",
        showarrow=False,
        text=literal(stage),
        font={"size": 12, "color": colour},
    )
