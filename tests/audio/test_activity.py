"""Speech is found at every gain; noise, hum, clicks and silence are not taken for it."""

from pathlib import Path

import numpy as np
import pytest

from ser_core.audio.activity import has_speech, require_activity, speech_spans, trim_to_speech
from ser_core.audio.reading import read_audio
from ser_core.audio.signal import Signal
from ser_core.errors import AudioError
from ser_core.types import FloatArray

RATE = 16_000


def voice(seconds: float, *, rate: int = RATE, hertz: float = 150.0) -> FloatArray:
    """Harmonics whose loudness rises and falls four times a second, as syllables do."""
    time = np.arange(round(seconds * rate)) / rate
    harmonics = sum(np.sin(2 * np.pi * hertz * number * time) / number for number in range(1, 12))
    return np.asarray(0.1 * harmonics * (0.55 - 0.45 * np.cos(2 * np.pi * 4 * time)))


def placed(random: np.random.Generator, *, gain: float = 1.0, noise: float = 1e-3, rate: int = RATE) -> FloatArray:
    """1 s of noise, 1 s of voice, 1 s of noise."""
    samples = random.normal(scale=noise, size=3 * rate)
    samples[rate : 2 * rate] += voice(1.0, rate=rate)
    return (gain * samples).astype(np.float32)


@pytest.mark.parametrize("gain", [3.0, 1.0, 0.05, 0.005])
@pytest.mark.parametrize("noise", [1e-3, 1e-2])
def test_speech_between_silence_is_found_at_every_gain(random: np.random.Generator, gain: float, noise: float) -> None:
    spans = speech_spans(placed(random, gain=gain, noise=noise), sample_rate=RATE)
    assert spans[0][0] == pytest.approx(1.0, abs=0.1)
    assert spans[-1][1] == pytest.approx(2.0, abs=0.1)


def test_the_gain_changes_nothing_at_all(random: np.random.Generator) -> None:
    samples = placed(random)
    assert speech_spans(samples, sample_rate=RATE) == speech_spans(samples * np.float32(0.0625), sample_rate=RATE)


@pytest.mark.parametrize("rate", [8_000, 48_000])
def test_the_sample_rate_is_free(random: np.random.Generator, rate: int) -> None:
    spans = speech_spans(placed(random, rate=rate), sample_rate=rate)
    assert (spans[0][0], spans[-1][1]) == pytest.approx((1.0, 2.0), abs=0.1)


def test_a_quiet_take_in_16_bits_is_found(random: np.random.Generator) -> None:
    quiet = np.round(placed(random, gain=0.015, noise=1e-3) * 32_768) / 32_768
    assert np.abs(quiet).max() < 0.007
    spans = speech_spans(quiet, sample_rate=RATE)
    assert (spans[0][0], spans[-1][1]) == pytest.approx((1.0, 2.0), abs=0.1)


def test_digital_silence_around_speech_does_not_lower_the_floor(random: np.random.Generator) -> None:
    samples = np.concatenate([np.zeros(RATE), placed(random), np.zeros(RATE)])
    spans = speech_spans(samples, sample_rate=RATE)
    assert (spans[0][0], spans[-1][1]) == pytest.approx((2.0, 3.0), abs=0.1)


def test_mains_hum_and_an_offset_are_not_speech(random: np.random.Generator) -> None:
    time = np.arange(3 * RATE) / RATE
    spans = speech_spans(placed(random) + 0.05 * np.sin(2 * np.pi * 50 * time) + 0.1, sample_rate=RATE)
    assert (spans[0][0], spans[-1][1]) == pytest.approx((1.0, 2.0), abs=0.1)


def test_a_click_before_the_speech_is_not_speech(random: np.random.Generator) -> None:
    samples = placed(random)
    samples[4_000:4_050] = 0.5
    assert speech_spans(samples, sample_rate=RATE)[0][0] == pytest.approx(1.0, abs=0.1)


def test_a_short_pause_belongs_to_the_speech_and_a_long_one_does_not(random: np.random.Generator) -> None:
    def with_pause(seconds: float) -> int:
        parts = [np.zeros(RATE), voice(0.75), np.zeros(round(seconds * RATE)), voice(0.75), np.zeros(RATE)]
        samples = np.concatenate(parts)
        return len(speech_spans(samples + random.normal(scale=1e-3, size=len(samples)), sample_rate=RATE))

    assert with_pause(0.1) == 1
    assert with_pause(0.8) == 2


def test_the_floor_follows_a_room_that_becomes_louder(random: np.random.Generator) -> None:
    samples = np.concatenate([random.normal(scale=1e-4, size=20 * RATE), random.normal(scale=1e-2, size=20 * RATE)])
    samples[5 * RATE : 6 * RATE] += voice(1.0)
    samples[30 * RATE : 31 * RATE] += voice(1.0)
    spans = speech_spans(samples, sample_rate=RATE)
    assert [round(start) for start, _ in spans] == [5, 30]


def test_speech_without_silence_is_kept_almost_whole() -> None:
    trimmed = trim_to_speech(voice(2.0), sample_rate=RATE)
    assert len(trimmed) > 1.8 * RATE


def test_trimming_keeps_the_margin_and_the_samples_themselves(random: np.random.Generator) -> None:
    samples = placed(random)
    start, end = (speech_spans(samples, sample_rate=RATE)[index][index] for index in (0, -1))
    trimmed = trim_to_speech(samples, sample_rate=RATE)
    np.testing.assert_array_equal(trimmed, samples[round((start - 0.1) * RATE) : round((end + 0.1) * RATE)])


@pytest.mark.parametrize("samples", [np.zeros(RATE), np.zeros(0), np.full(RATE, 0.2)])
def test_where_nothing_is_found_trimming_changes_nothing(samples: FloatArray) -> None:
    assert speech_spans(samples, sample_rate=RATE) == []
    assert trim_to_speech(samples, sample_rate=RATE) is samples


def test_steady_noise_is_no_speech_but_a_held_vowel_is(random: np.random.Generator) -> None:
    assert not has_speech(random.normal(scale=0.05, size=2 * RATE), sample_rate=RATE)
    vowel = sum(np.sin(2 * np.pi * 200 * number * np.arange(2 * RATE) / RATE) / number for number in range(1, 10))
    assert speech_spans(0.1 * np.asarray(vowel), sample_rate=RATE) == [(0.0, 2.0)]


def test_a_silent_recording_is_refused_with_advice(random: np.random.Generator) -> None:
    with pytest.raises(AudioError, match=r"speech in a\.wav; got 1\.0 s of silence\. Check that the right microphone"):
        require_activity(Signal(np.zeros(RATE, dtype=np.float32)), name="a.wav")
    with pytest.raises(AudioError, match="nothing that rises above a steady noise"):
        require_activity(Signal(random.normal(scale=0.01, size=RATE).astype(np.float32)))
    require_activity(Signal(placed(random)))


@pytest.mark.real
def test_the_quiet_actors_of_ravdess_are_heard_and_their_silence_is_cut(real_data: Path) -> None:
    for actor in ("09", "20"):
        files = sorted((real_data / "ravdess" / f"Actor_{actor}").glob("*.flac"))
        assert len(files) == 60
        shares = []
        for file in files:
            signal = read_audio(file)
            require_activity(signal, name=file.name)
            shares.append(len(trim_to_speech(signal.samples, sample_rate=RATE)) / len(signal.samples))
        assert 0.45 < float(np.median(shares)) < 0.75
        assert float(np.quantile(shares, 0.9)) < 0.9
