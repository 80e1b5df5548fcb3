"""What judges an epoch, and what judges a finished model."""

import copy
import dataclasses

import numpy as np
import pytest
import torch

from ser_core.models import AUDIO, EMOTION
from ser_core.models.running import ModelOutputs
from ser_core.recipes import Stage, load_recipe
from ser_core.training import loop
from ser_core.training.callbacks import Callback
from ser_core.training.fit import (
    main_back_end,
)

# What judges an epoch, and what the finished model is judged by. Of objectives that come later, their own tests say it.
JUDGES = {
    "softmax": ("head", "head"),
    "centre": ("head", "head"),
    "triplet": ("angle", "angle"),
    "supervised-contrastive": ("angle", "angle"),
    "arcface": ("angle", "angle"),
    "proxy-anchor": ("angle", "angle"),
    "pairs": ("angle", "svm"),
    "task": ("head", "head"),
}


@pytest.mark.parametrize("objective", JUDGES)
def test_a_recipe_is_judged_by_what_its_last_objective_asks_for(tiny_recipe, objective):
    first, last = Stage("a", objective=next(name for name in JUDGES if name != objective)), Stage("b", objective)
    assert main_back_end(dataclasses.replace(load_recipe(tiny_recipe), stages=(first, last))) == JUDGES[objective][1]


class Averages(Callback):
    def __init__(self):
        self.weights = []

    def state_reached(self, trainer):
        if trainer.epoch:
            self.weights.append(copy.deepcopy(trainer.algorithm.judged.state_dict()))


@pytest.mark.parametrize("objective", JUDGES)
def test_the_best_epoch_is_the_one_its_objectives_judge_finds_best(make_trainer, monkeypatch, objective):
    """The head is right in the second epoch alone, the angles in the third."""
    right_in = {"head": 1, "angle": 2}
    stage = Stage("only", objective, epochs=4, learning_rate=1e-3, batch_size=6)
    averages = Averages()
    trainer = make_trainer([stage], [averages])
    number_of = {
        id(frame): target
        for part in (trainer.train_set, trainer.development)
        for frame, target in zip(part.inputs[AUDIO], part.labels[EMOTION].values, strict=True)
    }
    judged = {id(frame) for frame in trainer.development.inputs[AUDIO]}

    def shown(model, inputs):
        frames = inputs[AUDIO]
        truth = np.array([number_of[id(frame)] for frame in frames])
        in_development = np.array([id(frame) in judged for frame in frames])
        by_angle = np.where(in_development & (trainer.epoch != right_in["angle"]), (truth + 1) % 3, truth)
        by_head = np.where(trainer.epoch != right_in["head"], (truth + 1) % 3, truth)
        shown_classes = np.eye(3, dtype=np.float32)
        return ModelOutputs(shown_classes[by_angle], {EMOTION: shown_classes[by_head]})

    monkeypatch.setattr(loop, "run_model", shown)
    trainer.run()
    expected = right_in[JUDGES[objective][0]]
    assert [figures.development_uar for figures in trainer.history] == [0, 1, 0, 0]
    assert [figures.development_uar_angle for figures in trainer.history] == [0, 0, 1, 0]
    assert [number for number, figures in enumerate(trainer.history) if figures.best] == [0, expected]
    assert np.trace(trainer.history[expected].confusion) == 12
    for name, value in trainer.model.state_dict().items():
        assert torch.equal(value, averages.weights[expected][name]), name


def test_an_epoch_is_judged_by_the_directions_of_training_utterances(make_trainer, monkeypatch):
    """Ten of each class at most, whose labels agree with them; no development utterance is among them."""
    trainer = make_trainer([Stage("only", "triplet", epochs=1, batch_size=6)])
    given = []
    whole = loop.class_directions

    def watched(embeddings, labels, order):
        given.append(list(labels))
        return whole(embeddings, labels, order)

    asked = []
    run = loop.run_model

    def counted(model, inputs):
        asked.append([id(frame) for frame in inputs[AUDIO]])
        return run(model, inputs)

    monkeypatch.setattr(loop, "class_directions", watched)
    monkeypatch.setattr(loop, "run_model", counted)
    trainer.run()
    training = {
        id(frame): trainer.first_task.classes[target]
        for frame, target in zip(trainer.train_set.inputs[AUDIO], trainer.train_set.labels[EMOTION].values, strict=True)
    }
    assert asked[0] == [id(frame) for frame in trainer.development.inputs[AUDIO]]
    assert [training[frame] for frame in asked[1]] == given[0]
    assert sorted(given[0]) == sorted([*["neutral"] * 8, *["happy"] * 8, *["sad"] * 8])
