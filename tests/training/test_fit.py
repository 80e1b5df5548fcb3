"""One fold: which speakers may be seen by which part of it, back ends included."""

import dataclasses

import numpy as np
import pytest
import torch

from ser_core.corpora import open_corpus
from ser_core.corpora.splits import Fold
from ser_core.evaluation.back_ends import BACK_ENDS, BackEndInputs
from ser_core.models import AUDIO, EMOTION
from ser_core.models.running import ModelOutputs
from ser_core.recipes import Stage, load_recipe
from ser_core.tasks import ClassTask
from ser_core.training import fit
from ser_core.training.callbacks import Callback
from ser_core.training.examples import Examples, load_examples
from ser_core.training.fit import (
    StageSpace,
    back_end_scores,
    fit_fold,
    predictions,
    split_of,
    trained_fold,
)
from tests.training.conftest import without_times

PARTS = ("train", "development", "test")


# --------------------------------------------------------------------------- a fold, and the same with other speakers
@pytest.fixture(scope="module")
def manifest(tiny_corpus):
    return open_corpus(str(tiny_corpus))


@pytest.fixture(scope="module")
def fold(manifest):
    def of(*speakers):
        return tuple(index for index, item in enumerate(manifest.utterances) if item.speaker in speakers)

    return Fold(1, train=of("f1", "m1"), development=of("f2"), test=of("m2"))


@pytest.fixture(scope="module")
def recipe(tiny_recipe):
    return load_recipe(tiny_recipe)


@pytest.fixture(scope="module")
def examples(manifest, recipe):
    found = load_examples(manifest, recipe, cache=None)
    return found.labelled([ClassTask(EMOTION, manifest.labels)], manifest)


@pytest.fixture(scope="module")
def fitted(manifest, fold, recipe, examples):
    return fit_fold(manifest, fold, recipe, examples, seed=5)


@pytest.fixture(scope="module")
def spaces(manifest, fold, recipe, examples, fitted):
    """Return the trained spaces, and one of made-up outputs that are right most often in training, least in test."""
    spread = np.zeros((len(examples), 1))
    for part, size in zip(PARTS, (0.3, 1.0, 2.0), strict=True):
        spread[list(getattr(fold, part))] = size

    def made(model, inputs):
        random, count = np.random.default_rng(3), len(examples)
        embeddings = np.eye(8)[examples.labels[EMOTION].values] + 0.5 * spread * random.standard_normal((count, 8))
        logits = 2 * (np.eye(3)[examples.labels[EMOTION].values] + spread * random.standard_normal((count, 3)))
        return ModelOutputs(embeddings.astype(np.float32), {EMOTION: logits.astype(np.float32)})

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fit, "run_model", made)
        return [*fitted.spaces, fit_fold(manifest, fold, recipe, examples, seed=5).spaces[-1]]


def with_another(part, manifest, fold, examples):
    """Put noise of the same lengths in place of a part's sound, and give its utterances each the next emotion."""
    random = torch.Generator().manual_seed(7)
    frames, targets = list(examples.inputs[AUDIO]), examples.labels[EMOTION].values.copy()
    utterances, labels = list(manifest.utterances), manifest.labels
    for index in getattr(fold, part):
        frames[index] = 20 * torch.randn(frames[index].shape, generator=random) - 40
        targets[index] = (targets[index] + 1) % len(labels)
        utterances[index] = dataclasses.replace(utterances[index], emotion=labels[targets[index]])
    return dataclasses.replace(manifest, utterances=tuple(utterances)), Examples(
        {AUDIO: frames}, {}, np.unique([row.speaker for row in utterances], return_inverse=True)[1]
    )


@pytest.fixture(scope="module")
def refitted(manifest, fold, recipe, examples):
    """Return a function that trains again with another part in place, once for each."""
    kept = {}

    def refit(part, keep="best"):
        if (part, keep) not in kept:
            stages = tuple(dataclasses.replace(stage, keep=keep) for stage in recipe.stages)
            chosen = dataclasses.replace(recipe, stages=stages)
            other, noise = with_another(part, manifest, fold, examples) if part else (manifest, examples)
            kept[part, keep] = fit_fold(other, fold, chosen, noise, seed=5)
        return kept[part, keep]

    return refit


def assert_same_model(left, right):
    left, right = left.trained.model.state_dict(), right.trained.model.state_dict()
    assert left.keys() == right.keys()
    for name in left:
        assert torch.equal(left[name], right[name]), name


# ---------------------------------------------------------------------------------------------- who is seen by what
def test_the_test_speakers_are_seen_by_nothing_but_their_own_scores(manifest, fold, examples, fitted, refitted):
    other = refitted("test")
    assert_same_model(other, fitted)
    assert without_times(other.history) == without_times(fitted.history)
    ours, theirs = fitted.trained, other.trained
    assert theirs.temperature == ours.temperature
    for name in ("directions", "ranges", "training_embeddings", "training_targets"):
        np.testing.assert_array_equal(getattr(theirs, name), getattr(ours, name), err_msg=name)
    seen = [*fold.train, *fold.development]
    for here, there in zip(fitted.spaces, other.spaces, strict=True):
        assert there.temperature == here.temperature
        for name in ("directions", "ranges"):
            np.testing.assert_array_equal(getattr(there, name), getattr(here, name), err_msg=name)
        for name in ("embeddings", "logits", "probabilities", "angles"):
            np.testing.assert_array_equal(getattr(there, name)[seen], getattr(here, name)[seen], err_msg=name)
            assert (getattr(there, name)[list(fold.test)] != getattr(here, name)[list(fold.test)]).any()
    changed, _ = with_another("test", manifest, fold, examples)
    for part in PARTS:
        here = back_end_scores(manifest, fold, fitted.spaces[-1], part)
        there = back_end_scores(changed, fold, other.spaces[-1], part)
        same = {name: (here[name].confusion == there[name].confusion).all() for name in BACK_ENDS}
        assert not all(same.values()) if part == "test" else all(same.values()), (part, same)


def test_the_development_speakers_choose_epochs_ranges_and_temperature_and_nothing_else(refitted):
    """The last epoch is kept, so that the choice of one does not change the weights."""
    ours, theirs = refitted(None, "last"), refitted("development", "last")
    assert_same_model(theirs, ours)
    for name in ("directions", "training_embeddings", "training_targets"):
        np.testing.assert_array_equal(getattr(theirs.trained, name), getattr(ours.trained, name), err_msg=name)
    assert [item.train_loss for item in theirs.history] == [item.train_loss for item in ours.history]
    assert [item.development_loss for item in theirs.history] != [item.development_loss for item in ours.history]
    for here, there in zip(ours.spaces, theirs.spaces, strict=True):
        assert there.temperature != here.temperature
        assert (there.ranges != here.ranges).all()


def test_the_training_speakers_decide_weights_statistics_and_directions(fitted, refitted):
    other = refitted("train").trained
    ours = fitted.trained
    assert not torch.equal(other.model.frame_mean, ours.model.frame_mean)
    assert not torch.equal(other.model.frame_deviation, ours.model.frame_deviation)
    assert not torch.equal(other.model.head.weight, ours.model.head.weight)
    assert (other.directions != ours.directions).any()
    assert (other.training_targets != ours.training_targets).all()


def test_frames_are_standardised_by_mean_and_deviation_of_the_training_frames(fold, examples, fitted):
    frames = np.concatenate([examples.inputs[AUDIO][index].numpy() for index in fold.train]).astype(np.float64)
    model = fitted.trained.model
    np.testing.assert_allclose(model.frame_mean, frames.mean(axis=0), rtol=1e-5)
    np.testing.assert_allclose(model.frame_deviation, frames.std(axis=0), rtol=1e-5)


def test_a_direction_is_the_mean_of_the_training_embeddings_of_its_class_at_unit_length(manifest, fold, spaces):
    for space in spaces:
        for number, label in enumerate(manifest.labels):
            total = np.zeros(space.embeddings.shape[1])
            for index in fold.train:
                if manifest.utterances[index].emotion == label:
                    total += space.embeddings[index] / np.linalg.norm(space.embeddings[index].astype(float))
            np.testing.assert_allclose(space.directions[number], total / np.linalg.norm(total), atol=1e-6)


def angles_in_class(manifest, chosen, space, number):
    found = []
    for index in chosen:
        if manifest.utterances[index].emotion == manifest.labels[number]:
            vector = space.embeddings[index].astype(float)
            cosine = vector @ space.directions[number] / np.linalg.norm(vector)
            found.append(np.degrees(np.arccos(np.clip(cosine, -1, 1))))
    return found


def test_a_range_is_the_angle_that_nine_tenths_of_the_development_utterances_keep(manifest, fold, spaces):
    for space in spaces:
        for number in range(len(manifest.labels)):
            expected = np.quantile(angles_in_class(manifest, fold.development, space, number), 0.9)
            assert space.ranges[number] == pytest.approx(expected, abs=1e-3)


def mean_log_loss(manifest, chosen, space, temperature):
    losses = []
    for index in chosen:
        powers = np.exp(space.logits[index].astype(float) / temperature)
        losses.append(-np.log(powers[manifest.labels.index(manifest.utterances[index].emotion)] / powers.sum()))
    return np.mean(losses)


def test_the_temperature_makes_the_truth_of_the_development_utterances_most_probable(manifest, fold, spaces):
    for space in spaces:
        tried = np.geomspace(0.05, 20, 600)
        losses = [mean_log_loss(manifest, fold.development, space, temperature) for temperature in tried]
        assert space.temperature == pytest.approx(tried[int(np.argmin(losses))], rel=0.011)
    assert 0.1 < spaces[-1].temperature < 10  # within its bounds


def test_without_development_speakers_ranges_and_temperature_are_those_of_the_training_utterances(
    manifest, fold, recipe, examples
):
    alone = trained_fold(dataclasses.replace(recipe, train_on_development=True), fold)
    assert alone == Fold(1, tuple(sorted(fold.train + fold.development)), (), fold.test)
    space = fit_fold(manifest, alone, recipe, examples, seed=5).spaces[-1]
    for number in range(len(manifest.labels)):
        expected = np.quantile(angles_in_class(manifest, alone.train, space, number), 0.9)
        assert space.ranges[number] == pytest.approx(expected, abs=1e-3)
    tried = np.geomspace(0.05, 20, 600)
    losses = [mean_log_loss(manifest, alone.train, space, temperature) for temperature in tried]
    assert space.temperature == pytest.approx(tried[int(np.argmin(losses))], rel=0.011)


def test_a_fold_is_trained_as_it_is_unless_the_recipe_wants_its_development_speakers(recipe, fold):
    assert trained_fold(recipe, fold) == fold


def test_the_checkpoint_holds_the_last_space_and_the_training_utterances_alone(fold, examples, fitted):
    space, kept = fitted.spaces[-1], fitted.trained
    np.testing.assert_array_equal(kept.training_embeddings, space.embeddings[list(fold.train)])
    np.testing.assert_array_equal(kept.training_targets, examples.labels[EMOTION].values[list(fold.train)])
    np.testing.assert_array_equal(kept.directions, space.directions)
    np.testing.assert_array_equal(kept.ranges, space.ranges)
    assert kept.temperature == space.temperature
    assert [space.stage for space in fitted.spaces] == ["softmax", "triplet"]


def test_every_utterance_has_the_name_of_its_part(fold):
    names = split_of(fold, 40)
    for part in PARTS:
        assert tuple(index for index, name in enumerate(names) if name == part) == getattr(fold, part)
    assert names[36:] == ["unused"] * 4


# ---------------------------------------------------------------------------------------------- what judges a model
@pytest.fixture
def made_space(manifest):
    """Return a space of random embeddings, of which the three classes lie apart."""
    random = np.random.default_rng(2)
    numbers = [manifest.labels.index(item.emotion) for item in manifest.utterances]
    embeddings = (np.eye(3)[numbers] + 0.7 * random.standard_normal((len(numbers), 3))).astype(np.float32)
    logits = random.standard_normal((len(numbers), 3)).astype(np.float32)
    return StageSpace(
        "s",
        embeddings,
        {EMOTION: logits},
        ClassTask(EMOTION, manifest.labels),
        np.eye(3),
        np.full(3, 30.0),
        temperature=0.5,
    )


@pytest.mark.parametrize("name", BACK_ENDS)
def test_a_back_end_learns_from_the_training_utterances_alone(manifest, fold, made_space, name):
    known = list(fold.train)
    for part in PARTS:
        asked = list(getattr(fold, part))
        powers = np.exp(made_space.logits.astype(float) / 0.5)
        lengths = np.linalg.norm(made_space.embeddings.astype(float), axis=1, keepdims=True)
        evidence = BackEndInputs(
            order=manifest.labels,
            embeddings=made_space.embeddings[asked],
            probabilities=(powers / powers.sum(axis=1, keepdims=True))[asked],
            angles=np.degrees(np.arccos(made_space.embeddings / lengths))[asked],
            training_embeddings=made_space.embeddings[known],
            training_labels=[manifest.utterances[index].emotion for index in known],
        )
        np.testing.assert_allclose(made_space.probabilities[asked], evidence.probabilities)
        np.testing.assert_allclose(made_space.angles[asked], evidence.angles, atol=1e-4)
        expected = BACK_ENDS[name](evidence).tolist()
        found = predictions(manifest, fold, made_space, name, asked)
        assert found == expected
        truth = [manifest.utterances[index].emotion for index in asked]
        right = np.mean([told == true for told, true in zip(found, truth, strict=True)])
        assert back_end_scores(manifest, fold, made_space, part)[name].wa == pytest.approx(right)


def test_pairs_are_judged_on_test_utterances_as_the_mean_of_both_recalls(manifest, fold, recipe, examples, monkeypatch):
    """All embeddings but those of the test utterances are alike; of these, two lie with another class."""
    places = np.full(len(examples), 7)
    places[list(fold.test)] = examples.labels[EMOTION].values[list(fold.test)]
    places[list(fold.test)[:2]] = 2
    made = ModelOutputs(
        np.eye(8, dtype=np.float32)[places], {EMOTION: np.eye(3, dtype=np.float32)[examples.labels[EMOTION].values]}
    )
    monkeypatch.setattr(fit, "run_model", lambda model, inputs: made)

    class Answers(Callback):
        def training_begins(self, trainer):
            trainer.objective_of(0).probability_same = torch.nn.functional.cosine_similarity

    pairs = dataclasses.replace(recipe, stages=(Stage("pairs", "pairs", epochs=1, batch_size=8),))
    space = fit_fold(manifest, fold, pairs, examples, seed=5, callbacks=[Answers()]).spaces[-1]
    right = {True: [], False: []}
    for one in fold.test:
        for two in fold.test:
            if one != two:
                same = manifest.utterances[one].emotion == manifest.utterances[two].emotion
                right[same].append((places[one] == places[two]) == same)
    # Ten thousand pairs are drawn, half of them of one class.
    expected = (np.mean(right[True]) + np.mean(right[False])) / 2
    assert 0.6 < expected < 0.9
    assert space.same_accuracy == pytest.approx(expected, abs=0.02)
