"""What the browser says about the map is checked: only ids that were drawn come through."""

import numpy as np
import pytest

from ui.components.point_map import MapMessage, checked

IDS = np.array([4, 7, 9, 2**32 - 1])


def test_known_ids_come_through_once_and_in_their_order():
    assert checked({"selected": [9, 4, 9], "clicked": 7, "missing": False}, IDS) == MapMessage((9, 4), 7, False, 0)


def test_unknown_ids_are_left_out_and_counted():
    assert checked({"selected": [4, 5, 10**30, -1], "clicked": 8}, IDS) == MapMessage((4,), None, False, 4)


@pytest.mark.parametrize(
    "value",
    [
        None,
        "selected",
        [4],
        7,
        {"selected": None},
        {"selected": "4"},
        {"selected": {"4": 4}, "clicked": []},
        {"selected": [[4]], "clicked": {"id": 4}},
        {"selected": [True, 4.0, "4", None, float("nan")], "clicked": True},
        {"selected": ["__import__('os')"], "clicked": "4; DROP TABLE", "missing": "true"},
    ],
)
def test_hostile_answers_select_nothing(value):
    answer = checked(value, IDS)
    assert (answer.selected, answer.clicked, answer.missing) == ((), None, False)


def test_a_browser_that_cannot_draw_says_so():
    assert checked({"selected": [], "clicked": None, "missing": True}, IDS).missing


def test_how_a_map_looks_comes_through_as_it_is_and_nothing_else_does():
    kept = {"colour": "speaker", "hidden": {"emotion": ["sad"]}, "path": "/etc/passwd"}
    assert checked(None, IDS, kept).kept == {"colour": "speaker", "hidden": {"emotion": ["sad"]}}
    assert checked({"selected": [4]}, IDS, "all of it").kept is None
