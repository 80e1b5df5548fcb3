"""Several tasks in one batch: each counts by its weight, over the utterances that have a label for it."""

import dataclasses

import numpy as np
import pytest
import torch
from torch import nn
from torch.nn import functional

from ser_core.models import Output, Targets
from ser_core.recipes import Recipe, Stage
from ser_core.recipes.recipe import TaskSettings
from ser_core.tasks import ClassTask, Labels
from ser_core.training.batches import stage_batches
from ser_core.training.objectives import LossValue, build_objectives

EMOTION = ClassTask("emotion", ("neutral", "sad", "angry"))
GENDER = ClassTask("gender", ("female", "male"))
EMOTIONS, GENDERS = np.array([0, 2, -1, 1, -1, 0]), np.array([0, 1, 1, -1, 0, 1])


def value_of(stage: Stage, *, weights: tuple[float, float] = (1.0, 1.0), emotions: np.ndarray = EMOTIONS) -> LossValue:
    recipe = Recipe("r", "t", "s", "o", (stage,), embedding_size=4)
    tasks = tuple(TaskSettings(task.name, weight) for task, weight in zip((EMOTION, GENDER), weights, strict=True))
    (objective,) = build_objectives(dataclasses.replace(recipe, tasks=tasks), (EMOTION, GENDER), (2, 1, 1))
    output, heads = made()
    targets = {}
    for task, numbers in ((EMOTION, emotions), (GENDER, GENDERS)):
        labels = Labels(numbers, numbers >= 0)
        targets[task.name] = Targets(task.targets(labels), torch.from_numpy(labels.present))
    found: LossValue = objective(output, heads, targets)
    return found


def made() -> tuple[Output, dict[str, nn.Module]]:
    torch.manual_seed(0)
    embedding = torch.randn(len(EMOTIONS), 4)
    heads: dict[str, nn.Module] = {"emotion": nn.Linear(4, 3), "gender": nn.Linear(4, 2)}
    return Output(embedding, {name: head(embedding) for name, head in heads.items()}), heads


def by_hand(name: str, numbers: np.ndarray) -> float:
    known = torch.from_numpy(np.flatnonzero(numbers >= 0))
    return float(functional.cross_entropy(made()[0].heads[name][known], torch.from_numpy(numbers)[known]).detach())


@pytest.mark.parametrize("weights", [(1.0, 1.0), (0.5, 3.0)])
def test_the_loss_is_the_sum_of_every_task_over_its_own_labels_by_its_weight(weights: tuple[float, float]) -> None:
    wanted = weights[0] * by_hand("emotion", EMOTIONS) + weights[1] * by_hand("gender", GENDERS)
    found = value_of(Stage("s"), weights=weights)
    assert float(found.loss.detach()) == pytest.approx(wanted, rel=1e-6)
    assert found.figures["gender_loss"] == pytest.approx(by_hand("gender", GENDERS), rel=1e-6)


def test_a_batch_without_any_emotion_still_trains_the_other_task() -> None:
    found = value_of(Stage("s"), emotions=np.full(6, -1))
    assert float(found.loss.detach()) == pytest.approx(by_hand("gender", GENDERS), rel=1e-6)


@pytest.mark.parametrize("pairs", [False, True])
def test_batches_by_class_hold_labelled_utterances_alone(pairs: bool) -> None:
    targets = [0, -1, 1, -1, 0, 1, 0, 1, -1, 0]
    stage = Stage("s", batch_size=4, utterances_per_class=0 if pairs else 2)
    random = np.random.default_rng(0)
    batches = list(stage_batches(stage, targets, [5] * 10, speakers=[0] * 10, classes=2, pairs=pairs, random=random))
    drawn = {int(row) for batch in batches for row in batch}
    assert drawn
    assert all(targets[row] >= 0 for row in drawn)
    (every,) = stage_batches(
        Stage("s", batch_size=16), targets, [5] * 10, speakers=[0] * 10, classes=2, pairs=False, random=random
    )
    assert sorted(every) == list(range(10)), "shuffled batches hold all"
