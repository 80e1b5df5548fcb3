"""The one loop: its moments, its schedule, its epochs and stages."""

import copy
import dataclasses
import itertools
import math
from types import SimpleNamespace

import numpy as np
import pytest
import torch

from ser_core.errors import ConfigError, TrainingError
from ser_core.geometry.angles import class_directions
from ser_core.recipes import Augmentation, Stage
from ser_core.training import loop
from ser_core.training.callbacks import Callback
from ser_core.training.loop import UTTERANCES_FOR_DIRECTIONS, Stopped
from tests.training.conftest import PAIRS, QUICK, StopsAfter, assert_same_weights


class Recorder(Callback):
    def __init__(self):
        self.moments = []
        self.rates = []
        self.batches = []
        self.averages = []

    def batch_ended(self, figures):
        self.moments.append("batch")
        self.batches.append(figures)

    def epoch_ended(self, figures):
        self.moments.append("epoch")

    def state_reached(self, trainer):
        self.moments.append("state")
        self.averages.append(copy.deepcopy(trainer.algorithm.average.model.state_dict()))


# ------------------------------------------------------------------------------------------------ moments
def test_the_same_seed_trains_the_same_model_and_another_seed_another(make_trainer):
    stage = [dataclasses.replace(QUICK, epochs=1)]
    first, again, other = make_trainer(stage), make_trainer(stage), make_trainer(stage, seed=4)
    for trainer in (first, again, other):
        trainer.run()
    assert_same_weights(first.model, again.model)
    assert not torch.equal(first.model.head.weight, other.model.head.weight)


def test_training_learns(make_trainer):
    trainer = make_trainer([dataclasses.replace(QUICK, epochs=8, learning_rate=2e-2)])
    trainer.run()
    losses = [figures.train_loss for figures in trainer.history]
    assert losses[-1] < 0.7 * losses[0]
    assert max(figures.development_uar for figures in trainer.history) > 0.5


def test_callbacks_hear_every_moment_in_order_and_the_clock_runs_down(make_trainer, monkeypatch):
    ticks = iter(range(10_000))
    monkeypatch.setattr("ser_core.training.loop.time", SimpleNamespace(monotonic=lambda: next(ticks)))
    recorder = Recorder()
    stages = [
        dataclasses.replace(QUICK, epochs=2),
        Stage("triplet", objective="triplet", epochs=1, utterances_per_class=4),
    ]
    trainer = make_trainer(stages, [recorder])
    trainer.run()
    per_epoch = ["batch"] * 3 + ["epoch", "state"]
    assert recorder.moments == per_epoch * 2 + ["state"] + ["batch"] * 2 + ["epoch", "state", "state"]
    # The clock ticks once a batch, so the seconds left are the batches left.
    assert [figures.seconds_left for figures in recorder.batches] == [7, 6, 5, 4, 3, 2, 1, 0]
    assert [figures.epoch for figures in recorder.batches] == [1, 1, 1, 2, 2, 2, 3, 3]
    assert trainer.history[-1].seconds_left == 0
    assert [figures.stage for figures in trainer.history] == ["softmax", "softmax", "triplet"]
    assert 0 <= trainer.history[-1].further["active_fraction"] <= 1
    assert np.array(trainer.history[-1].confusion).sum() == 12


def test_a_stop_comes_before_the_next_step(make_trainer):
    recorder, stopper = Recorder(), StopsAfter(0)
    with pytest.raises(Stopped):
        make_trainer([QUICK], [recorder, stopper]).run()
    assert recorder.moments == ["batch"]


@pytest.mark.parametrize("broken", ["loss", "gradient"])
def test_a_step_that_is_not_finite_is_not_taken(make_trainer, broken):
    trainer = make_trainer([QUICK])
    objective = trainer.objective_of(0)
    whole = objective.forward

    def break_in_the_second_epoch(output, heads, targets):
        value = whole(output, heads, targets)
        if trainer.epochs_done < 1:
            return value
        if broken == "loss":
            return value._replace(loss=value.loss * torch.inf)
        return value._replace(loss=value.loss + (output.embedding * 0).sum().sqrt())  # zero, its slope is not

    objective.forward = break_in_the_second_epoch
    with pytest.raises(TrainingError, match=r"epoch 2, stage 'softmax'.*lower stages\.0\.learning_rate \(now 0\.005\)"):
        trainer.run()
    assert all(torch.isfinite(parameter).all() for parameter in trainer.model.parameters())


# ------------------------------------------------------------------------------------------------ schedule
def test_the_learning_rate_rises_for_a_tenth_and_falls_as_a_cosine(make_trainer):
    rates = []

    class Rates(Callback):
        def batch_ended(self, figures):
            rates.append(trainer.algorithm.optimisation.optimiser.param_groups[0]["lr"])

    trainer = make_trainer([dataclasses.replace(QUICK, epochs=7)], [Rates()])
    trainer.run()
    steps, rising = 21, 2
    expected = [5e-3 * (step + 1) / rising for step in range(rising)]
    expected += [5e-3 * (1 + math.cos(math.pi * step / (steps - rising))) / 2 for step in range(steps - rising)]
    assert rates == pytest.approx(expected)
    assert trainer.history[-1].learning_rate == rates[-1]


SERIES = [0.2, 0.5, 0.4, 0.3, 0.9]


@pytest.mark.parametrize(("patience", "epochs"), [(2, 4), (3, 5), (0, 5)])
def test_patience_ends_a_stage_that_no_longer_gets_better(make_trainer, monkeypatch, patience, epochs):
    trainer = make_trainer([dataclasses.replace(QUICK, epochs=5, patience=patience)])
    monkeypatch.setattr("ser_core.training.loop.uar", lambda counts: SERIES[trainer.epoch])
    trainer.run()
    assert trainer.epochs_done == epochs
    assert [figures.best for figures in trainer.history] == [True, True, False, False, True][:epochs]


@pytest.mark.parametrize(("keep", "kept"), [("best", 1), ("last", 3)])
def test_the_weights_that_go_on_are_those_of_the_best_or_the_last_epoch(make_trainer, monkeypatch, keep, kept):
    recorder = Recorder()
    trainer = make_trainer([dataclasses.replace(QUICK, keep=keep, average=0.5)], [recorder])
    monkeypatch.setattr("ser_core.training.loop.uar", lambda counts: SERIES[trainer.epoch])
    trainer.run()
    for name, value in trainer.model.state_dict().items():
        assert torch.equal(value, recorder.averages[kept][name]), name


def test_without_a_development_set_nothing_is_judged_and_the_last_weights_stay(make_trainer):
    trainer = make_trainer([dataclasses.replace(QUICK, epochs=2, patience=1)], development=False)
    trainer.run()
    assert trainer.epochs_done == 2
    assert trainer.history[-1].development_uar is None


def test_batches_that_cannot_be_drawn_are_refused_before_the_first_step(make_trainer):
    with pytest.raises(ConfigError, match="Lower classes_per_batch or utterances_per_class"):
        make_trainer([QUICK, Stage("triplet", objective="triplet", utterances_per_class=100)])


# ------------------------------------------------------------------------------------------------ the papers' ways
CONSTANT = Stage("softmax", epochs=3, learning_rate=5e-3, batch_size=8, schedule="constant")


def test_a_constant_learning_rate_stays(make_trainer):
    trainer = make_trainer([CONSTANT])
    trainer.run()
    assert [figures.learning_rate for figures in trainer.history] == [5e-3] * 3


def test_an_epoch_of_pairs_has_as_many_as_asked_or_as_there_are_utterances(make_trainer):
    recorder = Recorder()
    make_trainer([PAIRS], [recorder]).run()
    assert recorder.batches[0].batches == 3
    recorder = Recorder()
    make_trainer([dataclasses.replace(PAIRS, pairs_per_epoch=0)], [recorder]).run()
    assert recorder.batches[0].batches == 24 // 6


def test_with_the_best_epoch_the_objective_of_that_epoch_is_kept(make_trainer):
    class Snapshots(Callback):
        def __init__(self):
            self.taken = []

        def state_reached(self, trainer):
            if trainer.epoch:
                self.taken.append(copy.deepcopy(trainer.objective.state_dict()))

    snapshots = Snapshots()
    trainer = make_trainer([PAIRS], [snapshots])
    trainer.run()
    best = max(range(3), key=lambda number: (trainer.history[number].best, number))
    kept = trainer.objective_of(0).state_dict()
    assert all(torch.equal(kept[name], snapshots.taken[best][name]) for name in kept)


# ------------------------------------------------------------------------------------------------ epochs and stages
class BatchRecorder(Callback):
    """Keeps the batches of the first stage, epoch by epoch."""

    def training_begins(self, trainer):
        self.epochs = [[]]
        step = trainer.algorithm.step

        def recorded(batch, progress):
            self.epochs[-1].append(batch)
            return step(batch, progress)

        trainer.algorithm.step = recorded

    def epoch_ended(self, figures):
        self.epochs.append([])


def test_every_epoch_draws_other_batches_and_another_augmentation(make_trainer):
    recorder = BatchRecorder()
    stage = dataclasses.replace(QUICK, utterances_per_class=2, augmentation=Augmentation(gain_decibels=6.0))
    make_trainer([stage], [recorder]).run()
    joined, first_frames = [], []
    for batches in recorder.epochs[: stage.epochs]:
        joined.append({frozenset(batch.rows.tolist()) for batch in batches})
        first_frames.append({})
        for batch in batches:
            first_frames[-1] |= dict(zip(batch.rows.tolist(), batch.inputs["audio"].values[:, 0], strict=True))
    assert [sorted(frames) for frames in first_frames] == [list(range(24))] * stage.epochs
    assert all(one != other for one, other in itertools.combinations(joined, 2))
    for one, other in itertools.combinations(first_frames, 2):
        assert not any(torch.equal(one[row], other[row]) for row in range(24))


def test_every_stage_learns_at_its_own_rate(make_trainer):
    stages = [
        dataclasses.replace(QUICK, name=f"stage {rate}", epochs=2, learning_rate=rate, schedule="constant")
        for rate in (5e-3, 1e-3)
    ]
    trainer = make_trainer(stages)
    trainer.run()
    assert [figures.learning_rate for figures in trainer.history] == [5e-3, 5e-3, 1e-3, 1e-3]


def test_a_stage_has_a_best_epoch_of_its_own_even_if_the_stage_before_was_better(make_trainer):
    # The second stage hardly learns: it is as good as the first one ended, and no better.
    stages = [dataclasses.replace(QUICK, epochs=1), dataclasses.replace(QUICK, name="again", learning_rate=1e-9)]
    trainer = make_trainer(stages)
    trainer.run()
    assert [figures.best for figures in trainer.history] == [True, True, *[False] * (QUICK.epochs - 1)]


def test_an_epoch_is_judged_by_directions_from_ten_training_utterances_of_each_class(make_trainer, monkeypatch):
    measured = []
    monkeypatch.setattr(loop, "class_directions", lambda *given: measured.append(given) or class_directions(*given))
    make_trainer([dataclasses.replace(QUICK, epochs=1)]).run()
    assert sorted(measured[0][1]) == sorted(["neutral", "happy", "sad"] * 8)  # of fewer than ten, all
    monkeypatch.setattr(loop, "UTTERANCES_FOR_DIRECTIONS", 3)
    make_trainer([dataclasses.replace(QUICK, epochs=1)]).run()
    assert sorted(measured[1][1]) == sorted(["neutral", "happy", "sad"] * 3)
    assert UTTERANCES_FOR_DIRECTIONS == 10
