"""Emotion over time: waveform, segments and probabilities."""

from typing import TYPE_CHECKING

import numpy as np
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from ser_core.errors import InputError
from ser_core.inference.reader import NONE_OF_THESE, NOT_SPEECH
from ser_core.labels import COLOURS
from ser_core.plots.style import ACCENT, EDGED, GRID, INK, MUTED, PAPER, SEQUENTIAL, styled
from ser_core.tracks.segments import MINUTE, SILENCE
from ser_core.tracks.track import clock
from ser_core.types import FloatArray, Seconds

if TYPE_CHECKING:
    from ser_core.tracks import Track

_OUTLINE, _LANE, _GAP, _AXES = 90, 24, 22, 60  # pixels
_WITH_HOURS: Seconds = 3540.0  # from here on a mark may lie on the full hour
_BEGINNING = np.datetime64(0, "ms")


def track_figure(track: "Track", *, chosen: int | None = None) -> go.Figure:
    """Draw a track; its three parts share one axis of time in hours, minutes and seconds.

    A segment's ``customdata`` is its number; ``chosen`` is marked. What is none of these is hatched; silence and sounds
    that are not speech have lanes of their own, so that nothing depends on colour alone.

    Raises:
        InputError: if there is no such segment.
    """
    if chosen is not None and not 0 <= chosen < len(track.segments):
        raise InputError(
            f"Expected a segment from 0 to {len(track.segments) - 1}; got {chosen}. Choose one of this recording."
        )
    sounds = [] if track.is_speech.all() else [NOT_SPEECH]
    answers = [*track.answers, *sounds, SILENCE]
    heights = [_OUTLINE, _LANE * len(answers), _LANE * len(track.labels)]
    height = sum(heights) + 2 * _GAP
    figure = make_subplots(3, 1, shared_xaxes=True, row_heights=heights, vertical_spacing=_GAP / height)
    _add_outline(figure, track)
    _add_lanes(figure, track, answers)
    _add_probabilities(figure, track)
    styled(figure, height=height + _AXES)
    figure.update_xaxes(
        type="date",
        tickformat="%-H:%M:%S" if track.duration_seconds >= _WITH_HOURS else "%-M:%S",
        hoverformat="%-H:%M:%S",
        range=_moments(np.array([0.0, track.duration_seconds])),
        minallowed=_moments(np.zeros(1))[0],
        maxallowed=_moments(np.array([track.duration_seconds]))[0],
        automargin="height",
        nticks=6,
    )
    figure.update_xaxes(title_text="time", row=3)
    figure.update_yaxes(fixedrange=True, automargin=False)
    figure.update_yaxes(showgrid=False, showticklabels=False, row=1)
    figure.update_yaxes(range=[len(answers) - 0.5, -0.5], tickvals=list(range(len(answers))), ticktext=answers, row=2)
    figure.update_yaxes(
        autorange="reversed", tickvals=list(range(len(track.labels))), ticktext=list(track.labels), row=3
    )
    figure.update_layout(margin={"l": 104, "r": 12, "t": 26}, barmode="overlay", hovermode="closest")
    if chosen is not None:
        one = track.segments[chosen]
        start, end = _moments(np.array([one.start, one.end]))
        figure.add_vrect(x0=start, x1=end, fillcolor=ACCENT, opacity=0.16, line={"color": ACCENT, "width": 1})
    return figure


def minutes_figure(track: "Track") -> go.Figure:
    """Draw the seconds of speech in each minute, by emotion."""
    seconds = track.speech_by_minute  # (minutes, K + 1)
    minutes = np.arange(1, len(seconds) + 1)
    figure = go.Figure()
    for k, answer in enumerate(track.answers):
        figure.add_trace(
            go.Bar(
                x=minutes,
                y=seconds[:, k].round(2),
                name=answer,
                marker=_look(answer),
                hovertemplate=f"minute %{{x}}: {answer} %{{y:.1f}} s<extra></extra>",
            )
        )
    styled(figure, height=330, x_title="minute", y_title="speech (s)", legend=True)
    figure.update_layout(barmode="stack", bargap=0.12, legend={"y": -0.26, "traceorder": "normal"})
    figure.update_xaxes(range=[0.4, len(seconds) + 0.6], tickformat="d", showgrid=False)
    if len(seconds) <= 12:
        figure.update_xaxes(dtick=1)
    figure.update_yaxes(range=[0, MINUTE], tickvals=[0, 15, 30, 45, 60], fixedrange=True)
    return figure


def _moments(seconds: FloatArray) -> list[str]:
    """Write moments as Plotly wants them on an axis of time, which begins in the year 1970."""
    milliseconds = np.asarray(seconds * 1000).round().astype("timedelta64[ms]")
    return [str(moment) for moment in np.datetime_as_string(_BEGINNING + milliseconds, unit="ms")]


def _look(answer: str) -> dict[str, object]:
    if answer == NONE_OF_THESE:
        hatched = {"shape": "/", "fgcolor": INK, "bgcolor": PAPER, "size": 5, "solidity": 0.35}
        return {"color": PAPER, "pattern": hatched, "line": {"color": INK, "width": 0.5}}
    if answer == NOT_SPEECH:
        return {"color": MUTED, "line": {"width": 0}}
    if answer == SILENCE:
        return {"color": GRID, "line": {"width": 0}}
    return {"color": COLOURS[answer], "line": EDGED}


def _add_outline(figure: go.Figure, track: "Track") -> None:
    lows, highs = track.outline
    times = _moments(np.arange(len(lows)) * track.duration_seconds / len(lows))
    shared = {"mode": "lines", "line": {"color": ACCENT, "width": 1}, "x": times, "hoverinfo": "skip"}
    figure.add_trace(go.Scatter(y=lows.round(4), **shared), row=1, col=1)
    figure.add_trace(go.Scatter(y=highs.round(4), fill="tonexty", fillcolor=ACCENT, **shared), row=1, col=1)
    limit = max(0.01, float(np.abs([lows, highs]).max()))
    figure.update_yaxes(range=[-limit, limit], row=1)


def _add_lanes(figure: go.Figure, track: "Track", answers: list[str]) -> None:
    for lane, answer in enumerate(answers):
        own = [number for number, one in enumerate(track.segments) if one.label == answer]
        segments = [track.segments[number] for number in own]
        figure.add_trace(
            go.Bar(
                base=_moments(np.array([one.start for one in segments])),
                x=[round(1000 * one.seconds) for one in segments],  # milliseconds
                y=[lane] * len(own),
                orientation="h",
                width=0.86,
                marker=_look(answer),
                customdata=[[number] for number in own],
                text=[f"{clock(one.start, tenths=True)} to {clock(one.end, tenths=True)}" for one in segments],
                textposition="none",
                hovertemplate=f"{answer}, %{{text}}<extra></extra>",
            ),
            row=2,
            col=1,
        )


def _add_probabilities(figure: go.Figure, track: "Track") -> None:
    """Draw a row per class; windows speak for their cells, and between two stretches of speech nothing is drawn."""
    starts, ends = track.windows.cells()
    edges, columns = [starts[0]], []
    for number, (start, end) in enumerate(zip(starts, ends, strict=True)):
        if start > edges[-1]:
            edges.append(start)
            columns.append(np.full(len(track.labels), np.nan))
        edges.append(end)
        columns.append(track.probabilities[number])
    figure.add_trace(
        go.Heatmap(
            x=_moments(np.array(edges)),
            y=list(range(len(track.labels))),
            z=(100 * np.stack(columns, axis=1)).round(1),
            customdata=np.broadcast_to(
                np.array(track.labels, dtype=object)[:, None], (len(track.labels), len(columns))
            ),
            colorscale=SEQUENTIAL,
            zmin=0,
            zmax=100,
            hoverongaps=False,
            hovertemplate="%{customdata}, %{x}: %{z:.0f} %<extra></extra>",
            colorbar={
                "orientation": "h",
                "thickness": 7,
                "len": 0.4,
                "x": 1,
                "xanchor": "right",
                "y": -0.02,
                "yanchor": "top",
                "ypad": 26,
                "tickvals": [0, 50, 100],
                "ticktext": ["0", "50", "100 %"],
                "title": {"text": "probability ", "side": "top", "font": {"size": 12}},
                "outlinewidth": 0,
                "tickfont": {"color": MUTED, "size": 12},
            },
        ),
        row=3,
        col=1,
    )
