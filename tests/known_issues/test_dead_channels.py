"""Stereo with one live channel: the hiss or hum of the dead one was averaged in, and changed what was heard."""

import io
from collections.abc import Callable

import numpy as np
import pytest
import soundfile

from ser_core.audio.reading import read_audio
from ser_core.audio.streaming import AudioStream
from ser_core.corpora import open_corpus
from ser_core.types import FloatArray

RATE = 16_000
RNG = np.random.default_rng(0)


@pytest.fixture(scope="module")
def voices() -> list[FloatArray]:
    corpus = open_corpus("demo")
    chosen = corpus.utterances[:: len(corpus.utterances) // 6][:6]
    clips = [soundfile.read(corpus.path(row), dtype="float32")[0] for row in chosen]
    return [0.1 * clip / np.abs(clip).max() for clip in clips]


def stored(*channels: FloatArray, rate: int = RATE) -> io.BytesIO:
    file = io.BytesIO()
    soundfile.write(file, np.column_stack(channels), rate, format="WAV", subtype="FLOAT")
    return file


def hum(count: int, hertz: float, gain: float) -> FloatArray:
    time = np.arange(count) / RATE
    return gain * sum(np.sin(2 * np.pi * hertz * n * time + n) / n for n in (1, 2, 3, 5, 7))


def rumble(count: int) -> FloatArray:
    """Noise below 60 Hz, as wind and handling make it: it swells and falls."""
    spectrum = np.fft.rfft(RNG.normal(size=count))
    spectrum[np.fft.rfftfreq(count, 1 / RATE) > 60] = 0
    noise = np.fft.irfft(spectrum, count)
    return 0.05 * noise / np.abs(noise).max()


DEAD: dict[str, Callable[[int], FloatArray]] = {
    "silence": np.zeros,
    "hiss at -60 dBFS": lambda count: 1e-3 * RNG.normal(size=count),
    "hiss at -40 dBFS": lambda count: 1e-2 * RNG.normal(size=count),
    "mains of 50 Hz": lambda count: hum(count, 50, 0.014),
    "mains of 60 Hz and hiss": lambda count: hum(count, 60, 0.01) + 1e-3 * RNG.normal(size=count),
    "an offset": lambda count: np.full(count, 0.2),
    "rumble": rumble,
    "rumble and an offset": lambda count: rumble(count) - 0.1,
    "one bit": lambda count: RNG.integers(-1, 2, count) / 32_768,
}


@pytest.mark.parametrize("kind", DEAD)
@pytest.mark.parametrize("live", [0, 1])
def test_the_channel_that_speaks_is_taken_alone_and_named(voices: list[FloatArray], kind: str, live: int) -> None:
    for voice in voices:
        channels = [voice, DEAD[kind](len(voice))]
        source = stored(*(channels if live == 0 else channels[::-1]))
        signal = read_audio(source)
        np.testing.assert_array_equal(signal.samples, voice)
        assert f"Channel {live + 1} was used alone: the other one holds no speech." in signal.notes
        stream = AudioStream(source)
        list(stream.blocks())
        if stream.is_mixed_well():
            pytest.fail("the dead channel was averaged in")
        np.testing.assert_array_equal(np.concatenate(list(stream.blocks())), voice)
        assert stream.notes == signal.notes


def test_crosstalk_of_the_live_channel_is_no_speech_of_the_other(voices: list[FloatArray]) -> None:
    for voice in voices:
        signal = read_audio(stored(voice, 0.02 * voice + 3e-4 * RNG.normal(size=len(voice))))
        np.testing.assert_array_equal(signal.samples, voice)


@pytest.mark.parametrize("gain", [1.0, 0.5, 0.2])
@pytest.mark.parametrize("delay", [0, 40])
def test_stereo_of_one_voice_stays_averaged(voices: list[FloatArray], gain: float, delay: int) -> None:
    for voice in voices:
        other = gain * np.roll(voice, delay) + 1e-4 * RNG.normal(size=len(voice))
        signal = read_audio(stored(voice, other))
        np.testing.assert_allclose(signal.samples, (voice + other) / 2, atol=1e-6)
        assert signal.notes == ()


@pytest.mark.parametrize("gain", [1.0, 0.3, 0.05])
def test_two_people_in_a_channel_each_stay_averaged_however_soft_one_is(voices: list[FloatArray], gain: float) -> None:
    first, second = voices[0], gain * voices[1]
    left = np.concatenate([first, 1e-5 * RNG.normal(size=len(second))])
    right = np.concatenate([1e-5 * RNG.normal(size=len(first)), second])
    source = stored(left, right)
    whole = read_audio(source)
    np.testing.assert_allclose(whole.samples, (left + right) / 2, atol=1e-6)
    part = read_audio(source, start=0.0, end=len(first) / RATE)
    np.testing.assert_array_equal(part.samples, whole.samples[: len(first)])


def test_of_six_channels_those_that_speak_are_averaged(voices: list[FloatArray]) -> None:
    voice = voices[0]
    quiet = [1e-3 * RNG.normal(size=len(voice)) for _ in range(4)]
    signal = read_audio(stored(quiet[0], voice, quiet[1], quiet[2], 0.5 * voice, quiet[3]))
    np.testing.assert_allclose(signal.samples, 0.75 * voice, atol=1e-6)
    assert signal.notes == ("Channels 2 and 5 were averaged: the other 4 hold no speech.",)


@pytest.mark.parametrize("rate", [6_000, 44_100, 48_000])
def test_the_choice_does_not_depend_on_the_sample_rate(voices: list[FloatArray], rate: int) -> None:
    voice = np.interp(np.arange(0, len(voices[0]), RATE / rate), np.arange(len(voices[0])), voices[0])
    signal = read_audio(stored(1e-3 * RNG.normal(size=len(voice)), voice, rate=rate))
    assert "Channel 2 was used alone: the other one holds no speech." in signal.notes
