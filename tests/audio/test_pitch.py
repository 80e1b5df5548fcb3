"""The pitch contour of sounds whose pitch is known."""

import time

import numpy as np
import pytest

from ser_core.audio.pitch import pitch_contour
from ser_core.types import FloatArray

RATE = 16_000


def harmonic(hertz: FloatArray, weights: tuple[float, ...], *, rate: int = RATE) -> FloatArray:
    """A sum of harmonics whose fundamental follows ``hertz``, one value per sample."""
    phase = 2 * np.pi * np.cumsum(hertz) / rate
    return np.asarray(sum(weight * np.sin(number * phase) for number, weight in enumerate(weights, start=1)))


@pytest.mark.parametrize("hertz", [70.0, 101.3, 150.0, 233.3, 400.0, 600.0])
def test_a_steady_tone_has_its_frequency_within_half_a_percent(hertz: float) -> None:
    _, found = pitch_contour(harmonic(np.full(RATE, hertz), (1, 0.5, 0.3, 0.2)), sample_rate=RATE)
    np.testing.assert_allclose(found, hertz, rtol=0.005)


@pytest.mark.parametrize("rate", [8_000, 44_100])
def test_the_sample_rate_is_free(rate: int) -> None:
    _, found = pitch_contour(harmonic(np.full(rate, 180.0), (1, 0.5), rate=rate), sample_rate=rate)
    np.testing.assert_allclose(found, 180.0, rtol=0.005)


def test_a_glide_is_followed() -> None:
    course = np.geomspace(110, 330, 2 * RATE)
    times, found = pitch_contour(harmonic(course, (1, 0.6, 0.4, 0.2)), sample_rate=RATE)
    # A frame looks forward from its start: its estimate belongs between its start and its centre.
    expected = np.interp(times, np.arange(len(course)) / RATE, course)
    np.testing.assert_allclose(found, expected, rtol=0.02)


@pytest.mark.parametrize(
    "weights", [(0.0, 1, 1, 1, 0.5), (0.1, 1.0, 0.1, 0.6, 0.1), (1, 0.05), (0.3, 0.2, 1.0, 0.2, 0.1)]
)
def test_a_weak_or_missing_fundamental_makes_no_octave_error(
    weights: tuple[float, ...], random: np.random.Generator
) -> None:
    samples = harmonic(np.full(RATE, 140.0), weights) + random.normal(scale=0.02, size=RATE)
    _, found = pitch_contour(samples, sample_rate=RATE)
    assert np.nanmax(np.abs(np.log2(found / 140.0))) < 0.05


def test_noise_and_silence_are_unvoiced(random: np.random.Generator) -> None:
    _, in_noise = pitch_contour(random.normal(size=RATE), sample_rate=RATE)
    _, in_silence = pitch_contour(np.zeros(RATE), sample_rate=RATE)
    assert np.mean(np.isnan(in_noise)) > 0.95
    assert np.isnan(in_silence).all()


def test_voiced_and_unvoiced_parts_are_told_apart(random: np.random.Generator) -> None:
    voiced = harmonic(np.full(RATE, 200.0), (1, 0.5, 0.3))
    samples = np.concatenate([random.normal(scale=0.05, size=RATE), voiced, np.zeros(RATE)])
    times, found = pitch_contour(samples, sample_rate=RATE)
    inside = (times > 1.05) & (times < 1.95)
    outside = (times < 0.95) | (times > 2.05)
    assert np.isfinite(found[inside]).all()
    assert np.mean(np.isnan(found[outside])) > 0.97


def test_the_gain_and_an_offset_change_nothing() -> None:
    samples = harmonic(np.full(RATE, 200.0), (1, 0.5, 0.3))
    np.testing.assert_allclose(
        pitch_contour(0.004 * samples + 0.1, sample_rate=RATE)[1],
        pitch_contour(samples, sample_rate=RATE)[1],
        rtol=1e-3,
    )


def test_frames_come_every_ten_milliseconds_and_a_short_signal_has_none() -> None:
    times, hertz = pitch_contour(np.ones(RATE), sample_rate=RATE)
    np.testing.assert_allclose(np.diff(times), 0.01)
    assert times.shape == hertz.shape
    assert [part.size for part in pitch_contour(np.ones(100), sample_rate=RATE)] == [0, 0]


def test_five_seconds_are_analysed_at_once() -> None:
    samples = harmonic(np.geomspace(110, 330, 5 * RATE), (1, 0.6, 0.4))
    start = time.process_time()
    pitch_contour(samples, sample_rate=RATE)
    assert time.process_time() - start < 0.5
