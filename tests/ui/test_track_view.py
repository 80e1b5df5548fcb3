"""What the picture of a track sends is taken only where it is a moment of this track."""

from types import SimpleNamespace
from typing import Any

import pytest

from ser_core.tracks.segments import Segment
from ui.components.track_view import checked
from ui.views.tracks.picture import segment_at

TRACK: Any = SimpleNamespace(
    duration_seconds=30.0,
    segments=(Segment(0.0, 10.0, "sad", range(1)), Segment(10.0, 30.0, "angry", range(1, 2))),
)


def test_a_moment_of_the_track_is_taken_and_one_outside_is_moved_to_its_end():
    assert checked({"identity": "a", "at": 12.5}, TRACK, "a") == 12.5
    assert checked({"identity": "a", "at": 40}, TRACK, "a") == 30.0
    assert checked({"identity": "a", "at": -1}, TRACK, "a") == 0.0


@pytest.mark.parametrize(
    "value",
    [
        None, 3, "12", [], {}, {"at": 3}, {"identity": "b", "at": 3}, {"identity": "a"}, {"identity": "a", "at": True},
        {"identity": "a", "at": "3"}, {"identity": "a", "at": float("nan")}, {"identity": "a", "at": 10**400},
    ],
)  # fmt: skip
def test_anything_else_from_the_browser_is_no_moment(value: Any):
    assert checked(value, TRACK, "a") is None


@pytest.mark.parametrize(("moment", "number"), [(0.0, 0), (9.999, 0), (10.0, 1), (30.0, 1)])
def test_a_moment_lies_in_the_segment_that_holds_it(moment: float, number: int):
    assert segment_at(TRACK, moment) == number
