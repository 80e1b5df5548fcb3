"""A voice that is learned while it speaks: what follows an utterance is judged by the voice that it makes."""

import math

import numpy as np
import pytest

from ser_core.audio.signal import Signal
from ser_core.errors import InputError, VoiceError
from ser_core.geometry.angles import class_means, unit
from ser_core.inference import Reader
from ser_core.live import LiveListener, LiveSettings, VoiceLearner
from ser_core.live.learning import ENOUGH, SHORTEST
from ser_core.voices import UNLABELLED

EVERY = LiveSettings(patience_seconds=math.inf)
BLOCK = 1_600


def fed(listener, samples):
    return [
        prediction
        for first in range(0, len(samples), BLOCK)
        for prediction in listener.feed(samples[first : first + BLOCK], 16_000)
    ]


def part(samples, prediction):
    return Signal(samples[round(prediction.start_seconds * 16_000) : round(prediction.seconds * 16_000)])


def same(prediction, reading):
    return (
        prediction.verdict == reading.verdict
        and prediction.angles.tolist() == list(reading.angles_degrees.values())
        and prediction.probabilities.tolist() == list(reading.probabilities.values())
    )


@pytest.fixture
def talk(sound):
    """Three sentences with pauses; the second is a single short word."""
    return sound(9.0, (0.6, 2.4), (3.6, 4.2), (5.4, 7.4))


def test_nothing_is_learned_unless_it_is_asked_for_and_then_nothing_is_otherwise_than_before(reader, talk):
    plain = LiveListener(reader, EVERY)
    assert plain.learner is None
    for prediction in fed(plain, talk):
        if prediction.verdict is not None:
            assert same(prediction, reader.read_many([part(talk, prediction)])[0])
    assert plain.reader is reader


def test_what_follows_an_utterance_is_judged_by_the_voice_that_it_makes_and_what_came_before_is_not(reader, talk):
    listener = LiveListener(reader, EVERY)
    listener.learn_voice()
    heard = [one for one in fed(listener, talk) + listener.finish() if one.verdict is not None]
    learner = listener.learner
    assert [clip.name for clip in learner.clips] == ["utterance 1", "utterance 2"], "the short word taught nothing"
    first, word, last = (one for one in heard if one.kind == "utterance")
    assert last.seconds <= learner.since <= last.seconds + 0.4, "one utterance alone corrects nothing"
    for clip, utterance in zip(learner.clips, (first, last), strict=True):  # as the model hears it uncorrected
        np.testing.assert_array_equal(clip.embedding, reader.measure([part(talk, utterance)])[0][0])
    readers = [reader]  # before any utterance, after the first one, after both
    for count in (1, 2):
        known = VoiceLearner(reader.checkpoint)
        known.clips = learner.clips[:count]
        readers.append(Reader(reader.checkpoint, known.voice("somebody")))
    count = moved = 0
    for prediction in heard:
        signals = [part(talk, prediction)]
        assert same(prediction, readers[count].read_many(signals)[0])
        moved += count > 0 and not same(prediction, reader.read_many(signals)[0])
        count += prediction is first or prediction is last  # no utterance corrects itself
    assert count == 2
    assert moved, "the correction changes something"
    assert first.seconds < word.start_seconds < learner.since


def test_forgetting_gives_the_readers_own_answers_again(reader, talk):
    listener = LiveListener(reader, EVERY)
    listener.learn_voice()
    fed(listener, talk)
    assert listener.reader is not reader
    listener.forget_voice()
    assert listener.learner is None
    assert listener.reader is reader


def test_the_correction_is_the_mean_of_utterances_that_differ_believed_by_their_number(reader, random):
    checkpoint = reader.checkpoint
    learner = VoiceLearner(checkpoint)
    spoken = [checkpoint.labels[target] for target in checkpoint.training_targets]
    middle = class_means(checkpoint.training_embeddings, spoken, checkpoint.labels).mean(axis=0)
    heard = random.standard_normal((3, checkpoint.directions.shape[1])).astype(np.float32)
    heard[1] = 0.1 * heard[1] - heard[0]  # the second is spoken quite differently
    for count, embedding in enumerate(heard, start=1):
        correction = learner.hear(embedding, spoken=2.0, now=10.0 * count)
        away = np.mean([vector / np.linalg.norm(vector) for vector in heard[:count].astype(float)], axis=0) - middle
        believed = count / (count + 2) if count > 1 else 0.0  # one utterance is of one emotion
        np.testing.assert_allclose(correction.shift, believed * away, atol=1e-7)
    assert learner.since == 20.0
    assert learner.seconds == 6.0
    kept = learner.voice("Anna")
    assert (kept.name, kept.method, [clip.emotion for clip in kept.clips]) == ("Anna", UNLABELLED, [None] * 3)
    question = unit(random.standard_normal((4, heard.shape[1]))).astype(np.float32)
    np.testing.assert_array_equal(
        Reader(checkpoint, kept).calibration.applied(question, np.zeros((4, len(checkpoint.labels))))[0],
        correction.applied(question, np.zeros((4, len(checkpoint.labels))))[0],
    )


def test_short_utterances_the_same_sound_and_what_comes_after_a_minute_teach_nothing(reader, random):
    learner = VoiceLearner(reader.checkpoint)
    size = reader.checkpoint.directions.shape[1]
    one, two, three, four = random.standard_normal((4, size)).astype(np.float32)
    with pytest.raises(VoiceError):
        learner.voice("nobody")
    assert learner.hear(one, spoken=SHORTEST - 0.01, now=1.0) is None
    assert learner.since is None
    assert learner.hear(one, spoken=ENOUGH - 1, now=2.0) is not None
    assert learner.hear(one, spoken=2.0, now=3.0) is None
    assert not learner.has_enough
    assert learner.hear(two, spoken=2.0, now=4.0) is not None, "the minute may be filled"
    assert learner.has_enough
    assert learner.hear(three, spoken=2.0, now=5.0) is None
    assert learner.hear(four, spoken=2.0, now=6.0) is None
    assert len(learner.clips) == 2


def test_a_model_that_is_corrected_for_a_voice_already_learns_none(reader, random):
    learner = VoiceLearner(reader.checkpoint)
    learner.hear(random.standard_normal(reader.checkpoint.directions.shape[1]).astype(np.float32), spoken=2.0, now=1.0)
    listener = LiveListener(Reader(reader.checkpoint, learner.voice("Anna")), EVERY)
    with pytest.raises(InputError, match="is corrected already. Choose no voice"):
        listener.learn_voice()
