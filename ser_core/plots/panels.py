"""Several maps of utterances in one figure: one legend, the same colours, axes of their own."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from ser_core.errors import InputError
from ser_core.labels import COLOURS, SYMBOLS, in_order
from ser_core.plots.style import GRID, INK, MUTED, PAPER, literal, styled
from ser_core.types import FloatArray

_ROW, _LINE = 330, 17  # pixels


@dataclass(frozen=True)
class Panel:
    """One map.

    Attributes:
        title: what it shows; broken at a comma, for narrow screens.
        notes: figures that belong to it, one line each.
        points: shape ``(B, 2)``.
        emotions: of the points.
    """

    title: str
    notes: Sequence[str]
    points: FloatArray
    emotions: Sequence[str]


def panels_figure(panels: Sequence[Panel], *, columns: int = 2) -> go.Figure:
    """Draw maps side by side; a press in the legend hides an emotion in all of them.

    Args:
        panels: at least one.
        columns: how many stand beside each other.

    Returns:
        A figure whose axes carry no numbers, each panel with its own scale.

    Raises:
        InputError: if there is no panel, or points and emotions do not fit.
    """
    if not panels:
        raise InputError("Expected at least one map to draw; got none. Train a run first.")
    for panel in panels:
        if panel.points.shape != (len(panel.emotions), 2):
            raise InputError(
                f"Expected points of shape ({len(panel.emotions)}, 2) in the map {panel.title!r}; got "
                f"{panel.points.shape}. Project the rows whose emotions are given."
            )
    rows = -(-len(panels) // columns)
    headings = [_heading(panel) for panel in panels]
    above = _LINE * (max(heading.count("<br>") for heading in headings) + 1)
    height = _ROW * rows + 90
    figure = make_subplots(rows, columns, horizontal_spacing=0.04, vertical_spacing=(above + 20) / (_ROW * rows))
    present = in_order(emotion for panel in panels for emotion in panel.emotions)
    shown: set[str] = set()
    for number, panel in enumerate(panels):
        row, column = number // columns + 1, number % columns + 1
        emotions = np.array(panel.emotions, dtype=object)
        for emotion in present:
            chosen = np.flatnonzero(emotions == emotion)
            if not len(chosen):
                continue
            figure.add_trace(
                go.Scatter(
                    x=panel.points[chosen, 0].round(4),
                    y=panel.points[chosen, 1].round(4),
                    mode="markers",
                    name=emotion,
                    legendgroup=emotion,
                    legendrank=present.index(emotion),
                    showlegend=emotion not in shown,
                    marker={
                        "color": COLOURS[emotion],
                        "symbol": SYMBOLS[emotion],
                        "size": 7,
                        "line": {"color": PAPER, "width": 0.5},
                    },
                    hovertemplate=f"{emotion}<extra></extra>",
                ),
                row=row,
                col=column,
            )
            shown.add(emotion)
        axis = figure.get_subplot(row, column)
        figure.add_annotation(
            x=sum(axis.xaxis.domain) / 2,
            y=axis.yaxis.domain[1],
            xref="paper",
            yref="paper",
            xanchor="center",
            yanchor="bottom",
            showarrow=False,
            align="center",
            text=headings[number],
            font={"size": 12, "color": INK},
        )
        axis.yaxis.update(scaleanchor=axis.xaxis.plotly_name.replace("axis", ""), scaleratio=1)
    styled(figure, height=height, legend=True)
    frame = {"showline": True, "mirror": True, "linecolor": GRID, "showticklabels": False, "zeroline": False}
    figure.update_xaxes(**frame)
    figure.update_yaxes(**frame)
    figure.update_layout(legend={"y": -0.03, "itemsizing": "constant"}, margin_t=above + 4)
    return figure


def _heading(panel: Panel) -> str:
    lines = "<br>".join(map(literal, panel.notes))
    return f"<b>{literal(panel.title).replace(', ', '<br>')}</b><br><span style='color:{MUTED}'>{lines}</span>"
