"""A long recording judged in blocks: each window as the model judges that part alone, in memory that does not grow."""

import dataclasses
import io
import tracemalloc
from pathlib import Path

import numpy as np
import pytest
import soundfile

from ser_core.audio.activity import speech_spans
from ser_core.audio.level import level_dbfs
from ser_core.audio.reading import read_audio
from ser_core.audio.signal import Signal
from ser_core.errors import AudioError
from ser_core.inference import Reader
from ser_core.tracks import Track, TrackSettings, track_recording
from ser_core.tracks.windows import stretches_of
from tests.conftest import tiny_voice

RATE = 16_000
SETTINGS = TrackSettings(2.0, 1.0, 0.5)


def test_a_window_is_judged_as_that_part_of_the_recording_alone(track: Track, long_recording: Path, reader: Reader):
    samples = read_audio(long_recording).samples
    assert track.speech == tuple(speech_spans(samples, sample_rate=RATE))
    assert len(track.windows) == len(track.emotions) == len(track.verdicts) > 10
    for number in range(len(track.windows)):
        part = samples[round(track.windows.starts[number] * RATE) : round(track.windows.ends[number] * RATE)]
        (reading,) = reader.read_many([Signal(part)])
        np.testing.assert_allclose(track.probabilities[number], list(reading.probabilities.values()), atol=1e-4)
        np.testing.assert_allclose(track.angles[number], list(reading.angles_degrees.values()), atol=0.05)
        assert track.emotions[number] == reading.emotion
        assert track.verdicts[number] == reading.verdict
        assert track.levels[number] == pytest.approx(level_dbfs(part), abs=1e-4)


def test_a_short_pause_is_inside_a_stretch_and_a_long_one_is_silence(track: Track):
    stretches = stretches_of(track.speech, pause=0.5)
    assert [round(start) for start, _ in stretches] == [1, 10, 12]
    assert [one.label == "silence" for one in track.segments].count(True) == 4


@pytest.mark.parametrize("values", [501, 4_099])
def test_the_size_of_the_blocks_changes_nothing(
    track: Track, long_recording: Path, reader: Reader, values: int, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("ser_core.audio.mixing._BLOCK_VALUES", values)
    monkeypatch.setattr("ser_core.tracks.judging._SECONDS_AT_ONCE", 3.0)
    again = track_recording(io.BytesIO(long_recording.read_bytes()), reader, SETTINGS, name="talk.wav")
    assert again.segments == track.segments
    np.testing.assert_allclose(again.probabilities, track.probabilities, atol=1e-4)
    for one, other in zip(again.outline, track.outline, strict=True):
        np.testing.assert_array_equal(one, other)


def test_every_rate_channel_count_and_format_gives_the_same_windows(track: Track, long_recording: Path, reader: Reader):
    import soxr

    samples, _ = soundfile.read(long_recording, dtype="float32")
    for rate, channels, suffix in ((44_100, 8, "WAV"), (48_000, 1, "FLAC"), (8_000, 2, "OGG")):
        file = io.BytesIO()
        written = soxr.resample(samples[:, :1], RATE, rate)
        soundfile.write(file, np.repeat(written, channels, axis=1), rate, format=suffix)
        found = track_recording(file, reader, SETTINGS, name="talk")
        assert len(found.windows) == pytest.approx(len(track.windows), abs=1)
        assert [round(start) for start, _ in stretches_of(found.speech, pause=0.5)] == [1, 10, 12]
        assert ("8 channels were averaged to one." in found.notes) is (channels == 8)


def test_a_voice_that_moves_away_from_the_microphone_is_still_found(reader: Reader, random: np.random.Generator):
    near, far = (gain * tiny_voice(150, 4.0, random, seconds=4.0) for gain in (1.0, 0.05))
    quiet = 2e-5 * random.standard_normal(3 * RATE)
    samples = np.concatenate([quiet, near, quiet, far, quiet])
    file = io.BytesIO()
    soundfile.write(file, samples, RATE, format="WAV", subtype="PCM_16")
    found = track_recording(file, reader, SETTINGS, name="talk")
    assert [round(start) for start, _ in stretches_of(found.speech, pause=0.5)] == [3, 10]
    assert found.levels.max() - found.levels.min() > 20


def test_channels_that_cancel_are_judged_by_the_loudest(track: Track, long_recording: Path, reader: Reader):
    samples, _ = soundfile.read(long_recording, dtype="float32")
    file = io.BytesIO()
    soundfile.write(file, np.stack([0.98 * samples[:, 0], -samples[:, 0]], axis=1), RATE, format="WAV", subtype="FLOAT")
    found = track_recording(file, reader, SETTINGS, name="talk")
    assert "channel 2 was used alone" in found.notes[0]
    assert [one.label for one in found.segments] == [one.label for one in track.segments]


def test_progress_rises_to_the_end_and_tells_the_time_left(
    long_recording: Path, reader: Reader, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("ser_core.tracks.judging._SECONDS_AT_ONCE", 3.0)
    told = []
    track_recording(long_recording, reader, SETTINGS, progress=told.append)
    shares = [one.share for one in told]
    assert shares == sorted(shares)
    assert (shares[0], shares[-1]) == (0, 1)
    assert told[0].seconds_left is None
    left = [one.seconds_left for one in told if one.seconds_left is not None]
    assert len(left) >= 3
    assert left[-1] == pytest.approx(0, abs=1e-6)
    assert {one.words.partition(":")[0] for one in told} == {"Looking for speech", "Judging the speech"}


def test_what_the_progress_raises_ends_the_work(long_recording: Path, reader: Reader):
    class Enough(Exception):
        pass

    def stop(progress):
        if progress.share > 0.1:
            raise Enough

    with pytest.raises(Enough):
        track_recording(long_recording, reader, SETTINGS, progress=stop)


def test_the_back_end_that_the_card_names_decides(long_recording: Path, reader: Reader):
    card = dataclasses.replace(reader.checkpoint.card, back_end="head")
    found = track_recording(long_recording, Reader(dataclasses.replace(reader.checkpoint, card=card)), SETTINGS)
    assert list(found.emotions) == [reader.labels[number] for number in found.probabilities.argmax(axis=1)]


@pytest.mark.parametrize(
    ("samples", "message"),
    [
        (np.zeros(2 * RATE), r"Expected speech in talk\.wav; got 2\.0 s of silence\. Check that the right microphone"),
        (1e-2 * np.random.default_rng(0).standard_normal(2 * RATE), "nothing that rises above a steady noise"),
        (np.zeros(160), r"at least 0\.1 s of audio in talk\.wav; got 0\.010 s"),
    ],
    ids=["silence", "noise", "10 ms"],
)
def test_a_recording_that_holds_nothing_to_judge_is_refused(samples: np.ndarray, message: str, reader: Reader):
    file = io.BytesIO()
    soundfile.write(file, samples, RATE, format="WAV")
    with pytest.raises(AudioError, match=message):
        track_recording(file, reader, SETTINGS, name="talk.wav")


@pytest.mark.parametrize("rate", [16_000, 44_100, 11_025])
def test_speech_up_to_the_last_sample_leaves_no_sliver_of_silence(reader: Reader, rate: int):
    time = np.arange(5 * rate + 7) / rate
    vowel = 0.1 * sum(np.sin(2 * np.pi * 200 * number * time) / number for number in range(1, 10))
    file = io.BytesIO()
    soundfile.write(file, vowel, rate, format="WAV")
    found = track_recording(file, reader, SETTINGS, name="vowel")
    assert "silence" not in [one.label for one in found.segments]
    assert found.segments[-1].end == found.duration_seconds


def test_little_speech_is_noted(reader: Reader, random: np.random.Generator):
    quiet = 1e-4 * random.standard_normal(RATE)
    file = io.BytesIO()
    soundfile.write(file, np.concatenate([quiet, tiny_voice(150, 4.0, random), quiet]), RATE, format="WAV")
    found = track_recording(file, reader, name="talk.wav")
    assert found.notes == ("1 of 1 windows holds less than 1 s of speech: too little to be judged well.",)


def test_memory_does_not_grow_with_the_recording(tmp_path: Path, reader: Reader, random: np.random.Generator):
    """Three times the recording takes no three times the memory: what grows is a number for each 10 ms."""

    def peak(minutes: int) -> int:
        path = tmp_path / f"{minutes}.wav"
        minute = np.concatenate([tiny_voice(150, 4.0, random, seconds=3.0), 1e-4 * random.standard_normal(57 * RATE)])
        with soundfile.SoundFile(path, "w", RATE, 1, subtype="PCM_16") as file:
            for _ in range(minutes):
                file.write(minute)
        tracemalloc.start()
        track_recording(path, reader)
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    peak(1)
    assert peak(15) - peak(5) < 10 * 60 * RATE * 4 / 4  # a quarter of what the samples of the difference would take
