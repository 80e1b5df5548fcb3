"""Windows cover the speech and nothing else, evenly; every moment has one window that speaks for it."""

import numpy as np
import pytest

from ser_core.errors import InputError
from ser_core.tracks.windows import TrackSettings, seconds_of_speech, stretches_of, windows_over

SPANS = [(0.5, 1.2), (1.3, 4.0), (5.0, 5.2), (9.0, 31.7)]


@pytest.mark.parametrize(("length", "hop"), [(3.0, 1.5), (2.0, 2.0), (0.5, 0.2), (60.0, 30.0), (3.0, 0.7)])
def test_windows_have_full_length_and_cover_each_stretch_with_as_few_as_the_hop_allows(length: float, hop: float):
    stretches = stretches_of(SPANS, pause=0.5)
    windows = windows_over(stretches, TrackSettings(length, hop))
    for number, (start, end) in enumerate(stretches):
        own = windows.stretches == number
        starts, ends = windows.starts[own], windows.ends[own]
        assert starts[0] == start
        assert ends[-1] == pytest.approx(end)
        np.testing.assert_allclose(ends - starts, min(length, end - start))
        if len(starts) > 1:
            steps = np.diff(starts)
            np.testing.assert_allclose(steps, steps[0])
            assert steps[0] <= hop + 1e-9
            assert end - start - length > (len(starts) - 2) * hop - 1e-6  # one window less would not do
    assert (np.diff(windows.starts) > 0).all()
    assert (np.diff(windows.ends) > 0).all()


def test_a_cell_holds_the_moments_whose_nearest_middle_is_the_windows_own():
    stretches = stretches_of(SPANS, pause=0.5)
    windows = windows_over(stretches, TrackSettings(3.0, 1.3))
    starts, ends = windows.cells()
    middles = (windows.starts + windows.ends) / 2
    for number, (start, end) in enumerate(stretches):
        own = np.flatnonzero(windows.stretches == number)
        for moment in np.linspace(start + 1e-6, end - 1e-6, 101):
            nearest = own[int(np.argmin(np.abs(middles[own] - moment)))]
            assert starts[nearest] - 1e-9 <= moment <= ends[nearest] + 1e-9


def test_speech_within_a_window_is_counted_moment_by_moment():
    starts, ends = np.array([0.0, 1.0, 4.5, 8.0, 32.0]), np.array([40.0, 2.0, 5.1, 12.0, 33.0])
    moments = np.arange(0, 40, 0.001) + 0.0005
    speech = np.zeros(len(moments), dtype=bool)
    for start, end in SPANS:
        speech |= (moments >= start) & (moments < end)
    expected = [np.sum(speech & (moments >= a) & (moments < b)) * 0.001 for a, b in zip(starts, ends, strict=True)]
    np.testing.assert_allclose(seconds_of_speech(SPANS, starts, ends), expected, atol=0.003)
    assert seconds_of_speech([], starts, ends).tolist() == [0, 0, 0, 0, 0]


def test_without_speech_there_is_no_window():
    windows = windows_over([], TrackSettings())
    assert len(windows) == 0
    assert windows.cells()[0].size == 0


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ((0.1, 0.2, 0.5), r"windows of 0\.5 to 60 s; got 0\.1 s\. Choose about the length"),
        ((3.0, 4.0, 0.5), r"a hop of 0\.2 s up to the window's 3 s; got 4 s\. Choose half"),
        ((3.0, 0.0, 0.5), r"a hop of 0\.2 s"),
        ((3.0, 1.0, 0.0), r"a pause of 0\.2 to 10 s; got 0 s\. Choose how long"),
        ((float("nan"), 1.0, 0.5), "windows of"),
    ],
)
def test_settings_that_make_no_sense_are_refused_with_advice(settings: tuple[float, float, float], message: str):
    with pytest.raises(InputError, match=message):
        TrackSettings(*settings)


def test_a_pause_that_is_as_long_as_it_takes_parts_speech_and_a_shorter_one_does_not():
    spans = [(0.0, 1.0), (1.4, 2.0), (2.5, 3.0), (5.0, 6.0)]
    assert stretches_of(spans, pause=0.5) == [(0.0, 2.0), (2.5, 3.0), (5.0, 6.0)]
    assert stretches_of(spans, pause=0.3) == spans
    assert stretches_of(spans, pause=2.5) == [(0.0, 6.0)]
