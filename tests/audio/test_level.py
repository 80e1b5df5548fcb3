"""Loudness, clipping and one level for all."""

import numpy as np
import pytest

from ser_core.audio.activity import speech_spans
from ser_core.audio.level import clipped_fraction, level_dbfs, normalise_level
from ser_core.types import FloatArray


def burst(random: np.random.Generator, *, silence: float, gain: float) -> FloatArray:
    """One second of noise between two stretches of almost nothing."""
    quiet = round(silence * 16_000)
    parts = [random.normal(scale=1e-4, size=quiet), random.normal(scale=0.1, size=16_000)]
    return (gain * np.concatenate([*parts, random.normal(scale=1e-4, size=quiet)])).astype(np.float32)


def test_a_full_scale_sine_has_three_decibels_less_than_full_scale() -> None:
    sine = np.sin(2 * np.pi * 100 * np.arange(16_000) / 16_000)
    assert level_dbfs(sine) == pytest.approx(20 * np.log10(np.sqrt(0.5)))


def test_silence_and_nothing_have_the_lowest_level() -> None:
    assert level_dbfs(np.zeros(10)) == level_dbfs(np.zeros(0)) == -120.0


def test_clipped_fraction_equals_a_count_by_hand(random: np.random.Generator) -> None:
    samples = np.clip(random.normal(scale=0.8, size=500), -1, 1)
    count = 0
    for index, value in enumerate(samples):
        neighbours = [samples[other] for other in (index - 1, index + 1) if 0 <= other < len(samples)]
        count += abs(value) >= 0.99 and any(n * np.sign(value) >= 0.99 for n in neighbours)
    assert clipped_fraction(samples) == count / 500
    assert clipped_fraction(np.stack([samples, samples], axis=1)) == count / 500


@pytest.mark.parametrize("gain", [1.0, 0.1, 0.003])
@pytest.mark.parametrize("silence", [0.2, 2.0])
def test_speech_gets_one_level_whatever_the_gain_and_the_pauses(
    random: np.random.Generator, gain: float, silence: float
) -> None:
    levelled = normalise_level(burst(random, silence=silence, gain=gain))
    start, end = speech_spans(levelled, sample_rate=16_000)[0]
    inner = levelled[round((start + 0.1) * 16_000) : round((end - 0.1) * 16_000)]
    assert level_dbfs(inner) == pytest.approx(-26, abs=0.6)
    assert levelled.dtype == np.float32


def test_a_peak_limits_the_gain_instead_of_being_cut(random: np.random.Generator) -> None:
    samples = random.normal(scale=0.001, size=16_000).astype(np.float32)
    samples[8_000] = 0.5
    levelled = normalise_level(samples)
    assert np.abs(levelled).max() == pytest.approx(10 ** (-0.1 / 20), rel=1e-5)
    np.testing.assert_allclose(levelled / samples, levelled[0] / samples[0], rtol=1e-4)


def test_digital_silence_stays_as_it_is() -> None:
    np.testing.assert_array_equal(normalise_level(np.zeros(100, dtype=np.float32)), np.zeros(100))
