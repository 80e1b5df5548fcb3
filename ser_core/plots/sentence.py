"""A sentence on the plane of valence and arousal, and what each of its words moved."""

from typing import TYPE_CHECKING

import plotly.graph_objects as go

from ser_core.plots.style import ACCENT, EDGED, GRID, INK, MUTED, literal, styled
from ser_core.tasks import RatingsTask
from ser_core.written_numbers import fixed

if TYPE_CHECKING:
    from ser_core.inference import TextPrediction, WordShare

_REACH = 6.0  # deviations of the training ratings that the plane shows to each side of their mean
_UP, _DOWN = "#6B4FA0", "#B3541E"  # as the ends of the diverging colours: purple above, orange below
_ROW = 26  # pixels of a word


def plane_figure(prediction: "TextPrediction", task: RatingsTask) -> go.Figure:
    """Draw a text's ratings as a point; the cross is the mean of the training ratings.

    The dotted line leads there from the mean. Axes are on the scale of the training corpus and end six standard
    deviations of its ratings from their mean; what lies farther out stands at the edge.
    """
    x, y = "valence", "arousal"
    means = dict(zip(task.dimensions, task.means, strict=True))
    ends = {
        name: (mean - _REACH * deviation, mean + _REACH * deviation)
        for name, mean, deviation in zip(task.dimensions, task.means, task.deviations, strict=True)
    }
    at = {name: min(max(prediction.ratings[name], ends[name][0]), ends[name][1]) for name in (x, y)}
    figure = go.Figure(
        [
            go.Scatter(
                x=[means[x], at[x]], y=[means[y], at[y]], mode="lines", line={"color": MUTED, "dash": "dot"},
                hoverinfo="skip",
            ),
            go.Scatter(
                x=[at[x]], y=[at[y]], mode="markers", cliponaxis=False,
                marker={"size": 18, "color": ACCENT, "line": EDGED},
                customdata=[[prediction.ratings[x], prediction.ratings[y]]],
                hovertemplate="valence %{customdata[0]:.2f}<br>arousal %{customdata[1]:.2f}<extra></extra>",
            ),
        ]
    )  # fmt: skip
    styled(figure, height=330)
    figure.add_hline(means[y], line={"color": GRID, "width": 2})
    figure.add_vline(means[x], line={"color": GRID, "width": 2})
    corners = {(0, 0): "unpleasant, calm", (1, 0): "pleasant, calm", (0, 1): "unpleasant, excited",
               (1, 1): "pleasant, excited"}  # fmt: skip
    for (right, top), text in corners.items():
        figure.add_annotation(
            x=right, y=top, xref="paper", yref="paper", text=text, showarrow=False, font={"color": MUTED},
            xanchor="right" if right else "left", yanchor="top" if top else "bottom",
        )  # fmt: skip
    figure.update_xaxes(title_text="valence", range=ends[x], fixedrange=True, showgrid=False)
    figure.update_yaxes(title_text="arousal", range=ends[y], fixedrange=True, showgrid=False)
    return figure


def words_figure(prediction: "TextPrediction", name: str = "valence") -> go.Figure:
    """Draw a bar for each known word, from the first one down: what it moved the rating ``name``."""
    words = prediction.words
    moved = [word.moved[name] for word in words]
    figure = go.Figure(
        go.Bar(
            x=moved,
            y=list(range(len(words))),
            orientation="h",
            marker={"color": [_UP if value >= 0 else _DOWN for value in moved], "line": EDGED},
            text=[_signed(value) for value in moved],
            textposition="outside",
            cliponaxis=False,
            customdata=[_all_moved(word) for word in words],
            hovertemplate="%{customdata}<extra></extra>",
        )
    )
    styled(figure, height=64 + _ROW * max(1, len(words)), x_title=f"what the word moves {name}")
    reach = 1.35 * max((abs(value) for value in moved), default=0.0) or 0.1
    figure.update_xaxes(range=[-reach, reach], fixedrange=True, zeroline=True, zerolinecolor=INK)
    figure.update_yaxes(
        range=[len(words) - 0.5, -0.5], tickvals=list(range(len(words))), ticktext=[literal(w.word) for w in words],
        fixedrange=True, showgrid=False,
    )  # fmt: skip
    return figure


def _all_moved(word: "WordShare") -> str:
    return "<br>".join([literal(word.word), *(f"{name} {_signed(value)}" for name, value in word.moved.items())])


def _signed(value: float) -> str:
    return fixed(value, 2, signed=True).replace("-", "−")
