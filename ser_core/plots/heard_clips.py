"""As what each clip of a voice is heard, before and after: a line per clip, between lanes of emotions."""

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from ser_core.errors import InputError
from ser_core.inference.own_voice import Change
from ser_core.labels import COLOURS, SYMBOLS, in_order
from ser_core.plots.style import EDGED, INK, styled
from ser_core.voices import NOT_STATED

HEIGHT = 480  # pixels: half of the first screen, also of a phone
_BEFORE, _AFTER = 0.0, 1.0
_ROOM = 0.8  # share of a lane's height in which its clips stand


def heard_figure(changes: Sequence[Change], labels: Sequence[str], *, chosen: int | None = None) -> go.Figure:
    """Draw the clips on the left where they are heard without the voice, on the right where with it.

    A marker has the colour and the form of the emotion in which its clip was spoken, if that is stated; a lane is an
    emotion that was heard. The number of clips in a lane stands beside it. Every marker is a point whose ``customdata``
    is ``[number of the clip]``.

    Args:
        changes: one per clip.
        labels: of the model, from the top; anything else that was heard follows.
        chosen: number of the clip whose line is drawn thick.

    Raises:
        InputError: if there is no clip.
    """
    if not changes:
        raise InputError("Expected at least one clip; got none. Give clips of the voice.")
    heard = [(change.before.verdict, change.after.verdict) for change in changes]
    lanes = list(dict.fromkeys([*labels, *(verdict for pair in heard for verdict in pair)]))
    left, right = (_places([lanes.index(pair[side]) for pair in heard]) for side in (0, 1))
    figure = go.Figure()
    told = [change.clip.emotion or NOT_STATED for change in changes]
    for spoken in (*in_order(emotion for emotion in told if emotion != NOT_STATED), *({NOT_STATED} & set(told))):
        numbers = [number for number, emotion in enumerate(told) if emotion == spoken]
        colour, words = COLOURS.get(spoken, INK), "emotion not stated" if spoken == NOT_STATED else f"spoken {spoken}"
        figure.add_trace(
            go.Scatter(
                x=[end for _ in numbers for end in (_BEFORE, _AFTER, None)],
                y=[end for number in numbers for end in (left[number], right[number], None)],
                mode="lines",
                line={"color": colour, "width": 2},
                hoverinfo="skip",
                showlegend=False,
            )
        )
        ends = [(number, side) for number in numbers for side in (0, 1)]
        figure.add_trace(
            go.Scatter(
                x=[(_BEFORE, _AFTER)[side] for _, side in ends],
                y=[(left, right)[side][number] for number, side in ends],
                mode="markers",
                name=words,
                marker={"symbol": SYMBOLS.get(spoken, "circle"), "size": 15, "color": colour, "line": EDGED},
                customdata=[[number] for number, _ in ends],
                hovertext=[f"{words}, heard as {heard[number][side]}" for number, side in ends],
                hovertemplate="%{hovertext}<extra></extra>",
                unselected={"marker": {"opacity": 1}},
            )
        )
    if chosen is not None:
        figure.add_trace(
            go.Scatter(
                x=[_BEFORE, _AFTER], y=[left[chosen], right[chosen]], mode="lines",
                line={"color": COLOURS.get(told[chosen], INK), "width": 7},
                hoverinfo="skip", showlegend=False,
            )
        )  # fmt: skip
    _draw_lanes(figure, lanes, heard)
    return figure


def _places(lanes: Sequence[int]) -> list[float]:
    """Spread the clips of one side evenly in their lanes, in order; a lane's middle is its number."""
    places = [0.0] * len(lanes)
    for lane in set(lanes):
        members = [number for number, of in enumerate(lanes) if of == lane]
        spread = (np.arange(len(members)) + 0.5) / len(members) - 0.5
        for number, place in zip(members, spread, strict=True):
            places[number] = lane + _ROOM * float(place)
    return places


def _draw_lanes(figure: go.Figure, lanes: Sequence[str], heard: Sequence[tuple[str, str]]) -> None:
    for place, name in enumerate(lanes):
        colour = COLOURS.get(name, INK)
        figure.add_hrect(
            y0=place - 0.47, y1=place + 0.47, fillcolor=colour, opacity=0.13, line_width=0, layer="below"
        )  # fmt: skip
        for side, x, anchor in ((0, _BEFORE, "right"), (1, _AFTER, "left")):
            count = sum(pair[side] == name for pair in heard)
            if count:
                figure.add_annotation(
                    x=x, y=place, text=f"<b>{count}</b>", showarrow=False, xanchor=anchor,
                    xshift=-16 if side == 0 else 16, font={"size": 18, "color": INK},
                )  # fmt: skip
    styled(figure, height=HEIGHT, legend=True)
    figure.update_layout(legend={"y": -0.02})
    figure.update_xaxes(
        side="top", tickvals=[_BEFORE, _AFTER], ticktext=["heard before", "heard now"],
        tickfont={"size": 16, "color": INK},
        range=[-0.3, 1.3], showgrid=False, showline=False, fixedrange=True,
    )  # fmt: skip
    figure.update_yaxes(
        tickvals=list(range(len(lanes))), ticktext=list(lanes), tickfont={"size": 15, "color": INK},
        range=[len(lanes) - 0.45, -0.55], showgrid=False, showline=False, fixedrange=True,
    )  # fmt: skip
