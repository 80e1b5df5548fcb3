"""Work that visitors ask for: shared by key, a few at once, given up when nobody waits for it."""

import threading
import time
from collections.abc import Callable

import pytest

from ser_core.errors import AudioError, StoppedError
from ser_core.jobs import Progress
from ser_core.jobs.queue import Job, JobQueue

PATIENCE = 60.0
STOPPED = "Expected a judged recording; it was stopped. Judge it again."


def queue(**settings) -> JobQueue[str]:
    return JobQueue(stopped=STOPPED, **settings)


class Held:
    """Work that goes on until it is let go."""

    def __init__(self) -> None:
        self.begun, self.free, self.ended = threading.Event(), threading.Event(), threading.Event()

    def __call__(self, job: Job[str]) -> str:
        self.begun.set()
        try:
            while not self.free.wait(0.01):
                job.report(Progress(1, 4, 3.0, "Judging the speech"))
            return "track"
        finally:
            self.ended.set()


def until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end
        time.sleep(0.01)


def test_a_finished_job_is_there_for_whoever_asks_by_its_key():
    jobs = queue()
    job = jobs.ask("a", lambda job: "track", "anna")
    assert job.result(PATIENCE) == "track"
    assert jobs.find("a") is job
    assert jobs.ask("a", lambda job: pytest.fail("done twice"), "bert") is job
    assert jobs.find("b") is None


def test_one_is_done_at_a_time_and_the_others_know_how_many_come_before_them():
    jobs, first, second = queue(), Held(), Held()
    one, two, three = (jobs.ask(str(n), work, f"visitor {n}") for n, work in enumerate((first, second, Held())))
    assert first.begun.wait(PATIENCE)
    assert not second.begun.is_set()
    assert [jobs.before(job) for job in (one, two, three)] == [0, 1, 2]
    until(lambda: one.progress.share == 0.25)
    assert two.progress == Progress(0.0)
    jobs.leave(three, "visitor 2")
    first.free.set()
    assert second.begun.wait(PATIENCE)
    assert jobs.before(two) == 0
    second.free.set()
    assert two.result(PATIENCE) == "track"
    with pytest.raises(StoppedError):
        three.result(PATIENCE)


def test_a_stopped_job_ends_at_its_next_report_and_can_be_asked_for_again():
    jobs, work = queue(), Held()
    job = jobs.ask("a", work, "anna")
    assert work.begun.wait(PATIENCE)
    jobs.leave(job, "anna")
    with pytest.raises(StoppedError, match="it was stopped. Judge it again"):
        job.result(PATIENCE)
    assert work.ended.wait(PATIENCE)
    assert jobs.find("a") is None
    assert jobs.ask("a", lambda job: "track", "anna").result(PATIENCE) == "track"


def test_the_place_of_a_stopped_job_is_free_only_once_its_work_has_ended():
    jobs, hung, let_go = queue(), threading.Event(), threading.Event()

    def deaf(job: Job[str]) -> str:
        hung.set()
        let_go.wait(PATIENCE)
        return "late"

    job, next_one = jobs.ask("a", deaf, "anna"), Held()
    assert hung.wait(PATIENCE)
    jobs.leave(job, "anna")
    waiting = jobs.ask("b", next_one, "bert")
    assert not next_one.begun.wait(0.1)
    let_go.set()
    assert next_one.begun.wait(PATIENCE)
    next_one.free.set()
    assert waiting.result(PATIENCE) == "track"
    assert job.failed()


@pytest.mark.parametrize("before", [True, False])
def test_what_kills_the_work_is_called_whether_the_job_is_stopped_before_or_after_it_is_named(before):
    jobs, begun, named, killed = queue(), threading.Event(), threading.Event(), threading.Event()
    stopped = threading.Event()

    def work(job: Job[str]) -> str:
        begun.set()
        if before:
            stopped.wait(PATIENCE)
        try:
            job.kill_by(killed.set)
        finally:
            named.set()
        killed.wait(PATIENCE)
        return "track"

    job = jobs.ask("a", work, "anna")
    assert (begun if before else named).wait(PATIENCE)
    jobs.leave(job, "anna")
    stopped.set()
    assert killed.wait(PATIENCE)
    with pytest.raises(StoppedError):
        job.result(PATIENCE)


def test_what_goes_wrong_reaches_the_one_who_asked_and_nobody_else():
    def refuse(job: Job[str]) -> str:
        raise AudioError("Expected speech.")

    jobs = queue()
    job = jobs.ask("a", refuse, "anna")
    with pytest.raises(AudioError, match="Expected speech"):
        job.result(PATIENCE)
    assert job.failed()
    assert jobs.ask("b", lambda job: "track", "anna").result(PATIENCE) == "track"
    assert jobs.ask("a", lambda job: "track", "anna") is job
    jobs.forget_failed("a")
    assert jobs.ask("a", lambda job: "track", "anna").result(PATIENCE) == "track"


def test_only_the_last_finished_jobs_are_kept():
    jobs = queue(keep=2)
    for key in "abcd":
        jobs.ask(key, lambda job: "track", "anna").result(PATIENCE)
    assert jobs.find("d") is not None
    assert [jobs.find(key) is not None for key in "abcd"] == [False, False, True, True]


def test_the_jobs_of_a_visitor_who_has_left_are_dropped_and_those_of_others_stay():
    jobs = queue()
    for key, visitor in (("1", "anna"), ("2", "anna"), ("2", "ben"), ("3", "ben")):
        jobs.ask(key, lambda job: "track", visitor).result(PATIENCE)
    running = Held()
    jobs.ask("4", running, "anna")
    assert running.begun.wait(PATIENCE)
    jobs.forget("anna")
    assert [jobs.find(key) is None for key in "1234"] == [True, False, False, True]
    assert running.ended.wait(PATIENCE)
