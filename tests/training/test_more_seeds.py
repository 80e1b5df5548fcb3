"""Runs trained once more under other seeds: which, in which order, how far they are, and how they are stopped."""

import tomllib

import pytest

from ser_core.errors import StoppedError, TrainingError
from ser_core.jobs import Progress
from ser_core.jobs.queue import Job
from ser_core.training import jobs, more_seeds
from ser_core.training.jobs import start_run_again
from ser_core.training.more_seeds import train_more_seeds
from ser_core.training.run_names import rename_run, run_title


@pytest.fixture
def without_process(monkeypatch):
    """Let no run be trained: what is tested is what would be."""
    monkeypatch.setattr(jobs, "_spawn", lambda run: None)


@pytest.mark.usefixtures("workspace", "without_process")
def test_a_run_under_another_seed_has_its_settings_and_its_name_and_another_seed(plant_run):
    run = plant_run("one", settings={"dropout": 0.3})
    rename_run(run, "Much dropout")
    before = tomllib.loads((run / "config.toml").read_text())
    again = start_run_again(run, seed=4)
    assert again != run
    assert tomllib.loads((again / "config.toml").read_text()) == before | {"seed": 4}
    assert run_title(again) == "Much dropout"
    assert tomllib.loads((run / "config.toml").read_text()) == before


@pytest.mark.usefixtures("workspace", "without_process")
def test_a_run_without_a_name_gives_none(plant_run):
    again = start_run_again(plant_run("one"), seed=1)
    assert run_title(again) == again.name


class Trainings:
    """Runs that finish, or end otherwise, when they are looked at for the second time."""

    def __init__(self) -> None:
        self.ending = "finished"
        self.asked, self.looks, self.stopped = [], {}, []

    def start(self, run, *, seed):
        self.asked.append((run.name, seed))
        return run.with_name(f"{run.name}-{seed}")

    def state(self, run):
        self.looks[run.name] = self.looks.get(run.name, 0) + 1
        status = "running" if self.looks[run.name] == 1 else self.ending
        progress = Progress(1, 4, words="Epoch 1 of 4")
        return jobs.RunState(run.name, run, status, progress, message="No memory.")


@pytest.fixture
def trainings(monkeypatch):
    made = Trainings()
    monkeypatch.setattr(more_seeds, "start_run_again", made.start)
    monkeypatch.setattr(more_seeds, "run_state", made.state)
    monkeypatch.setattr(more_seeds, "request_stop", lambda run: made.stopped.append(run.name))
    monkeypatch.setattr(more_seeds, "_SECONDS_BETWEEN_LOOKS", 0.0)
    return made


@pytest.fixture
def job():
    told: list[Progress] = []
    one = Job("key", lambda job: None, "visitor", "stopped")
    report = one.report

    def keep(progress: Progress) -> None:
        told.append(progress)
        report(progress)

    one.report = keep
    return one, told


def test_every_run_is_trained_under_a_seed_before_the_next_seed_begins(trainings, job, tmp_path):
    one, two = tmp_path / "one", tmp_path / "two"
    made = train_more_seeds({one: (1, 2), two: (2,)}, job[0])
    assert trainings.asked == [("one", 1), ("two", 2), ("one", 2)]
    assert [run.name for run in made] == ["one-1", "two-2", "one-2"]


def test_the_progress_counts_runs_and_what_of_the_present_one_is_done(trainings, job, tmp_path):
    train_more_seeds({tmp_path / "one": (1, 2)}, job[0])
    assert [(one.done, one.total) for one in job[1]] == [(0, 2), (0.25, 2), (1, 2), (1.25, 2)]
    assert job[1][1].words == "Training 1 of 2: Epoch 1 of 4"
    assert job[1][3].seconds_left is not None


def test_given_up_it_stops_the_run_at_work_and_starts_no_other(trainings, job, tmp_path, monkeypatch):
    one, _ = job

    def state(run):
        one._stop()  # as the button of the page does, by its queue
        return trainings.state(run)

    monkeypatch.setattr(more_seeds, "run_state", state)
    with pytest.raises(StoppedError):
        train_more_seeds({tmp_path / "one": (1, 2)}, one)
    assert trainings.asked == [("one", 1)]
    assert trainings.stopped == ["one-1"]


def test_a_run_that_ends_without_a_model_ends_all_with_its_message(trainings, job, tmp_path):
    trainings.ending = "failed"
    with pytest.raises(TrainingError, match="one-1 to finish; it is failed. No memory. See it on the page Train"):
        train_more_seeds({tmp_path / "one": (1, 2)}, job[0])
    assert trainings.asked == [("one", 1)]
