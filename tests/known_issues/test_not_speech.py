"""What is not speech is not judged: not by `predict`, in a live window, or in a long recording."""

import io
import json

import numpy as np
import pytest
import soundfile

from benchmarks.not_speech import SOUNDS, sound
from ser_core.audio.reading import read_audio
from ser_core.audio.speech import are_speech
from ser_core.cli import main
from ser_core.corpora import open_corpus
from ser_core.inference import Reader
from ser_core.live import LiveListener
from ser_core.tracks import track_recording
from ser_core.tracks.exports import record

RATE = 16_000
SEED = 2  # neither that of the thresholds nor that of the published figures


def clip(number: int) -> np.ndarray:
    corpus = open_corpus("demo")
    return read_audio(corpus.path(corpus.utterances[number])).samples


def music(seconds: float) -> np.ndarray:
    chords = [sound("chord", number, seed=SEED) for number in range(20)]
    loud = [0.1 * one / np.std(one) for one in chords]
    return np.clip(np.concatenate(loud)[: round(seconds * RATE)], -1, 1).astype(np.float32)


@pytest.mark.parametrize("kind", [kind for kind in SOUNDS if kind != "melody"])
def test_sounds_of_each_kind_are_refused(kind: str):
    made = [sound(kind, number, seed=SEED) for number in range(10)]
    assert sum(are_speech(made, sample_rate=RATE)) <= 1


def test_speech_of_every_artificial_voice_is_not():
    rows = open_corpus("demo").utterances[::30]
    assert all(are_speech([clip(30 * number) for number in range(len(rows))], sample_rate=RATE))


@pytest.mark.parametrize("kind", ["tone", "noise", "engine"])
def test_predict_answers_not_speech(kind: str, tmp_path, tiny_checkpoint, capsys):
    file = tmp_path / "sound.wav"
    soundfile.write(file, sound(kind, 0, seed=SEED), RATE)
    status = main(["predict", str(file), "--checkpoint", str(tiny_checkpoint), "--json"])
    (found,) = json.loads(capsys.readouterr().out)
    assert status == 0
    assert found["speech"] is False
    assert [found[name] for name in ("emotion", "probabilities", "angles_degrees", "inside_range")] == [None] * 4
    assert found["notes"][0].startswith("Not speech, and not judged: ")


def test_predict_says_so_in_its_table(tmp_path, tiny_checkpoint, capsys):
    soundfile.write(tmp_path / "tone.wav", sound("tone", 1, seed=SEED), RATE)
    soundfile.write(tmp_path / "voice.wav", clip(3), RATE)
    files = [str(tmp_path / "tone.wav"), str(tmp_path / "voice.wav")]
    assert main(["predict", *files, "--checkpoint", str(tiny_checkpoint)]) == 0
    _, tone, voice = (line.split("\t") for line in capsys.readouterr().out.splitlines())
    assert tone[1:4] == ["not speech", "", ""]
    assert voice[1] != "not speech"


def test_a_live_window_of_music_is_not_judged_and_one_of_speech_is(tiny_checkpoint):
    listener = LiveListener(Reader.load(tiny_checkpoint))
    pause = np.zeros(RATE, dtype=np.float32)
    heard = [
        prediction
        for part in (pause, music(4.0), pause, pause, pause, clip(5), pause)
        for first in range(0, len(part), 1_600)
        for prediction in listener.feed(part[first : first + 1_600], RATE)
    ]
    music_only = [one for one in heard if 2.0 < one.seconds < 6.0]
    assert {one.state for one in music_only} <= {"not speech", "silence"}
    assert any(one.state == "not speech" and one.speech is False for one in music_only)
    assert all(one.verdict is None and one.probabilities is None for one in music_only)
    assert any(one.verdict is not None and one.speech is True for one in heard if one.seconds > 9.0)
    assert listener.counters.judged == sum(one.kind == "window" and one.verdict is not None for one in heard)


def test_music_in_a_long_recording_is_a_segment_of_its_own(tiny_checkpoint):
    pause = 1e-4 * np.random.default_rng(0).standard_normal(2 * RATE).astype(np.float32)
    samples = np.concatenate([clip(5), clip(6), pause, music(9.0), pause, clip(7), clip(8)])
    file = io.BytesIO()
    soundfile.write(file, samples, RATE, format="WAV")
    file.seek(0)
    track = track_recording(file, Reader.load(tiny_checkpoint), name="talk.wav")
    begins = (len(clip(5)) + len(clip(6))) / RATE + 2.0
    sounds = [one for one in track.segments if one.label == "not speech"]
    assert sounds[0].start == pytest.approx(begins, abs=0.3)
    assert sum(one.seconds for one in sounds) > 4.0
    assert not [one for one in track.segments if begins < one.start < begins + 8.5 and one.label in track.answers]
    assert all(end < begins + 0.1 or start > begins + 8.9 for start, end in track.speech)
    assert "Not speech:" in " ".join(track.notes)
    told = record(track)
    silent = [row for row in told["windows"] if not row["speech"]]
    assert silent
    assert all(row[name] is None for row in silent for name in ("verdict", "emotion", "inside_range", "probabilities"))
    assert all(row["verdict"] is not None for row in told["windows"] if row["speech"])
    json.dumps(told, allow_nan=False)
    spoken = sum(seconds for minute in told["minutes"] for seconds in minute["seconds"].values())
    assert spoken < len(samples) / RATE - 12.0
