"""Sweeps in processes of their own: what their folder says, and a real one that is stopped and goes on."""

import json
import os
import time
from pathlib import Path

import pytest

from ser_core.errors import ConfigError, SerError
from ser_core.experiments import sweep_jobs
from ser_core.experiments.sweep_jobs import continue_sweep, start_sweep, stop_sweep, sweep_state
from ser_core.experiments.sweep_result import read_sweep_result, sweep_folders
from ser_core.locks import ProcessLock


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A sweep of four trainings, two of them done, started a minute ago."""
    (tmp_path / "sweep.json").write_text(json.dumps({"points": [], "trainings": 4}))
    (tmp_path / "command.json").write_text('["sweep", "quick"]')
    (tmp_path / "spawned").write_text(repr(time.time() - 60))
    (tmp_path / "output.txt").write_text("one\ntoo little memory\n")
    for point in ("a=1", "a=2"):
        (tmp_path / point / "seed-0").mkdir(parents=True)
        (tmp_path / point / "seed-0" / "fold-1.json").write_text("{}")
    return tmp_path


def test_a_sweep_at_work_tells_how_many_trainings_are_done_and_how_long_the_others_take(folder):
    with ProcessLock(folder / "lock", "the sweep", ConfigError):
        state = sweep_state(folder)
    assert (state.alive, state.finished, state.can_stop, state.can_continue) == (True, False, True, False)
    assert state.progress.words == "2 of 4 trainings"
    assert state.progress.share == 0.5
    assert state.progress.seconds_left == pytest.approx(60, abs=5)  # two took a minute
    assert state.message == ""


def test_trainings_of_an_earlier_process_do_not_count_for_the_time_left(folder):
    first = folder / "a=1" / "seed-0" / "fold-1.json"
    os.utime(first, (time.time() - 3600, time.time() - 3600))
    with ProcessLock(folder / "lock", "the sweep", ConfigError):
        assert sweep_state(folder).progress.seconds_left == pytest.approx(120, abs=10)  # one took a minute


def test_one_that_has_stopped_says_its_last_words_and_can_go_on(folder):
    (folder / "ended").write_text((folder / "spawned").read_text())
    state = sweep_state(folder)
    assert (state.alive, state.finished, state.can_stop, state.can_continue) == (False, False, False, True)
    assert state.message == "too little memory"
    assert state.progress.seconds_left is None


def test_one_of_a_terminal_is_neither_stopped_nor_continued_from_here(folder):
    for name in ("command.json", "spawned"):
        (folder / name).unlink()
    with ProcessLock(folder / "lock", "the sweep", ConfigError):
        assert not sweep_state(folder).can_stop
    assert not sweep_state(folder).can_continue
    with pytest.raises(ConfigError, match="Repeat its command in the terminal"):
        continue_sweep(folder)


def test_a_finished_one_is_done(folder):
    (folder / "sweep.json").write_text(json.dumps({"points": [{}], "trainings": 2}))
    state = sweep_state(folder)
    assert (state.alive, state.finished, state.can_continue, state.message) == (False, True, False, "")


def test_one_that_ends_while_its_folder_is_read_is_done_not_stopped(folder, monkeypatch):
    def is_held_no_longer(lock: Path) -> bool:
        (folder / "sweep.json").write_text(json.dumps({"points": [{}], "trainings": 2}))
        return False

    monkeypatch.setattr(sweep_jobs, "is_held", is_held_no_longer)
    (folder / "ended").write_text((folder / "spawned").read_text())
    state = sweep_state(folder)
    assert (state.finished, state.can_continue) == (True, False)


def test_what_does_not_fit_is_refused_before_anything_is_written(workspace, tiny_corpus):
    with pytest.raises(ConfigError, match="Expected a sweep among"):
        start_sweep("dai-lamda", corpus=str(tiny_corpus), seeds=[0])
    with pytest.raises(SerError, match=r"nowhere\.csv"):
        start_sweep("dai-lambda", corpus="nowhere.csv", seeds=[0])
    assert not (workspace / "sweeps").exists()


def test_a_real_one_is_stopped_and_goes_on_in_its_folder(workspace, tiny_corpus):
    folder = start_sweep("triplets-or-softmax-quick", corpus=str(tiny_corpus), seeds=[0])
    assert folder == workspace / "sweeps" / "triplets-or-softmax-quick"
    assert sweep_folders() == [folder]
    assert sweep_state(folder).alive
    wait_until(lambda: sweep_state(folder).progress.total == 2)  # recipes, each once
    stop_sweep(folder)
    wait_until(lambda: not sweep_state(folder).alive)
    assert sweep_state(folder).can_continue
    continue_sweep(folder)
    wait_until(lambda: "2 folds to train" in (folder / "output.txt").read_text())
    assert sweep_state(folder).can_stop
    stop_sweep(folder)
    wait_until(lambda: not sweep_state(folder).alive)
    assert read_sweep_result(folder).seeds == (0,)
    assert sweep_jobs._fresh("triplets-or-softmax-quick").name == "triplets-or-softmax-quick-2"


def wait_until(condition, seconds: float = 300.0) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it took too long"
        time.sleep(0.2)
