"""A recording read in blocks is the recording read at once: the same samples, the same speech, the same outline."""

import io
from pathlib import Path

import numpy as np
import pytest
import soundfile

from ser_core.audio.activity import SpeechActivity, speech_spans
from ser_core.audio.outline import WaveformOutline
from ser_core.audio.reading import read_audio
from ser_core.audio.streaming import AudioStream
from ser_core.errors import AudioError
from ser_core.types import FloatArray

RATE = 16_000


@pytest.fixture(autouse=True)
def _small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ser_core.audio.mixing._BLOCK_VALUES", 7_001)


def sentence(random: np.random.Generator, seconds: float, *, rate: int = RATE, gain: float = 1.0) -> FloatArray:
    """A buzz that swells four times a second, between a second of soft noise on either side."""
    time = np.arange(round(seconds * rate)) / rate
    buzz = sum(np.sin(2 * np.pi * 150 * number * time) / number for number in range(1, 12))
    samples = random.normal(scale=1e-3, size=len(time) + 2 * rate)
    samples[rate:-rate] += 0.1 * np.asarray(buzz) * (0.55 - 0.45 * np.cos(2 * np.pi * 4 * time))
    return np.asarray(gain * samples, dtype=np.float32)


@pytest.mark.parametrize("rate", [8_000, 16_000, 44_100])
@pytest.mark.parametrize("suffix", ["wav", "flac", "ogg", "mp3"])
def test_the_blocks_together_are_what_is_read_at_once(
    tmp_path: Path, random: np.random.Generator, rate: int, suffix: str
) -> None:
    path = tmp_path / f"a.{suffix}"
    soundfile.write(path, np.stack([sentence(random, 2, rate=rate)] * 2, axis=1), rate)
    stream, whole = AudioStream(path), read_audio(path)
    np.testing.assert_array_equal(np.concatenate(list(stream.blocks())), whole.samples)
    assert stream.is_mixed_well()
    assert stream.notes == whole.notes
    assert (stream.channels, stream.original_sample_rate) == (whole.channels, rate)
    assert stream.expected_samples == pytest.approx(len(whole.samples), abs=1)
    assert stream.duration_seconds == pytest.approx(whole.duration_seconds, abs=1e-3)


def test_a_recording_can_be_read_again_and_from_memory(tmp_path: Path, random: np.random.Generator) -> None:
    path = tmp_path / "a.flac"
    soundfile.write(path, sentence(random, 1), RATE)
    stream = AudioStream(io.BytesIO(path.read_bytes()), name="a")
    first, second = (np.concatenate(list(stream.blocks())) for _ in range(2))
    np.testing.assert_array_equal(first, second)
    np.testing.assert_array_equal(first, read_audio(path).samples)


def test_where_channels_cancel_the_second_reading_is_of_the_loudest(
    tmp_path: Path, random: np.random.Generator
) -> None:
    path = tmp_path / "a.wav"
    one = sentence(random, 1)
    soundfile.write(path, np.stack([0.9 * one, -one], axis=1), RATE, subtype="FLOAT")
    stream = AudioStream(path)
    list(stream.blocks())
    if stream.is_mixed_well():
        pytest.fail("the average of opposite channels was taken for the sound")
    np.testing.assert_array_equal(np.concatenate(list(stream.blocks())), read_audio(path).samples)
    assert stream.is_mixed_well()
    assert stream.notes == read_audio(path).notes


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda random: b"", "got an empty file"),
        (lambda random: b"no sound " * 99, "Convert it"),
        (lambda random: wav(sentence(random, 1))[:9_000], "truncated"),
        (lambda random: wav(np.zeros(160)), r"at least 0\.1 s"),
        (lambda random: wav(np.zeros(3 * 60 * 3_601, dtype=np.float32), rate=2_000)[:44] + bytes(8), "truncated"),
        (lambda random: wav(np.zeros(1_000), rate=1_000), "2000 samples per second"),
    ],
    ids=["empty", "text", "truncated", "10 ms", "header alone", "1 kHz"],
)
def test_what_cannot_be_read_is_refused_before_the_first_block(random: np.random.Generator, make, message: str) -> None:
    with pytest.raises(AudioError, match=message):
        AudioStream(io.BytesIO(make(random)), name="a.wav")


def test_more_than_three_hours_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    with soundfile.SoundFile(path, "w", 2_000, 1, subtype="PCM_U8") as file:
        for _ in range(181):
            file.write(np.zeros(120_000, dtype=np.float32))
    with pytest.raises(AudioError, match=r"at most 3 hours of audio in a\.wav; got 3\.0 hours\. Cut it into parts"):
        AudioStream(path)


def test_values_that_are_no_numbers_are_refused_at_the_end(tmp_path: Path, random: np.random.Generator) -> None:
    samples = sentence(random, 1)
    samples[100] = np.nan
    soundfile.write(tmp_path / "a.wav", samples, RATE, subtype="FLOAT")
    with pytest.raises(AudioError, match="Expected finite samples"):
        list(AudioStream(tmp_path / "a.wav").blocks())


@pytest.mark.parametrize("block", [1, 777, 16_000, 10**7])
def test_speech_found_in_blocks_is_speech_found_at_once(random: np.random.Generator, block: int) -> None:
    parts = [sentence(random, seconds, gain=gain) for seconds, gain in ((1, 1), (3, 0.1), (0.4, 0.5), (2, 0.03))]
    samples = np.concatenate(
        parts * (4 if block > 1 else 1)
    )  # more than a minute, which is as far as is looked at once
    samples = samples[:20_000] if block == 1 else samples
    activity = SpeechActivity(RATE)
    for first in range(0, len(samples), block):
        activity.take(samples[first : first + block])
    assert activity.spans() == speech_spans(samples, sample_rate=RATE)
    assert len(activity.spans()) >= (1 if block == 1 else 8)


@pytest.mark.parametrize("samples", [np.zeros(0), np.zeros(RATE), np.full(RATE, 0.2)])
def test_where_nobody_speaks_blocks_change_nothing(samples: FloatArray) -> None:
    activity = SpeechActivity(RATE)
    for part in np.array_split(samples, 7):
        activity.take(part)
    assert activity.spans() == []


def test_a_held_vowel_counts_as_a_whole_in_blocks_too() -> None:
    time = np.arange(8 * RATE) / RATE
    vowel = 0.1 * sum(np.sin(2 * np.pi * 200 * number * time) / number for number in range(1, 10))
    activity = SpeechActivity(RATE)
    for part in np.array_split(np.asarray(vowel), 11):
        activity.take(part)
    assert activity.spans() == [(0.0, 8.0)]


@pytest.mark.parametrize(("count", "columns"), [(1_000, 7), (999, 400), (5, 20), (1, 1)])
@pytest.mark.parametrize("block", [1, 13, 10_000])
def test_the_outline_holds_the_least_and_the_greatest_sample_of_each_stretch(
    random: np.random.Generator, count: int, columns: int, block: int
) -> None:
    samples = random.normal(size=count).astype(np.float32)
    overview = WaveformOutline(count, columns=columns)
    for first in range(0, count, block):
        overview.take(samples[first : first + block])
    lows, highs = overview.outline()
    columns = min(columns, count)
    for column in range(columns):
        stretch = samples[column * count // columns : (column + 1) * count // columns]
        assert lows[column] == stretch.min()
        assert highs[column] == stretch.max()


def test_an_outline_bears_samples_too_few_and_too_many() -> None:
    overview = WaveformOutline(10, columns=5)
    overview.take(np.ones(4, dtype=np.float32))
    assert overview.outline()[1].tolist() == [1, 1, 0, 0, 0]
    overview.take(np.full(20, 2, dtype=np.float32))
    assert overview.outline()[1].tolist() == [1, 1, 2, 2, 2]


def wav(samples: FloatArray, rate: int = RATE) -> bytes:
    file = io.BytesIO()
    soundfile.write(file, samples, rate, format="WAV", subtype="PCM_16")
    return file.getvalue()
