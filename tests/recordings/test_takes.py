"""A take is cut to its speech, and what is wrong with it is said in plain words."""

import dataclasses

import numpy as np
import pytest

from ser_core.errors import AudioError, InputError
from ser_core.recordings import Take, check_take


@pytest.mark.parametrize("rate", [16_000, 44_100, 48_000])
def test_the_cut_holds_the_speech_with_a_small_margin(spoken, rate: int) -> None:
    found = check_take(spoken(before=0.8, seconds=1.5, after=0.7, rate=rate))
    assert found.start == pytest.approx(0.8 - 0.15, abs=0.1)
    assert found.end == pytest.approx(0.8 + 1.5 + 0.15, abs=0.1)
    assert found.warnings == ()


def test_levels_are_told_in_decibels_below_full_scale(spoken) -> None:
    take = spoken()
    found = check_take(take)
    assert found.peak_dbfs == pytest.approx(20 * np.log10(np.abs(take.samples).max()))
    assert found.level_line == f"speech at {found.speech_dbfs:.0f} dB, peak at {found.peak_dbfs:.0f} dB".replace(
        "-", "−"
    )


def clipped(spoken) -> Take:
    take = spoken()
    return Take(np.clip(take.samples * 8, -1, 1).astype(np.float32), take.sample_rate)


def nearly_clipped(spoken) -> Take:
    take = spoken()
    return Take(0.95 * take.samples / np.abs(take.samples).max(), take.sample_rate)


def noisy(spoken) -> Take:
    take = spoken(gain=0.1)
    return Take(take.samples + 0.015 * np.random.default_rng(1).standard_normal(take.samples.size), take.sample_rate)


@pytest.mark.parametrize(
    ("make", "expected"),
    [
        (clipped, "Too loud"),
        (nearly_clipped, "Nearly too loud"),
        (lambda spoken: spoken(gain=0.008), "Very quiet"),
        (noisy, "Noisy"),
        (lambda spoken: spoken(seconds=0.6), "s of speech. Was the whole sentence"),
        (lambda spoken: spoken(before=0.0), "begins at once"),
        (lambda spoken: spoken(after=0.0), "to the very end"),
        (lambda spoken: dataclasses.replace(spoken(), holes=1), "Sound is missing at one place"),
        (lambda spoken: dataclasses.replace(spoken(), holes=3).cut(0.1, 2.5), "Sound is missing at 3 places"),
        (lambda spoken: spoken(after=118.0), "ended by itself after 120 s. Cut it to the sentence"),
    ],
)
def test_what_is_wrong_is_said_with_what_to_do(spoken, make, expected: str) -> None:
    warnings = check_take(make(spoken)).warnings
    assert any(expected in warning for warning in warnings), warnings


@pytest.mark.parametrize(
    ("take", "expected"),
    [
        (Take(np.zeros(48_000, dtype=np.float32), 48_000), "of silence. Check that the right microphone"),
        (Take(1e-3 * np.random.default_rng(0).standard_normal(96_000), 48_000), "steady noise"),
        (Take(np.ones(2_000, dtype=np.float32), 48_000), "0.1 to 120 s; got 0.04 s"),
        (Take(np.zeros(0, dtype=np.float32), 48_000), "got 0.00 s"),
        (Take(np.zeros(16_000 * 121, dtype=np.float32), 16_000), "got 121.00 s"),
        (Take(np.full(48_000, np.nan), 48_000), "NaN or infinite"),
        (Take(np.ones(1_000), 1_000), "at least 2000 samples per second"),
    ],
)
def test_what_cannot_be_kept_is_refused_with_advice(take: Take, expected: str) -> None:
    with pytest.raises(AudioError) as error:
        check_take(take)
    assert expected in str(error.value)


def test_a_part_is_cut_to_the_sample(spoken) -> None:
    take = spoken(rate=16_000)
    part = take.cut(0.25, 1.5)
    np.testing.assert_array_equal(part.samples, take.samples[4_000:24_000])


@pytest.mark.parametrize(("start", "end"), [(1.0, 0.5), (0.5, 0.55), (-0.1, 1.0), (0.0, 99.0), (float("nan"), 1.0)])
def test_a_part_that_is_none_is_refused(spoken, start: float, end: float) -> None:
    with pytest.raises(InputError, match="Move the two ends apart"):
        spoken().cut(start, end)
