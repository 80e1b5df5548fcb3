"""Runs in processes of their own: what their folder says, and a real one that is stopped and goes on."""

import json
import time
from pathlib import Path

import filelock
import pytest

from ser_core.checkpoints import available
from ser_core.errors import ConfigError
from ser_core.training import jobs
from ser_core.training.jobs import list_runs, request_stop, resume_run, run_state, start_run

STARTED = {
    "kind": "started", "total_epochs": 4, "labels": ["neutral", "sad"], "corpus": "c", "recipe": "r", "protocol": "p",
}  # fmt: skip
EPOCH = {"kind": "epoch", "epoch": 1, "stage": "softmax", "train_loss": 0.5, "confusion": [[1, 0], [0, 1]]}
BATCH = {"kind": "batch", "epoch": 2, "batch": 3, "batches": 6, "loss": 0.1, "seconds_left": 12.5}


@pytest.fixture
def run(tmp_path: Path) -> Path:
    (tmp_path / "config.toml").write_text("")
    return tmp_path


def write(run: Path, *events: dict, age: float = 10.0) -> None:
    with (run / "events.jsonl").open("a") as file:
        for event in events:
            file.write(json.dumps({"time": time.time() - age, **event}) + "\n")


@pytest.fixture
def alive(run: Path):
    """Hold the run's lock, as its process does."""
    with filelock.FileLock(run / "lock"):
        yield


@pytest.mark.usefixtures("alive")
@pytest.mark.parametrize(
    ("events", "status", "share", "seconds_left"),
    [
        ([STARTED], "starting", 0.0, None),
        ([STARTED, {"kind": "reading", "done": 64, "total": 100}], "reading", 0.0, None),
        ([STARTED, EPOCH | {"seconds_left": 30.0}], "running", 0.25, 30.0),
        ([STARTED, EPOCH, BATCH], "running", 0.375, 12.5),
    ],
)
def test_a_living_run_tells_how_far_it_is(run, events, status, share, seconds_left):
    write(run, *events)
    state = run_state(run)
    assert (state.status, state.progress.share, state.progress.seconds_left) == (status, share, seconds_left)
    assert (state.corpus, state.recipe, state.protocol, state.labels) == ("c", "r", "p", ("neutral", "sad"))
    assert not state.can_resume
    if status == "reading":
        assert "64 of 100" in state.progress.words


@pytest.mark.usefixtures("alive")
def test_a_living_run_that_is_asked_to_stop_is_stopping_until_it_has_stopped(run):
    write(run, STARTED, EPOCH, BATCH)
    assert not run_state(run).stopping
    request_stop(run)
    assert run_state(run).stopping
    write(run, {"kind": "stopped"})
    assert not run_state(run).stopping


def test_a_run_that_was_stopped_or_failed_can_go_on(run):
    write(run, STARTED, EPOCH, {"kind": "stopped"})
    state = run_state(run)
    assert (state.status, state.epoch, state.epochs, state.can_resume) == ("stopped", 1, 4, True)
    assert state.confusion == ((1, 0), (0, 1))
    write(run, {"kind": "failed", "message": "Expected a disk with room"})
    state = run_state(run)
    assert (state.status, state.message, state.can_resume) == ("failed", "Expected a disk with room", True)


def test_a_finished_run_tells_its_metrics(run):
    ended = {"kind": "finished", "metrics": {"test": {}}, "back_end": "angle"}
    write(run, STARTED, EPOCH, {"kind": "saved", "path": "x"}, ended)
    state = run_state(run)
    assert (state.status, state.progress.share, state.metrics, state.can_resume) == (
        "finished",
        1.0,
        {"test": {}},
        False,
    )
    assert state.back_end == "angle"
    with pytest.raises(ConfigError, match="finished. Start a new one"):
        resume_run(run)


def test_a_run_whose_process_ended_without_a_word_is_lost_and_tells_its_last_words(run):
    write(run, STARTED, EPOCH, BATCH)
    (run / "state.safetensors").write_text("")
    (run / "output.txt").write_text("something\nKilled\n")
    state = run_state(run)
    assert (state.status, state.can_resume) == ("lost", True)
    assert "It can be resumed. Its last words: Killed" in state.message


def test_a_process_that_ends_while_its_folder_is_read_is_not_lost(run, monkeypatch):
    write(run, STARTED, EPOCH)

    def is_held_no_longer(lock: Path) -> bool:
        """The process says its last word after the events were read, and lets go of its lock before it is asked for."""
        if lock.exists():
            write(run, {"kind": "stopped"})
            lock.unlink()
        return False

    (run / "lock").touch()
    monkeypatch.setattr(jobs, "is_held", is_held_no_longer)
    assert run_state(run).status == "stopped"


def test_a_process_that_has_just_been_started_is_starting_until_it_ends(run):
    write(run, STARTED, {"kind": "stopped"})
    spawned = repr(time.time())
    (run / "spawned").write_text(spawned)
    assert run_state(run).status == "starting"  # the stop was the former process's
    (run / "ended").write_text(spawned)
    assert run_state(run).status == "lost"
    write(run, STARTED | {"resumed": True}, {"kind": "finished", "metrics": {}}, age=-1.0)
    assert run_state(run).status == "finished"


def test_what_the_process_prints_later_changes_no_status(run):
    (run / "spawned").write_text(repr(time.time() - 60))
    write(run, STARTED, EPOCH, {"kind": "finished", "metrics": {}}, age=30.0)
    (run / "output.txt").write_text("a warning at the very end\n")
    assert run_state(run).status == "finished"


def test_an_epoch_trained_again_after_a_resume_replaces_its_former_self(run):
    second = EPOCH | {"epoch": 2, "train_loss": 0.4}
    write(run, STARTED, EPOCH, second, {"kind": "stopped"}, STARTED | {"resumed": True}, second | {"train_loss": 0.3})
    assert [figures.train_loss for figures in run_state(run).history] == [0.5, 0.3]
    write(run, STARTED | {"resumed": False}, EPOCH)
    assert [figures.epoch for figures in run_state(run).history] == [1]


def test_a_folder_without_a_run_is_no_run(tmp_path):
    with pytest.raises(ConfigError, match="Choose one from the list"):
        resume_run(tmp_path / "nothing")


def test_a_run_that_cannot_be_trained_starts_no_process(tiny_corpus, tiny_recipe, tiny_run, monkeypatch, workspace):
    monkeypatch.setattr(jobs, "_spawn", lambda run: pytest.fail("a process was started"))
    with pytest.raises(ConfigError, match="Did you mean 'epochs'"):
        start_run(corpus=str(tiny_corpus), recipe=tiny_recipe, overrides=["stages.0.epoch=1"])
    before = (tiny_run / "config.toml").read_bytes()
    with pytest.raises(ConfigError, match="holds one already"):
        start_run(corpus=str(tiny_corpus), recipe=tiny_recipe, run_directory=tiny_run)
    assert (tiny_run / "config.toml").read_bytes() == before
    assert list_runs() == []


def runs_available() -> list[str]:
    return [entry.name for entry in available() if entry.name.startswith("runs/")]


def wait_for(run: Path, *statuses: str) -> str:
    deadline = time.monotonic() + 280
    while (status := run_state(run).status) not in statuses:
        assert status not in ("failed", "lost"), run_state(run).message
        assert time.monotonic() < deadline, f"still {status}"
        time.sleep(0.1)
    return status


def test_a_real_process_is_stopped_while_it_starts_goes_on_and_is_listed(tiny_corpus, tiny_recipe, workspace):
    run = start_run(corpus=str(tiny_corpus), recipe=tiny_recipe, overrides=["stages.0.epochs=1"])
    assert run.parent == workspace / "runs"
    assert list_runs() == [run]
    assert run_state(run).status == "starting"
    request_stop(run)
    wait_for(run, "stopped")
    assert runs_available() == []

    resume_run(run)
    assert wait_for(run, "starting", "reading", "running", "finished") != "stopped"
    wait_for(run, "finished")
    state = run_state(run)
    assert (state.epoch, state.epochs, state.checkpoint) == (2, 2, run / "checkpoint")
    assert state.metrics["test"]["angle"].utterances == 9
    assert runs_available() == [f"runs/{run.name}"]
