"""Speech is judged and other sounds are not, whatever their level, their rate and what lies below the voice."""

import numpy as np
import pytest

from ser_core.audio.reading import read_audio
from ser_core.audio.signal import Signal
from ser_core.audio.speech import are_speech, require_speech, speech_notes, why_not_speech
from ser_core.corpora import open_corpus
from ser_core.errors import AudioError
from ser_core.types import FloatArray

RATE = 16_000


@pytest.fixture(scope="module")
def clip() -> FloatArray:
    corpus = open_corpus("demo")
    return read_audio(corpus.path(corpus.utterances[40])).samples


@pytest.mark.parametrize("gain", [1.0, 0.1, 1e-3])
@pytest.mark.parametrize("offset", [0.0, 0.1])
def test_speech_is_speech_at_every_level(clip: FloatArray, gain: float, offset: float):
    assert are_speech([gain * clip + offset], sample_rate=RATE) == [True]


def test_the_rate_of_the_samples_does_not_matter(clip: FloatArray):
    import soxr

    for rate in (8_000, 22_050, 48_000):
        assert are_speech([soxr.resample(clip, RATE, rate)], sample_rate=rate) == [True]


def test_sounds_are_answered_in_their_order(clip: FloatArray):
    tone = 0.3 * np.sin(2 * np.pi * 300 * np.arange(RATE) / RATE)
    assert are_speech([tone, clip, np.zeros(RATE)], sample_rate=RATE) == [False, True, False]
    assert are_speech([], sample_rate=RATE) == []


def test_a_sentence_late_in_a_long_recording_is_found(clip: FloatArray, random: np.random.Generator):
    room = 1e-3 * random.standard_normal(150 * RATE)
    assert are_speech([room], sample_rate=RATE) == [False]
    room[100 * RATE : 100 * RATE + len(clip)] += clip
    assert are_speech([room], sample_rate=RATE) == [True]


@pytest.mark.parametrize(
    ("samples", "found"),
    [
        (np.zeros(RATE), "1.0 s of silence. Check that the right microphone"),
        (
            np.random.default_rng(0).normal(scale=0.05, size=2 * RATE),
            "2.0 s of nothing that rises above a steady noise",
        ),
        (0.3 * np.sin(np.arange(3 * RATE) / 5), "3.0 s of a sound without a voice. Record or choose speech."),
    ],
    ids=["silence", "noise", "tone"],
)
def test_what_is_there_in_place_of_speech_is_named_with_advice(samples: FloatArray, found: str):
    signal = Signal(samples.astype(np.float32))
    assert f"a.wav holds {found}" in why_not_speech(signal, name="a.wav")
    with pytest.raises(AudioError, match=f"Expected speech in a.wav; got {found}"):
        require_speech(signal, name="a.wav")


def test_speech_is_not_refused(clip: FloatArray):
    require_speech(Signal(clip))


def test_too_little_speech_is_noted_and_ordinary_speech_is_not(clip: FloatArray):
    word = np.pad(clip[8_000:16_000], RATE)
    (note,) = speech_notes(word, sample_rate=RATE)
    assert note.startswith("Only 0.")
    assert speech_notes(clip, sample_rate=RATE) == ()
    assert speech_notes(np.zeros(RATE), sample_rate=RATE) == ()
