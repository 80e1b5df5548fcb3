"""The high-pass takes out what lies below the voice, up to the ends, and nothing else."""

import numpy as np
import pytest

from ser_core.audio import high_pass as module
from ser_core.audio.high_pass import high_pass

RATE = 16_000
TIMES = np.arange(2 * RATE) / RATE


def decibels_left(hertz: float, phase: float = 0.7) -> float:
    wave = np.sin(2 * np.pi * hertz * TIMES + phase)
    passed = high_pass(wave.astype(np.float32), cutoff=75, sample_rate=RATE)[RATE // 4 : -RATE // 4]
    return float(20 * np.log10(np.sqrt(2 * np.mean(np.square(passed))) + 1e-12))


@pytest.mark.parametrize("hertz", [0.3, 5, 12, 23, 50, 60, 64])
@pytest.mark.parametrize("phase", [0.0, 0.7, np.pi / 2])
def test_slow_waves_are_gone_at_the_ends_too(hertz: float, phase: float):
    wave = np.sin(2 * np.pi * hertz * TIMES + phase).astype(np.float32)
    assert np.abs(high_pass(wave, cutoff=75, sample_rate=RATE)).max() < 1e-3


def test_a_constant_offset_is_gone():
    noise = np.random.default_rng(0).normal(scale=0.1, size=len(TIMES)).astype(np.float32)
    plain = high_pass(noise, cutoff=75, sample_rate=RATE)
    offset = high_pass(noise + np.float32(0.3), cutoff=75, sample_rate=RATE)
    np.testing.assert_allclose(offset, plain, atol=3e-5)


@pytest.mark.parametrize("hertz", [86, 100, 220, 3_000, 7_900])
def test_a_voice_passes_as_loud_as_it_was(hertz: float):
    assert decibels_left(hertz) == pytest.approx(0, abs=0.05)


def test_half_of_the_amplitude_is_left_at_the_cutoff():
    assert decibels_left(75) == pytest.approx(-6, abs=0.3)


def test_nothing_moves_in_time():
    burst = np.zeros(RATE, dtype=np.float32)
    burst[RATE // 2 : RATE // 2 + 800] = np.hanning(800) * np.sin(2 * np.pi * 400 * TIMES[:800])
    np.testing.assert_allclose(high_pass(burst, cutoff=75, sample_rate=RATE), burst, atol=2e-3)


def test_the_middle_is_that_of_the_same_filter_from_scipy():
    from scipy.signal import firwin, kaiserord

    noise = np.random.default_rng(1).normal(size=RATE)
    length, beta = kaiserord(80, 20 / (RATE / 2))
    taps = -firwin(length | 1, 75, window=("kaiser", beta), fs=RATE)
    taps[len(taps) // 2] += 1
    expected = np.convolve(noise, taps, mode="valid")
    reach = len(taps) // 2
    found = high_pass(noise, cutoff=75, sample_rate=RATE)[reach:-reach]
    np.testing.assert_allclose(found, expected, atol=1e-6)


@pytest.mark.parametrize("count", [1, 2, 17, 400, 4_000])
def test_a_short_sound_is_filtered_too(count: int):
    offset = np.full(count, 0.3, dtype=np.float32)
    passed = high_pass(offset, cutoff=75, sample_rate=RATE)
    assert passed.shape == (count,)
    assert np.abs(passed).max() < 1e-4


def test_a_long_sound_is_filtered_in_blocks_without_a_seam(monkeypatch: pytest.MonkeyPatch):
    noise = np.random.default_rng(2).normal(size=3 * RATE + 11).astype(np.float32)
    whole = high_pass(noise, cutoff=75, sample_rate=RATE)
    monkeypatch.setattr(module, "_BLOCK", 7_001)
    np.testing.assert_allclose(high_pass(noise, cutoff=75, sample_rate=RATE), whole, atol=1e-6)


@pytest.mark.parametrize("rate", [8_000, 22_050, 48_000])
def test_other_sample_rates_have_the_same_cutoff(rate: int):
    times = np.arange(rate) / rate
    for hertz, expected in ((50, 0.0), (120, 1.0)):
        passed = high_pass(np.sin(2 * np.pi * hertz * times), cutoff=75, sample_rate=rate)[rate // 4 : -rate // 4]
        assert np.sqrt(2 * np.mean(np.square(passed))) == pytest.approx(expected, abs=2e-3)
