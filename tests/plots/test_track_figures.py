"""The figures of a track show what was heard, at the moment it was heard."""

import numpy as np
import pytest

from ser_core.errors import InputError
from ser_core.labels import COLOURS
from ser_core.plots.track import minutes_figure, track_figure
from ser_core.tracks import Track, TrackSettings
from ser_core.tracks.track import clock
from ser_core.tracks.windows import windows_over

SPEECH = ((0.5, 9.0), (62.25, 80.0), (4000.0, 4003.5))


@pytest.fixture
def track(random: np.random.Generator) -> Track:
    settings = TrackSettings()
    windows = windows_over(SPEECH, settings)
    probabilities = random.dirichlet(np.ones(3), len(windows))
    labels = ("neutral", "sad", "angry")
    return Track(
        name="talk.wav",
        checkpoint="tiny",
        labels=labels,
        settings=settings,
        duration_seconds=4010.0,
        speech=SPEECH,
        windows=windows,
        is_speech=np.ones(len(windows), dtype=bool),
        probabilities=probabilities,
        angles=random.uniform(0, 180, probabilities.shape),
        emotions=tuple(labels[number] for number in probabilities.argmax(axis=1)),
        inside_range=random.random(len(windows)) < 0.7,
        levels=np.full(len(windows), -26.0),
        outline=(-np.ones(100, dtype=np.float32) / 2, np.ones(100, dtype=np.float32) / 2),
        notes=(),
    )


def milliseconds(moment: str) -> int:
    return int(np.datetime64(moment, "ms").astype("int64"))


def test_every_segment_lies_in_the_lane_of_its_answer_at_its_time(track: Track):
    figure = track_figure(track)
    lanes = list(figure.layout.yaxis2.ticktext)
    assert lanes == ["neutral", "sad", "angry", "none of these", "silence"]
    seen = {}
    for trace in figure.data:
        if trace.type == "bar":
            for base, length, lane, (number,) in zip(trace.base, trace.x, trace.y, trace.customdata, strict=True):
                seen[number] = (milliseconds(base), length, lanes[lane])
    assert sorted(seen) == list(range(len(track.segments)))
    for number, one in enumerate(track.segments):
        start, length, lane = seen[number]
        assert lane == one.label
        assert start == pytest.approx(1000 * one.start, abs=1)
        assert length == pytest.approx(1000 * one.seconds, abs=1)


def test_emotions_have_their_colour_and_none_of_these_is_hatched(track: Track):
    bars = [trace for trace in track_figure(track).data if trace.type == "bar"]
    assert [bar.marker.color for bar in bars[:3]] == [COLOURS[label] for label in track.labels]
    assert bars[3].marker.pattern.shape == "/"
    assert bars[4].marker.pattern.shape is None


def test_probabilities_stand_over_the_cells_and_nothing_over_silence(track: Track):
    (heatmap,) = [trace for trace in track_figure(track).data if trace.type == "heatmap"]
    edges = [milliseconds(moment) / 1000 for moment in heatmap.x]
    assert np.shape(heatmap.z) == (3, len(edges) - 1)
    starts, ends = track.windows.cells()
    columns = np.array(heatmap.z, dtype=float)
    for number, (start, end) in enumerate(zip(starts, ends, strict=True)):
        column = int(np.argmin(np.abs(np.array(edges[:-1]) - start)))
        assert edges[column + 1] == pytest.approx(end, abs=1e-3)
        np.testing.assert_allclose(columns[:, column], 100 * track.probabilities[number], atol=0.06)
    assert np.isnan(columns).all(axis=0).sum() == 2  # the silences between three stretches


def test_the_chosen_segment_is_marked_and_one_that_is_not_there_refused(track: Track):
    (mark, *_) = track_figure(track, chosen=1).layout.shapes
    assert milliseconds(mark.x0) == pytest.approx(1000 * track.segments[1].start, abs=1)
    with pytest.raises(InputError, match="Choose one of this recording"):
        track_figure(track, chosen=10_000)


def test_bars_of_a_minute_add_up_to_its_speech(track: Track):
    figure = minutes_figure(track)
    heights = np.array([trace.y for trace in figure.data], dtype=float)
    assert heights.shape == (4, 67)
    np.testing.assert_allclose(heights.sum(axis=0), track.speech_by_minute.sum(axis=1), atol=0.05)
    assert heights.max() <= 60


@pytest.mark.parametrize(("seconds", "shown"), [(0, "0:00"), (59.99, "0:59"), (754.2, "12:34"), (7384, "2:03:04")])
def test_moments_are_written_as_a_player_shows_them(seconds: float, shown: str):
    assert clock(seconds) == shown
