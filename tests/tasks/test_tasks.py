"""What a task makes of a manifest and of the outputs of its head."""

import dataclasses
import json
from pathlib import Path

import numpy as np
import pytest
import torch
from torch.nn import functional

import ser_core.tasks
from ser_core.corpora.manifest import Manifest, Utterance
from ser_core.errors import ConfigError, InputError
from ser_core.evaluation.agreement import concordance, pearson, rmse
from ser_core.tasks import TASKS, ClassTask, Labels, RatingsTask, build_task, task_from

# Every task of the table is built from these: there are labels of each, and two different ones among those trained on.
ROWS = (
    Utterance("a.wav", "ann", "sad", gender="female", age=31, arousal=1.0, valence=4.0, corpus="one"),
    Utterance("b.wav", "bob", "calm", gender="male", age=52, arousal=3.0, corpus="one"),
    Utterance("c.wav", "ann", "sad", gender="female", valence=2.0, corpus="two"),
    Utterance("d.wav", "cid", "calm", arousal=5.0, valence=6.0, corpus="two"),
)
TRAIN = (0, 1, 2)


def listed(*rows: Utterance) -> Manifest:
    return Manifest("made", Path(), rows, "", "")


def rating(*dimensions: str, **options: object) -> RatingsTask:
    task = build_task("ratings", {"dimensions": list(dimensions), **options}, listed(*ROWS), TRAIN)
    assert isinstance(task, RatingsTask)
    return task


# ---------------------------------------------------------------------------------------------------- every task
@pytest.mark.parametrize("kind", TASKS)
def test_what_a_card_keeps_of_a_task_makes_the_same_task_again(kind: str) -> None:
    options = {"dimensions": ["arousal", "valence"]} if kind == "ratings" else {}
    task = build_task(kind, options, listed(*ROWS), TRAIN)
    kept = json.loads(json.dumps(task.as_table()))
    assert task_from(kind, kept) == task
    assert task.name == kind
    outputs = np.random.default_rng(0).normal(size=(4, task.size)).astype(np.float32)
    assert len(task.predictions(outputs)) == 4
    targets = task.targets(task.labels(listed(*ROWS)))
    assert (targets.shape, targets.dtype) == (outputs.shape, torch.float32)
    assert task.score(task.metrics(outputs, task.labels(listed(*ROWS)))) is not None


@pytest.mark.parametrize("kind", TASKS)
def test_rows_without_a_label_change_neither_loss_nor_metrics(kind: str) -> None:
    options = {"dimensions": ["arousal", "valence"]} if kind == "ratings" else {}
    task = build_task(kind, options, listed(*ROWS), (0, 1, 2, 3))
    labels = task.labels(listed(*ROWS, *ROWS))
    random = torch.Generator().manual_seed(0)
    outputs = torch.randn(8, task.size, generator=random)
    present = torch.from_numpy(labels.present).clone()
    present[4:] = False
    hidden = Labels(labels.values, present.numpy())
    first = labels.select([0, 1, 2, 3])
    alone = task.loss(outputs[:4], task.targets(first), torch.from_numpy(first.present))
    together = task.loss(outputs, task.targets(hidden), present)
    assert float(together) == pytest.approx(float(alone))
    assert task.metrics(outputs.numpy(), hidden) == task.metrics(outputs[:4].numpy(), first)


@pytest.mark.parametrize("kind", TASKS)
def test_without_any_label_the_loss_is_zero_and_nothing_is_measured(kind: str) -> None:
    options = {"dimensions": ["arousal", "valence"]} if kind == "ratings" else {}
    task = build_task(kind, options, listed(*ROWS), TRAIN)
    labels = task.labels(listed(*ROWS))
    none = Labels(labels.values, np.zeros_like(labels.present))
    outputs = torch.ones(4, task.size, requires_grad=True)
    value = task.loss(outputs, task.targets(none), torch.from_numpy(none.present))
    value.backward()
    assert float(value.detach()) == 0
    assert outputs.grad is not None
    assert not outputs.grad.any()
    assert task.metrics(outputs.detach().numpy(), none) == {}
    assert task.score({}) is None


def test_an_unknown_task_is_refused_with_the_nearest_name() -> None:
    with pytest.raises(ConfigError, match=r"Expected a task among .*got 'rating'\. Did you mean 'ratings'\?"):
        build_task("rating", {}, listed(*ROWS), TRAIN)


def test_a_task_that_is_not_called_like_its_entry_is_refused_before_training(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ser_core.tasks, "TASKS", {"sex": TASKS["gender"]})
    with pytest.raises(ConfigError, match=r"entry 'sex' .*got 'gender'\. Let ClassTask\.name return 'sex', or rename"):
        build_task("sex", {}, listed(*ROWS), TRAIN)


# ---------------------------------------------------------------------------------------------------- classes
def test_emotions_stand_in_their_order_and_other_classes_by_name() -> None:
    def classes(kind: str) -> tuple[str, ...]:
        task = build_task(kind, {}, listed(*ROWS), TRAIN)
        assert isinstance(task, ClassTask)
        return task.classes

    assert classes("emotion") == ("calm", "sad")
    assert classes("gender") == ("female", "male")
    assert classes("corpus") == ("one", "two")
    assert classes("speaker") == ("ann", "bob"), "those of the training utterances"


def test_a_missing_class_is_missing_and_no_class_number() -> None:
    labels = build_task("gender", {}, listed(*ROWS), TRAIN).labels(listed(*ROWS))
    assert labels.present.tolist() == [True, True, True, False]
    assert labels.values.tolist() == [0, 1, 0, -1]


def test_speakers_who_were_not_heard_in_training_have_no_label() -> None:
    labels = build_task("speaker", {}, listed(*ROWS), TRAIN).labels(listed(*ROWS))
    assert labels.present.tolist() == [True, True, True, False]


def test_a_class_that_the_task_does_not_know_is_refused_with_advice() -> None:
    task = ClassTask("emotion", ("calm", "sad"))
    angry = dataclasses.replace(ROWS[0], emotion="angry")
    with pytest.raises(
        InputError,
        match=r"among calm, sad, those that the model knows; got angry \(1 rows\)\. Leave",
    ):
        task.labels(listed(*ROWS, angry))


def test_a_column_with_one_class_is_no_task() -> None:
    with pytest.raises(ConfigError, match=r"at least two classes in column corpus .*got one\. Leave that task out"):
        build_task("corpus", {}, listed(*ROWS[:2]), (0, 1))


def test_the_loss_of_classes_is_their_cross_entropy() -> None:
    task = ClassTask("emotion", ("calm", "sad"))
    labels = task.labels(listed(*ROWS))
    outputs = torch.tensor([[0.0, 2.0], [1.0, 0.0], [3.0, 0.0], [0.0, 0.0]])
    found = task.loss(outputs, task.targets(labels), torch.from_numpy(labels.present))
    assert float(found) == pytest.approx(float(functional.cross_entropy(outputs, torch.from_numpy(labels.values))))
    assert task.metrics(outputs.numpy(), labels) == {"uar": 0.75, "wa": 0.75}
    (first, *_) = task.predictions(outputs.numpy())
    assert first["sad"] == pytest.approx(1 / (1 + np.exp(-2)))


# ---------------------------------------------------------------------------------------------------- ratings
def test_ratings_are_scaled_by_the_training_utterances_alone() -> None:
    task = rating("arousal", "valence")
    assert task.means == (2.0, 3.0), "the last row, arousal 5 and valence 6, is not trained on"
    assert task.deviations == (1.0, 1.0)


def test_a_missing_rating_is_missing_and_not_zero() -> None:
    task = rating("arousal", "valence")
    labels = task.labels(listed(*ROWS))
    assert labels.present.tolist() == [[True, True], [True, False], [False, True], [True, True]]
    assert np.isnan(labels.values[1, 1])
    assert task.targets(labels).tolist() == [[-1.0, 1.0], [1.0, 0.0], [0.0, -1.0], [3.0, 3.0]]


def test_predictions_are_on_the_scale_of_the_corpus() -> None:
    task = rating("valence")
    labels = task.labels(listed(*ROWS))
    (first, _, third, _) = task.predictions(task.targets(labels).numpy())
    assert first == {"valence": 4.0}
    assert third == {"valence": 2.0}


def test_ratings_are_measured_on_the_scale_of_the_corpus_where_there_are_any(random: np.random.Generator) -> None:
    task = RatingsTask(("arousal", "valence"), (3.0, 1.0), (2.0, 0.5))
    truth = random.normal(3, 2, (30, 2))
    truth[:10, 1] = np.nan
    outputs = random.normal(size=(30, 2))
    found = task.metrics(outputs, Labels(truth, ~np.isnan(truth)))
    arousal, valence = outputs[:, 0] * 2 + 3, outputs[10:, 1] * 0.5 + 1
    for name, rows, predicted in (("arousal", truth[:, 0], arousal), ("valence", truth[10:, 1], valence)):
        assert found[f"ccc_{name}"] == pytest.approx(concordance(rows, predicted))
        assert found[f"rmse_{name}"] == pytest.approx(rmse(rows, predicted))
        assert found[f"pearson_{name}"] == pytest.approx(pearson(rows, predicted))
    assert found["ccc"] == pytest.approx((found["ccc_arousal"] + found["ccc_valence"]) / 2)
    assert task.score(found) == found["ccc"], "the epoch with the highest is kept"


@pytest.mark.parametrize("weights", [[], [0.3, 0.7], [2.0, 3.0], [0.0, 1.0]])
@pytest.mark.parametrize("objective", ["ccc", "mse", "mae"])
def test_the_loss_of_ratings_adds_its_weighted_values_for_those_there_are(objective: str, weights: list[float]) -> None:
    task = rating("arousal", "valence", objective=objective, weights=weights)
    labels = task.labels(listed(*ROWS))
    targets, outputs = task.targets(labels), torch.tensor([[0.0, 1.0], [1.0, 9.0], [9.0, 2.0], [2.0, 0.0]])
    one, other = outputs[[0, 1, 3], 0], outputs[[0, 2, 3], 1]
    of_one, of_other = targets[[0, 1, 3], 0], targets[[0, 2, 3], 1]

    def by_hand(predicted: torch.Tensor, truth: torch.Tensor) -> float:
        if objective == "mse":
            return float(functional.mse_loss(predicted, truth))
        if objective == "mae":
            return float(functional.l1_loss(predicted, truth))
        return 1 - concordance(truth.numpy(), predicted.numpy())

    of_arousal, of_valence = weights or [0.5, 0.5]
    wanted = of_arousal * by_hand(one, of_one) + of_valence * by_hand(other, of_other)
    assert float(task.loss(outputs, targets, torch.from_numpy(labels.present))) == pytest.approx(wanted)


def test_a_dimension_that_a_batch_lacks_leaves_its_weight_to_the_others() -> None:
    task = rating("arousal", "valence", objective="mae", weights=[1.0, 3.0])
    outputs, targets = torch.tensor([[1.0, 9.0], [4.0, 9.0]], requires_grad=True), torch.zeros(2, 2)
    only_arousal = torch.tensor([[True, False], [True, False]])
    assert float(task.loss(outputs, targets, only_arousal).detach()) == pytest.approx((1.0 + 3.0) * 2.5)
    without = rating("arousal", "valence", objective="mae", weights=[0.0, 3.0]).loss(outputs, targets, only_arousal)
    without.backward()
    assert (float(without.detach()), float(outputs.grad.abs().sum())) == (0.0, 0.0), (
        "a weight of 0 is no reason to learn"
    )


def test_cards_of_earlier_releases_have_no_weights_and_their_dimensions_count_alike() -> None:
    old = {"dimensions": ["arousal", "valence"], "means": [3.0, 1.0], "deviations": [2.0, 0.5], "objective": "ccc"}
    assert task_from("ratings", old) == RatingsTask(("arousal", "valence"), (3.0, 1.0), (2.0, 0.5))


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"dimensions": ["dominance"]}, r"two different values of dominance; got 0 with a value\. Fill that column"),
        ({"dimensions": ["arousal", "arousal"]}, r"dimensions of the ratings, each once; got arousal, arousal"),
        ({"dimensions": ["joy"]}, r"Expected some of arousal, valence, dominance .*got joy\. Correct the recipe"),
        ({"dimensions": []}, r"got none\. Correct the recipe"),
        ({"objective": "mad"}, r"among ccc, mse, mae; got 'mad'"),
        (
            {"weights": [0.5]},
            r"one weight for each of arousal, valence, .*or no weights; got 0\.5\. Correct the recipe",
        ),
        ({"weights": [0.5, -0.5]}, r"0 or more and one of them above 0, .*got 0\.5, -0\.5\. Correct the recipe"),
        ({"weights": [0, 0]}, r"got 0, 0\. Correct the recipe"),
        ({"weights": [1, float("inf")]}, r"finite"),
        ({"weights": [1, float("nan")]}, r"finite"),
    ],
)
def test_ratings_that_cannot_be_trained_are_refused(options: dict[str, object], told: str) -> None:
    with pytest.raises(ConfigError, match=told):
        build_task("ratings", {"dimensions": ["arousal", "valence"]} | options, listed(*ROWS), TRAIN)


def test_a_card_of_ratings_that_contradicts_itself_is_refused() -> None:
    for table in (
        {"dimensions": ["arousal"], "means": [1.0, 2.0], "deviations": [1.0]},
        {"dimensions": ["arousal"], "means": [1.0], "deviations": [0.0]},
    ):
        with pytest.raises(ConfigError, match=r"Expected a mean and a deviation above 0 .*Train the model again"):
            task_from("ratings", table)
