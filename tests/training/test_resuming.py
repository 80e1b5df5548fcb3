"""A run that was stopped and resumed equals one that was not, and a state that cannot be used is told."""

import dataclasses
import errno
import json

import pytest
import safetensors
import torch

from ser_core.errors import CheckpointError, StorageError
from ser_core.recipes import Stage
from ser_core.training import state as state_room
from ser_core.training.loop import Stopped
from ser_core.training.state import StateSaver, restore_state, save_state
from tests.training.conftest import PAIRS, QUICK, StopsAfter, assert_same_weights, without_times

CENTRE = Stage("centre", objective="centre", epochs=3, learning_rate=5e-3, batch_size=8, keep="best")


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
