"""The one loop: its moments, its schedule, and a resumed run that equals one that was never stopped."""

import copy
import dataclasses
import errno
import itertools
import json
import math
from types import SimpleNamespace

import numpy as np
import pytest
import safetensors
import torch

from ser_core.errors import CheckpointError, ConfigError, StorageError, TrainingError
from ser_core.geometry.angles import class_directions
from ser_core.recipes import Augmentation, Stage
from ser_core.training import loop
from ser_core.training import state as state_room
from ser_core.training.callbacks import Callback
from ser_core.training.loop import UTTERANCES_FOR_DIRECTIONS, Stopped
from ser_core.training.state import StateSaver, restore_state, save_state

QUICK = Stage("softmax", epochs=4, learning_rate=5e-3, batch_size=8)


def assert_same_weights(left, right):
    left, right = left.state_dict(), right.state_dict()
    assert left.keys() == right.keys()
    for name in left:
        assert torch.equal(left[name], right[name]), name


def without_times(history):
    return [dataclasses.replace(figures, seconds=None, seconds_left=None) for figures in history]


class StopsAfter(Callback):
    """Asks to stop in the batch after so many epochs, which is then lost."""

    def __init__(self, epochs: int) -> None:
        self.left = epochs
        self.asked_in_batch = 0

    def epoch_ended(self, figures):
        self.left -= 1

    def batch_ended(self, figures):
        self.asked_in_batch = figures.batch

    def should_stop(self):
        return self.left <= 0


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


# ------------------------------------------------------------------------------------------------ resuming
@pytest.fixture(scope="module")
def uninterrupted():
    return {}


@pytest.mark.parametrize("epochs", [1, 3, 4])  # within the first stage, between the stages, within the second
def test_a_run_that_was_stopped_and_resumed_equals_one_that_was_not(make_trainer, tmp_path, uninterrupted, epochs):
    if not uninterrupted:
        uninterrupted["trainer"] = make_trainer()
        uninterrupted["trainer"].run()
    whole = uninterrupted["trainer"]

    stopper = StopsAfter(epochs)
    with pytest.raises(Stopped):
        make_trainer(callbacks=[StateSaver(tmp_path / "state.safetensors"), stopper]).run()
    assert stopper.asked_in_batch == 1
    resumed = make_trainer()
    torch.manual_seed(99)  # whatever else was drawn in between
    restore_state(resumed, tmp_path / "state.safetensors")
    assert resumed.epochs_done == epochs
    resumed.run()
    assert_same_weights(resumed.model, whole.model)
    assert without_times(resumed.history) == without_times(whole.history)


def test_a_state_saved_after_the_last_stage_has_nothing_left_to_do(make_trainer, tmp_path):
    trainer = make_trainer([dataclasses.replace(QUICK, epochs=1)])
    trainer.run()
    save_state(trainer, tmp_path / "state")
    again = make_trainer([dataclasses.replace(QUICK, epochs=1)])
    restore_state(again, tmp_path / "state")
    again.run()
    assert_same_weights(again.model, trainer.model)


def test_the_names_in_a_state_stay_those_that_runs_stopped_by_earlier_releases_have(make_trainer, tmp_path):
    path = tmp_path / "state"
    with pytest.raises(Stopped):
        make_trainer([CENTRE], [StateSaver(path), StopsAfter(1)]).run()
    with safetensors.safe_open(path, framework="pt") as file:
        facts, names = json.loads(file.metadata()["facts"]), set(file.keys())
    assert set(facts) == {"stage", "epoch", "history", "best_score", "best_epoch", "average_steps"}
    weights = set(make_trainer([CENTRE]).model.state_dict())
    trained = len(list(make_trainer([CENTRE]).model.parameters()))
    moments = {f"optimiser.{number}.{name}" for number in range(trained) for name in ("step", "exp_avg", "exp_avg_sq")}
    centres = {f"{part}.{name}" for part in ("objective", "best_objective") for name in _learned_by_centre()}
    assert names == {f"{part}.{name}" for part in ("model", "average", "best") for name in weights} | moments | centres


def _learned_by_centre():
    return {"softmax.weights", "centre.weights", "centre.centres"}


def test_the_best_epoch_so_far_survives_a_stop(make_trainer, tmp_path, monkeypatch):
    stage = dataclasses.replace(QUICK, epochs=4, patience=2)
    trainer = make_trainer([stage], [StateSaver(tmp_path / "state"), StopsAfter(2)])
    monkeypatch.setattr("ser_core.training.loop.uar", lambda counts: [0.5, 0.2, 0.3, 0.9][trainer.epoch])
    with pytest.raises(Stopped):
        trainer.run()
    resumed = make_trainer([stage])
    restore_state(resumed, tmp_path / "state")
    assert (resumed.best_score, resumed.best_epoch) == (0.5, 0)
    trainer = resumed
    resumed.run()
    assert resumed.epochs_done == 3  # patience counts the epochs before the stop too


@pytest.mark.parametrize("damage", ["missing", "cut", "other model"])
def test_a_state_that_cannot_be_used_gets_advice(make_trainer, tmp_path, damage):
    path = tmp_path / "state.safetensors"
    trainer = make_trainer([QUICK])
    if damage != "missing":
        save_state(trainer, path)
    if damage == "cut":
        path.write_bytes(path.read_bytes()[:100])
    if damage == "other model":
        trainer.model.head = torch.nn.Linear(2, 2)
    with pytest.raises(CheckpointError, match="Start the run again without --resume"):
        restore_state(trainer, path)


def test_a_full_disk_leaves_the_former_state(make_trainer, tmp_path, monkeypatch):
    path = tmp_path / "state.safetensors"
    trainer = make_trainer([QUICK])
    save_state(trainer, path)
    before = path.read_bytes()

    def full(tensors, file, metadata):
        file.write_bytes(b"half")
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(state_room, "save_file", full)
    with pytest.raises(StorageError, match="No space left on device.*Free some space"):
        save_state(trainer, path)
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


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


PAIRS = Stage("pairs", objective="pairs", epochs=3, batch_size=6, pairs_per_epoch=18, positive_share=0.5, keep="best")
CENTRE = Stage("centre", objective="centre", epochs=3, learning_rate=5e-3, batch_size=8, keep="best")
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


@pytest.mark.parametrize("stage", [PAIRS, CENTRE], ids=["pairs", "centre"])
def test_what_an_objective_has_learned_is_resumed_too(make_trainer, tmp_path, stage):
    whole = make_trainer([stage])
    whole.run()
    path = tmp_path / "state.safetensors"
    with pytest.raises(Stopped):
        make_trainer([stage], [StateSaver(path), StopsAfter(2)]).run()
    resumed = make_trainer([stage])
    restore_state(resumed, path)
    resumed.run()
    assert_same_weights(resumed.model, whole.model)
    assert_same_weights(resumed.objective_of(0), whole.objective_of(0))


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
