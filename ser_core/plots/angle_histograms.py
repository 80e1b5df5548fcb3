"""Histograms of the angles to each class direction: own utterances and all others."""

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from ser_core.errors import InputError
from ser_core.geometry.spread import AngleHistograms
from ser_core.plots.style import EDGED, GRID, INK, axis_name, literal, styled
from ser_core.types import FloatArray

_ROW = 78  # pixels


def angle_histograms_figure(
    found: AngleHistograms, labels: Sequence[str], means: FloatArray, *, colours: Sequence[str]
) -> go.Figure:
    """Draw one row per class over one axis of degrees: bars for its own utterances, a line for all others.

    Each in percent of its group; ``means`` are the mean angles within the classes, ``(K,)``, NaN for a class without
    utterances; ``colours`` those that the ``K`` classes have on the map.

    Raises:
        InputError: if there is not one row of counts per label.
    """
    if not len(found.within) == len(means) == len(colours) == len(labels) or not labels:
        raise InputError(
            f"Expected one histogram per label; got {len(found.within)} for {len(labels)}. Pass all labels."
        )
    figure = make_subplots(len(labels), 1, shared_xaxes=True, vertical_spacing=0.12 / len(labels))
    middles, width = (found.edges[:-1] + found.edges[1:]) / 2, found.edges[1] - found.edges[0]
    ends = [f"{low:g}° to {high:g}°" for low, high in zip(found.edges[:-1], found.edges[1:], strict=True)]
    for row, label in enumerate(labels, start=1):
        own, others = (_percent(counts[row - 1]) for counts in (found.within, found.between))
        figure.add_trace(
            go.Bar(
                x=middles,
                y=own,
                width=width,
                marker={"color": colours[row - 1], "line": EDGED},
                customdata=ends,
                hovertemplate=f"{literal(label)}, own, %{{customdata}}: %{{y:.0f}} %<extra></extra>",
            ),
            row=row,
            col=1,
        )
        figure.add_trace(
            go.Scatter(
                x=middles,
                y=others,
                mode="lines",
                line={"color": INK, "width": 1.5, "shape": "hvh"},
                customdata=ends,
                hovertemplate=f"others to {literal(label)}, %{{customdata}}: %{{y:.0f}} %<extra></extra>",
            ),
            row=row,
            col=1,
        )
        if np.isfinite(means[row - 1]):
            figure.add_vline(x=float(means[row - 1]), line={"color": INK, "width": 1.5, "dash": "dot"}, row=row, col=1)
    styled(figure, height=_ROW * len(labels) + 60)
    filled = np.flatnonzero((found.within + found.between).sum(axis=0))
    end = min(180.0, float(found.edges[filled[-1] + 1]) + 5) if len(filled) else 180.0
    figure.update_xaxes(range=[0, end], fixedrange=True, showline=True, linecolor=GRID)
    figure.update_xaxes(title_text="angle to the class's direction (°)", row=len(labels), col=1)
    figure.update_yaxes(fixedrange=True, showticklabels=False, showgrid=False, rangemode="tozero")
    for row, label in enumerate(labels, start=1):
        figure.add_annotation(
            x=1, y=1, xref="x domain", yref="y domain", xanchor="right", yanchor="top", text=axis_name(label),
            showarrow=False, font={"color": INK, "size": 14}, row=row, col=1,
        )  # fmt: skip
    return figure


def _percent(counts: FloatArray) -> FloatArray:
    total = counts.sum()
    return 100.0 * counts / total if total else np.zeros(len(counts))
