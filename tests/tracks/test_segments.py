"""Segments cover a recording without gap or overlap, and each moment has the label of its nearest window."""

import itertools

import numpy as np
import pytest

from ser_core.tracks.segments import SILENCE, Segment, seconds_by_minute, segments_of
from ser_core.tracks.windows import TrackSettings, windows_over

STRETCHES = [(0.5, 9.0), (12.0, 13.0), (58.0, 75.0), (110.0, 131.0)]
ANSWERS = ("sad", "angry", "none of these")
DURATION = 131.0


@pytest.fixture
def windows():
    return windows_over(STRETCHES, TrackSettings(3.0, 1.4))


@pytest.fixture
def verdicts(windows, random):
    return [ANSWERS[number] for number in random.integers(0, 3, len(windows))]


def test_segments_lie_against_each_other_from_the_beginning_to_the_end(windows, verdicts):
    segments = segments_of(windows, verdicts, DURATION)
    assert segments[0].start == 0
    assert segments[-1].end == DURATION
    for former, latter in itertools.pairwise(segments):
        assert former.end == latter.start
        assert former.label != latter.label
    assert all(one.end > one.start for one in segments)


def test_each_moment_has_the_label_of_the_window_with_the_nearest_middle_in_its_stretch(windows, verdicts):
    segments = segments_of(windows, verdicts, DURATION)
    middles = (windows.starts + windows.ends) / 2
    for moment in np.arange(0.013, DURATION, 0.37):
        label = next(one.label for one in segments if one.start <= moment < one.end)
        stretch = next((n for n, (start, end) in enumerate(STRETCHES) if start <= moment < end), None)
        if stretch is None:
            assert label == SILENCE
        else:
            own = np.flatnonzero(windows.stretches == stretch)
            assert label == verdicts[own[int(np.argmin(np.abs(middles[own] - moment)))]]


def test_a_segment_knows_its_windows(windows, verdicts):
    segments = segments_of(windows, verdicts, DURATION)
    for one in segments:
        assert {verdicts[number] for number in one.windows} == (set() if one.label == SILENCE else {one.label})
    assert [number for one in segments for number in one.windows] == list(range(len(windows)))


def test_the_same_verdict_on_both_sides_of_a_silence_stays_two_segments():
    windows = windows_over([(0.0, 1.0), (2.0, 3.0)], TrackSettings())
    labels = [one.label for one in segments_of(windows, ["sad", "sad"], 3.0)]
    assert labels == ["sad", SILENCE, "sad"]


def test_a_recording_without_speech_is_one_silence():
    assert segments_of(windows_over([], TrackSettings()), [], 5.0) == [Segment(0.0, 5.0, SILENCE, range(0))]


def test_minutes_count_every_moment_once(windows, verdicts):
    segments = segments_of(windows, verdicts, DURATION)
    seconds = seconds_by_minute(segments, ANSWERS, DURATION)
    assert seconds.shape == (3, 3)
    step = 0.001
    moments = np.arange(0, DURATION, step) + step / 2
    for k, answer in enumerate(ANSWERS):
        spoken = np.zeros(len(moments), dtype=bool)
        for one in segments:
            if one.label == answer:
                spoken |= (moments >= one.start) & (moments < one.end)
        for minute in range(3):
            inside = (moments >= 60 * minute) & (moments < 60 * minute + 60)
            assert seconds[minute, k] == pytest.approx(np.sum(spoken & inside) * step, abs=0.05)
    assert seconds.sum() == pytest.approx(sum(one.seconds for one in segments if one.label != SILENCE))
