"""Maps beside the page: shared by content, stopped when nobody wants them, one at a time for each visitor."""

import os
import time
from collections.abc import Callable, Iterator

import numpy as np
import pytest

from ser_core.errors import InputError, MapError, StoppedError
from ser_core.geometry.map_jobs import MapJobs
from ser_core.geometry.maps import PCA, TSNE, MapRequest
from ser_core.jobs.queue import Job
from ser_core.types import FloatArray

QUICK, QUICK_TOO = MapRequest(PCA, 2), MapRequest(PCA, 3)
SHORT = MapRequest(TSNE, 2, (("iterations", 50), ("perplexity", 3)))
ENDLESS = MapRequest(TSNE, 2, (("iterations", 5000), ("perplexity", 3)))
PATIENCE = 120.0  # seconds that a busy computer may take


def close(jobs: MapJobs) -> None:
    for job in list(jobs._jobs.values()):
        for visitor in list(job._visitors):
            jobs.leave(job, visitor)


@pytest.fixture
def jobs() -> Iterator[MapJobs]:
    made = MapJobs(at_once=2, patience=PATIENCE)
    yield made
    close(made)


@pytest.fixture
def vectors(random: np.random.Generator) -> FloatArray:
    return random.normal(size=(400, 8)).astype(np.float32)


def until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end
        time.sleep(0.02)


def process_of(job: Job[FloatArray]) -> int:
    until(lambda: job._kill is not None)
    return job._kill.args[0].pid


def gone(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return True
    return False


def test_a_map_from_a_process_is_the_map_that_is_computed_here_and_is_not_computed_twice(
    jobs: MapJobs, vectors: FloatArray
) -> None:
    small = vectors[:40]
    job = jobs.begin(SHORT, small, "anna")
    process = process_of(job)
    np.testing.assert_array_equal(job.result(PATIENCE), SHORT.points(small))
    assert not job.failed()
    assert jobs.begin(SHORT, small.copy(), "bert") is job
    with pytest.raises(InputError, match="zero length in row 0"):
        jobs.begin(SHORT, np.zeros((12, 4), dtype=np.float32), "bert").result(PATIENCE)
    assert process_of(jobs.begin(ENDLESS, vectors, "bert")) == process  # with its libraries loaded


def test_stopping_ends_the_process_unless_another_visitor_waits(jobs: MapJobs, vectors: FloatArray) -> None:
    job = jobs.begin(ENDLESS, vectors, "anna")
    assert jobs.begin(ENDLESS, vectors, "bert") is job
    until(lambda: (job.progress.seconds_left or 0) > 0)
    assert 0 < job.progress.share < 1
    process = process_of(job)
    jobs.leave(job, "anna")
    assert not gone(process)
    assert not job.done()
    jobs.leave(job, "bert")
    assert gone(process)
    with pytest.raises(StoppedError, match="it was stopped. Press Compute"):
        job.result(0)
    assert jobs.begin(ENDLESS, vectors, "anna") is not job


def test_whoever_asks_for_many_maps_holds_up_nobody(jobs: MapJobs, vectors: FloatArray) -> None:
    first, second = (jobs.begin(ENDLESS.with_seed(seed), vectors, "anna") for seed in (1, 2))
    process_of(first)
    assert jobs.before(second) == 1
    assert jobs.begin(QUICK, vectors[:40], "bert").result(PATIENCE).shape == (40, 2)
    assert second._kill is None
    jobs.leave(first, "anna")
    process_of(second)


def test_a_map_that_nobody_looks_at_gives_way_to_one_that_somebody_waits_for(vectors: FloatArray) -> None:
    jobs = MapJobs(at_once=1, patience=0.0)
    try:
        deserted = jobs.begin(ENDLESS, vectors, "anna")
        process = process_of(deserted)
        assert jobs.begin(QUICK, vectors[:40], "bert").result(PATIENCE).shape == (40, 2)
        assert deserted.failed()
        assert gone(process)
    finally:
        close(jobs)


def test_a_process_that_dies_is_told_and_the_next_attempt_begins_anew(jobs: MapJobs, vectors: FloatArray) -> None:
    job = jobs.begin(ENDLESS, vectors, "anna")
    until(lambda: job.progress.share > 0)
    os.kill(process_of(job), 9)
    with pytest.raises(MapError, match="has ended, most likely for want of memory. Choose fewer"):
        job.result(PATIENCE)
    assert jobs.begin(ENDLESS, vectors, "anna") is job
    jobs.forget_failed(job.key)
    assert jobs.begin(ENDLESS, vectors, "anna") is not job


def test_of_finished_maps_the_last_are_kept(vectors: FloatArray) -> None:
    jobs = MapJobs(at_once=1, keep=1)
    try:
        first, second = (jobs.begin(request, vectors[:20], "anna") for request in (QUICK, QUICK_TOO))
        second.result(PATIENCE)
        assert jobs.begin(QUICK_TOO, vectors[:20], "anna") is second
        assert jobs.begin(QUICK, vectors[:20], "anna") is not first
    finally:
        close(jobs)


def test_what_is_out_of_range_starts_no_process(jobs: MapJobs, vectors: FloatArray) -> None:
    with pytest.raises(InputError, match="for perplexity"):
        jobs.begin(MapRequest(TSNE, 2, (("perplexity", 300),)), vectors, "anna")
    assert not jobs._jobs


def test_new_points_are_placed_in_a_process_where_they_would_be_placed_here(jobs: MapJobs, vectors: FloatArray) -> None:
    known, new = vectors[:40], vectors[40:43]
    points = SHORT.points(known)
    job = jobs.begin_placing(SHORT, new, known, points, "anna")
    assert job is not jobs.begin_placing(SHORT, new[:1], known, points, "anna")
    assert job is jobs.begin_placing(SHORT, new.copy(), known, points, "bert", SHORT.key(known))
    np.testing.assert_array_equal(job.result(PATIENCE), SHORT.place(new, known, points))
    with pytest.raises(InputError, match="a map of shape"):
        jobs.begin_placing(SHORT, new[:2], known, points[:7], "anna").result(PATIENCE)
