"""Intensity is the level of short stretches, weighted as its docstring says."""

import numpy as np
import pytest

from ser_core.audio.intensity import intensity_contour

RATE = 16_000


def test_intensity_equals_a_weighted_mean_in_plain_loops(random: np.random.Generator) -> None:
    samples = random.normal(scale=0.1, size=1_200).astype(np.float32) + 0.05
    times, levels = intensity_contour(samples, sample_rate=RATE)
    length, step = 640, 160
    weights = [np.sin(np.pi * (i + 1) / (length + 1)) ** 2 for i in range(length)]
    expected = []
    for first in range(0, len(samples) - length + 1, step):
        mean = sum(w * samples[first + i] for i, w in enumerate(weights)) / sum(weights)
        power = sum(w * (samples[first + i] - mean) ** 2 for i, w in enumerate(weights)) / sum(weights)
        expected.append(10 * np.log10(power))
    np.testing.assert_allclose(levels, expected, rtol=1e-5)
    np.testing.assert_allclose(times, 0.02 + 0.01 * np.arange(len(expected)))


def test_a_full_scale_sine_lies_three_decibels_below_full_scale_and_silence_at_the_lowest() -> None:
    sine = np.sin(2 * np.pi * 200 * np.arange(RATE) / RATE)
    np.testing.assert_allclose(intensity_contour(sine, sample_rate=RATE)[1], 20 * np.log10(np.sqrt(0.5)), atol=0.01)
    assert set(intensity_contour(np.zeros(RATE), sample_rate=RATE)[1]) == {-120.0}
    assert intensity_contour(np.full(RATE, 0.25), sample_rate=RATE)[1].max() < -100, "an offset is no sound"


@pytest.mark.parametrize("count", [0, 1, 639])
def test_less_than_a_frame_has_no_intensity(count: int) -> None:
    assert [part.size for part in intensity_contour(np.ones(count), sample_rate=RATE)] == [0, 0]


def test_frames_of_several_blocks_join_without_a_seam(random: np.random.Generator) -> None:
    samples = np.tile(random.normal(size=160), 4_000)  # its level repeats with each step
    levels = intensity_contour(samples, sample_rate=RATE)[1]
    assert len(levels) == 3_997
    assert np.ptp(levels) < 1e-6
