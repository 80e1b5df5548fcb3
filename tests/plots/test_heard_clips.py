"""The picture of a voice: each clip goes from the lane where it was heard to the one where it is heard now."""

from collections.abc import Iterable
from types import SimpleNamespace

import plotly.graph_objects as go
import pytest

from ser_core.errors import InputError
from ser_core.inference.own_voice import Change
from ser_core.labels import COLOURS, SYMBOLS
from ser_core.plots.heard_clips import heard_figure

LABELS = ("neutral", "happy", "sad")
CLIPS = (
    ("neutral", "sad", "neutral"),
    ("sad", "sad", "sad"),
    ("neutral", "neutral", "none of these"),
    ("neutral", "sad", "neutral"),
)


def changes(clips: Iterable[tuple[str | None, str, str]] = CLIPS) -> list[Change]:
    return [
        Change(*(SimpleNamespace(emotion=spoken), SimpleNamespace(verdict=one), SimpleNamespace(verdict=two)), True)  # type: ignore[arg-type]
        for spoken, one, two in clips
    ]


def ends(figure: go.Figure) -> dict[tuple[int, float], float]:
    """Heights of the markers, by the number of their clip and their side."""
    return {
        (number, x): y
        for trace in figure.data
        if trace.mode == "markers"
        for (number,), x, y in zip(trace.customdata, trace.x, trace.y, strict=True)
    }


def test_every_clip_stands_in_the_lane_in_which_it_is_heard_before_and_after() -> None:
    figure = heard_figure(changes(), LABELS)
    lanes = [*LABELS, "none of these"]
    assert list(figure.layout.yaxis.ticktext) == lanes
    found = ends(figure)
    assert len(found) == 2 * len(CLIPS)
    assert len({(x, y) for (_, x), y in found.items()}) == 2 * len(CLIPS)  # none hides another
    for (number, x), y in found.items():
        assert lanes[round(y)] == CLIPS[number][1 if x == 0 else 2]


def test_markers_tell_the_spoken_emotion_and_lines_join_the_two_of_a_clip() -> None:
    figure = heard_figure(changes(), LABELS, chosen=1)
    found = ends(figure)
    for trace in figure.data:
        if trace.mode == "markers":
            spoken = trace.name.removeprefix("spoken ")
            assert (trace.marker.color, trace.marker.symbol) == (COLOURS[spoken], SYMBOLS[spoken])
            assert {CLIPS[number][0] for (number,) in trace.customdata} == {spoken}
    neutral, thick = figure.data[0], figure.data[-1]
    assert list(neutral.y) == [y for number in (0, 2, 3) for y in (found[number, 0], found[number, 1], None)]
    assert list(thick.y) == [found[1, 0], found[1, 1]]
    assert thick.line.width > neutral.line.width


def test_the_number_of_clips_stands_beside_each_lane_that_has_some() -> None:
    figure = heard_figure(changes(), LABELS)
    told = {(note.x, note.y): note.text for note in figure.layout.annotations}
    assert told == {
        (0, 0): "<b>1</b>", (0, 2): "<b>3</b>", (1, 0): "<b>2</b>", (1, 2): "<b>1</b>", (1, 3): "<b>1</b>",
    }  # fmt: skip


def test_without_clips_there_is_no_picture() -> None:
    with pytest.raises(InputError, match="Give clips of the voice"):
        heard_figure([], LABELS)


def test_a_clip_of_which_nothing_is_told_has_a_marker_of_its_own() -> None:
    figure = heard_figure(changes([(None, "sad", "neutral"), ("happy", "happy", "happy")]), LABELS, chosen=0)
    names = [trace.name for trace in figure.data if trace.mode == "markers"]
    assert names == ["spoken happy", "emotion not stated"]
    assert set(ends(figure)) == {(0, 0.0), (0, 1.0), (1, 0.0), (1, 1.0)}
