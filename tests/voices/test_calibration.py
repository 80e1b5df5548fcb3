"""The correction for a voice, against its equations in plain loops, and what must not change by it."""

import dataclasses
import math

import numpy as np
import pytest

from ser_core.checkpoints.store import Checkpoint
from ser_core.errors import ConfigError, VoiceError
from ser_core.inference import Reader
from ser_core.models.running import run_head
from ser_core.voices import METHODS, NOT_STATED, UNLABELLED, VoiceClip, calibration_of, deciding, made_of


def one(vector):
    length = math.sqrt(sum(float(value) ** 2 for value in vector))
    return [float(value) / length for value in vector]


def mean(vectors):
    return [sum(column) / len(vectors) for column in zip(*vectors, strict=True)]


def trained(model: Checkpoint, label: str):
    """Unit training embeddings of one class."""
    return [
        one(vector)
        for vector, target in zip(model.training_embeddings, model.training_targets, strict=True)
        if model.labels[target] == label
    ]


def figures(model: Checkpoint, shift, directions, turned, embedding):
    """Angles and probabilities by the equations of the module."""
    bias = model.model.head.bias.detach().numpy()
    length = math.sqrt(sum(float(value) ** 2 for value in embedding))
    moved = one([value - away for value, away in zip(one(embedding), shift, strict=True)])
    angles = [math.degrees(math.acos(sum(a * b for a, b in zip(moved, d, strict=True)))) for d in directions]
    logits = [
        (sum(length * a * w for a, w in zip(moved, row, strict=True)) + float(constant)) / model.temperature
        for row, constant in zip(turned, bias, strict=True)
    ]
    powers = [math.exp(logit - max(logits)) for logit in logits]
    return angles, [power / sum(powers) for power in powers]


def measured(model: Checkpoint, voice, embeddings):
    return Reader(model, voice).figures(embeddings, run_head(model.model, embeddings))


@pytest.fixture
def asked(model, random):
    return (2 * random.normal(size=(5, model.directions.shape[1]))).astype(np.float32)


def test_a_neutral_shift_follows_its_equation(model, clips, voice_of, asked):
    given = clips("neutral", "sad", "neutral", "neutral")
    own = mean([one(clip.embedding) for clip in given if clip.emotion == "neutral"])
    reference = mean(trained(model, "neutral"))
    shift = [3 / (3 + 2) * (mine - theirs) for mine, theirs in zip(own, reference, strict=True)]
    rows = model.model.head.weight.detach().numpy()
    found = measured(model, voice_of(given), asked)
    for number, embedding in enumerate(asked):
        angles, probabilities = figures(model, shift, [one(d) for d in model.directions], rows, embedding)
        assert found[1][number] == pytest.approx(probabilities, abs=1e-5)
        assert found[2][number] == pytest.approx(angles, abs=1e-3)
        assert np.linalg.norm(found[0][number]) == pytest.approx(np.linalg.norm(embedding), rel=1e-6)


def test_an_unlabelled_shift_follows_its_equation_whatever_is_told_of_the_clips(model, clips, voice_of, asked):
    given = clips("angry", None, "sad", "angry")
    own = mean([one(clip.embedding) for clip in given])
    reference = mean([mean(trained(model, label)) for label in model.labels])
    shift = [4 / (4 + 2) * (mine - theirs) for mine, theirs in zip(own, reference, strict=True)]
    rows = model.model.head.weight.detach().numpy()
    untold = tuple(dataclasses.replace(clip, emotion=None) for clip in given)
    for some in (given, untold):
        found = measured(model, voice_of(some, UNLABELLED), asked)
        for number, embedding in enumerate(asked):
            angles, probabilities = figures(model, shift, [one(d) for d in model.directions], rows, embedding)
            assert found[1][number] == pytest.approx(probabilities, abs=1e-5)
            assert found[2][number] == pytest.approx(angles, abs=1e-3)


def test_clips_of_which_nothing_is_told_decide_in_an_unlabelled_voice_alone(model, clips, voice_of):
    given = clips(None, "neutral", None, "sad")
    assert deciding(voice_of(given, UNLABELLED)) == given
    assert deciding(voice_of(given, "few-shot")) == (given[1], given[3])
    assert deciding(voice_of(given)) == (given[1],)
    assert made_of(voice_of(given, UNLABELLED)) == f"neutral 1, sad 1, {NOT_STATED} 2"
    with pytest.raises(VoiceError, match="emotion is stated for the method few-shot; got none"):
        calibration_of(voice_of(clips(None), "few-shot"), model)
    with pytest.raises(VoiceError, match="got none alone.*or choose the method few-shot or unlabelled"):
        calibration_of(voice_of(clips(None)), model)


def test_few_shot_directions_follow_their_equation_also_of_classes_without_clips(model, clips, voice_of, asked):
    given = clips("angry", "neutral", "angry")
    moves = {}
    for label, count in (("angry", 2), ("neutral", 1)):
        own = mean([one(clip.embedding) for clip in given if clip.emotion == label])
        theirs = mean(trained(model, label))
        moves[label] = [count / (count + 2) * (a - b) for a, b in zip(own, theirs, strict=True)]
    moves["sad"] = mean([moves["neutral"], moves["angry"]])
    directions, turned = [], []
    for label, row in zip(model.labels, model.model.head.weight.detach().numpy(), strict=True):
        centre = mean(trained(model, label))
        before, after = one(centre), one([a + b for a, b in zip(centre, moves[label], strict=True)])
        scale = math.sqrt(sum(float(value) ** 2 for value in row))
        directions.append(after)
        turned.append([w + scale * (b - a) for w, a, b in zip(row, before, after, strict=True)])
    found = measured(model, voice_of(given, "few-shot"), asked)
    for number, embedding in enumerate(asked):
        angles, probabilities = figures(model, [0.0] * len(embedding), directions, turned, embedding)
        assert found[1][number] == pytest.approx(probabilities, abs=1e-5)
        assert found[2][number] == pytest.approx(angles, abs=1e-3)
    np.testing.assert_allclose(found[0], asked, rtol=1e-5)  # few-shot leaves embeddings alone


@pytest.mark.parametrize("method", METHODS)
def test_a_voice_at_the_models_own_place_changes_nothing(model, voice_of, asked, method):
    emotions = [model.labels[target] for target in model.training_targets]
    whose = set(model.labels) if method == UNLABELLED else {"neutral"}  # there are as many of each emotion
    rows = [row for row, emotion in zip(model.training_embeddings, emotions, strict=True) if emotion in whose]
    own = tuple(VoiceClip(str(number), "neutral", 1.0, row) for number, row in enumerate(rows))
    before = Reader(model).figures(asked, run_head(model.model, asked))
    for first, second in zip(before, measured(model, voice_of(own, method), asked), strict=True):
        np.testing.assert_allclose(first, second, rtol=1e-4, atol=1e-4)


@pytest.mark.parametrize("method", METHODS)
def test_a_model_that_counts_for_everything_is_not_moved(model, clips, voice_of, asked, method):
    voice = voice_of(clips("neutral", "sad"), method, model_counts=1e12)
    before = Reader(model).figures(asked, run_head(model.model, asked))
    for first, second in zip(before, measured(model, voice, asked), strict=True):
        np.testing.assert_allclose(first, second, rtol=1e-4, atol=1e-4)


def test_a_voice_that_is_believed_wholly_lands_its_neutral_mean_on_the_models(model, clips, voice_of):
    given = clips("neutral")
    found = measured(model, voice_of(given, model_counts=0.0), given[0].embedding[None])
    np.testing.assert_allclose(
        found[0][0] / np.linalg.norm(found[0][0]), one(mean(trained(model, "neutral"))), atol=1e-5
    )


def test_clips_of_one_class_move_every_direction_alike_so_that_none_draws_everything_to_itself(model, clips, voice_of):
    centres = [mean(trained(model, label)) for label in model.labels]
    given = voice_of(clips("sad", "sad"), "few-shot")
    calibration = calibration_of(given, model)
    own = mean([one(clip.embedding) for clip in given.clips])
    move = [0.5 * (a - b) for a, b in zip(own, centres[model.labels.index("sad")], strict=True)]
    for direction, centre in zip(calibration.directions, centres, strict=True):
        assert direction == pytest.approx(one([a + b for a, b in zip(centre, move, strict=True)]), abs=1e-6)


def test_a_class_gets_more_probable_where_its_angle_gets_smaller(model, clips, voice_of, asked):
    given = voice_of(clips("sad", "angry"), "few-shot")
    logits = run_head(model.model, asked)
    _, after = calibration_of(given, model).applied(asked, logits)
    plain, moved = Reader(model).figures(asked, logits)[2], measured(model, given, asked)[2]
    clear = abs(plain - moved) > 1e-3
    assert (np.sign(after - logits)[clear] == np.sign(plain - moved)[clear]).all()


@pytest.mark.parametrize("method", METHODS)
def test_neither_the_order_nor_the_level_of_clips_matters(model, clips, voice_of, asked, method):
    given = clips("neutral", "sad", "neutral")
    louder = tuple(dataclasses.replace(clip, embedding=7 * clip.embedding) for clip in reversed(given))
    pair = [measured(model, voice_of(some, method), asked) for some in (given, louder)]
    for first, second in zip(*pair, strict=True):
        np.testing.assert_allclose(first, second, rtol=1e-5, atol=1e-5)


def test_a_reading_of_nothing_is_nothing(model, clips, voice_of):
    assert Reader(model, voice_of(clips("neutral"))).read_many([]) == []


def test_another_model_refuses_the_voice_and_says_whose_it_is(model, clips, voice_of):
    with pytest.raises(VoiceError, match="Anna was made for tiny, which hears with other weights. Choose that model"):
        calibration_of(voice_of(clips("neutral"), digest="f" * 64), model)


def test_vectors_of_another_size_are_refused(model, voice_of):
    with pytest.raises(VoiceError, match="Make the voice again"):
        calibration_of(voice_of((VoiceClip("a.wav", "neutral", 1.0, np.ones(3, dtype=np.float32)),)), model)


def test_an_emotion_that_the_model_does_not_know_is_refused(model, clips, voice_of):
    with pytest.raises(VoiceError, match=r"knows \(neutral, sad, angry\); 1.wav is disgust. Leave it out"):
        calibration_of(voice_of(clips("neutral", "disgust")), model)


def test_without_neutral_clips_there_is_no_neutral_shift(model, clips, voice_of):
    with pytest.raises(VoiceError, match="got sad, angry alone.*few-shot"):
        calibration_of(voice_of(clips("sad", "angry")), model)


def test_a_model_without_neutral_says_so(model, clips, voice_of):
    card = dataclasses.replace(model.card, labels=("calm", "sad", "angry"))
    with pytest.raises(VoiceError, match="Expected a model with a class neutral.*knows calm, sad, angry.*few-shot"):
        calibration_of(voice_of(clips("sad")), dataclasses.replace(model, card=card))


@pytest.mark.parametrize("back_end", ["svm", "knn"])
def test_directions_do_not_move_a_model_that_does_not_ask_them(model, clips, voice_of, asked, back_end):
    other = dataclasses.replace(model, card=dataclasses.replace(model.card, back_end=back_end))
    with pytest.raises(VoiceError, match=f"judges by {back_end}. Choose the method neutral"):
        calibration_of(voice_of(clips("sad"), "few-shot"), other)
    assert measured(other, voice_of(clips("neutral")), asked)[0].shape == asked.shape


def test_an_unknown_method_gets_its_neighbour_named(model, clips, voice_of):
    with pytest.raises(ConfigError, match="few-shot"):
        calibration_of(voice_of(clips("sad"), "fewshot"), model)
