"""Recordings are judged one after another beside the pages; each can be given up."""

import threading

import pytest

from ser_core.errors import AudioError, StoppedError
from ser_core.tracks.jobs import TrackJobs
from ser_core.tracks.judging import JUDGING, HowFar

PATIENCE = 60


class Held:
    """Work that goes on until it is let go."""

    def __init__(self, track) -> None:
        self.track, self.begun, self.free = track, threading.Event(), threading.Event()

    def __call__(self, progress):
        self.begun.set()
        while not self.free.wait(0.01):
            progress(HowFar(JUDGING, 1.0, 4.0, 0.25, 3.0))
        return self.track


def test_a_finished_track_is_there_for_whoever_asks_by_its_key(track):
    jobs = TrackJobs()
    job = jobs.begin("a", lambda progress: track)
    assert job.result(PATIENCE) is track
    assert jobs.asked("a") is job
    assert jobs.begin("a", lambda progress: pytest.fail("made twice")) is job
    assert jobs.asked("b") is None


def test_one_is_made_at_a_time_and_the_others_know_how_many_are_before_them(track):
    jobs, first, second = TrackJobs(), Held(track), Held(track)
    one, two, three = jobs.begin("1", first), jobs.begin("2", second), jobs.begin("3", Held(track))
    assert first.begun.wait(PATIENCE)
    assert not second.begun.is_set()
    assert [jobs.before(job) for job in (one, two, three)] == [0, 1, 2]
    assert two.how_far is None
    three.stop()
    first.free.set()
    assert second.begun.wait(PATIENCE)
    assert jobs.before(two) == 0
    second.free.set()
    assert two.result(PATIENCE) is track
    with pytest.raises(StoppedError):
        three.result(PATIENCE)


def test_a_stopped_track_ends_at_its_next_step_and_can_be_asked_for_again(track):
    jobs, work = TrackJobs(), Held(track)
    job = jobs.begin("a", work)
    assert work.begun.wait(PATIENCE)
    job.stop()
    with pytest.raises(StoppedError, match="it was stopped. Judge it anew"):
        job.result(PATIENCE)
    assert jobs.asked("a") is None
    assert jobs.begin("a", lambda progress: track).result(PATIENCE) is track


def test_what_goes_wrong_reaches_the_one_who_asked_and_nobody_else(track):
    def refuse(progress):
        raise AudioError("Expected speech.")

    jobs = TrackJobs()
    job = jobs.begin("a", refuse)
    with pytest.raises(AudioError, match="Expected speech"):
        job.result(PATIENCE)
    assert job.failed()
    assert jobs.begin("b", lambda progress: track).result(PATIENCE) is track
    assert jobs.begin("a", lambda progress: track).result(PATIENCE) is track


def test_only_the_last_finished_tracks_are_kept(track):
    jobs = TrackJobs(keep=2)
    for key in "abcd":
        jobs.begin(key, lambda progress: track).result(PATIENCE)
    assert jobs.asked("d") is not None
    assert [jobs.asked(key) is not None for key in "abcd"] == [False, False, True, True]


def test_the_tracks_of_a_visitor_who_has_left_are_dropped_and_those_of_others_stay(track):
    jobs = TrackJobs()
    for key in ("anna|1", "anna|2", "ben|1"):
        jobs.begin(key, lambda progress: track).result(60)
    jobs.forget("anna|")
    assert [jobs.asked(key) is None for key in ("anna|1", "anna|2", "ben|1")] == [True, True, False]
