"""The time left is what the rest takes at the mean speed so far."""

import pytest

from ser_core.jobs import Pace, Progress, progress


@pytest.fixture
def clock(monkeypatch):
    now = [100.0]
    monkeypatch.setattr(progress.time, "monotonic", lambda: now[0])
    return now


def test_the_time_left_counts_from_the_first_look_and_what_was_done_then(clock):
    pace = Pace()
    assert pace.seconds_left(1000, 5000) is None
    clock[0] += 2
    assert pace.seconds_left(1000, 5000) is None  # nothing was gained
    clock[0] += 2
    assert pace.seconds_left(2000, 5000) == 12.0  # 4 s for 1000, and 3000 are left
    assert pace.seconds_left(5000, 5000) == 0.0
    assert pace.seconds_left(3000, None) is None


def test_looks_that_are_ignored_do_not_slow_the_pace(clock):
    pace = Pace(ignored=1)
    assert pace.seconds_left(0, 10) is None
    clock[0] += 60  # libraries are loaded
    assert pace.seconds_left(1, 10) is None
    clock[0] += 1
    assert pace.seconds_left(2, 10) == 8.0


@pytest.mark.parametrize(
    ("done", "total", "share"), [(0, 0, 0.0), (3, 4, 0.75), (5, 4, 1.0), (-1, 4, 0.0), (7, None, 0.0)]
)
def test_the_share_lies_between_nothing_and_all(done, total, share):
    assert Progress(done, total).share == share
