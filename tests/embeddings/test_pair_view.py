"""A view of two spaces holds what was set and nothing else."""

import json
from urllib.parse import parse_qs

import pytest

from ser_core.embeddings.map_view import Camera
from ser_core.embeddings.pair_view import PairView, plain_pair, read_pair_view
from ser_core.embeddings.view_text import OF_TWO
from ser_core.errors import ViewError

SPACES = PairView(
    first="demo", second="file ä & b", training=True, neighbours=7, selected=("a b.wav", "c.wav#t=1,2"),
    pressed="a b.wav", search="ä & b=1?#", hidden=(("emotion", ("sad", "x=1")), ("a:b & c", ("1",))),
    camera=Camera((0.1, 0.25, 0.0), 3.5),
)  # fmt: skip
EPOCHS = PairView(run="first", first_epoch=0, second_epoch=8, epoch=3, measure="angle", colour="speaker", lines="none")


@pytest.mark.parametrize("view", [PairView(), SPACES, EPOCHS])
def test_a_view_comes_back_from_plain_values_json_and_link(view: PairView):
    assert read_pair_view(json.loads(json.dumps(plain_pair(view)))) == (view, ())
    assert OF_TWO.read_json(OF_TWO.json(view, "mine").encode()) == ("mine", view, ())
    assert OF_TWO.read_query(parse_qs(OF_TWO.link(view).query)) == (view, ())


def test_a_link_can_be_read_by_people():
    assert OF_TWO.link(EPOCHS).query == (
        "run=first&first_epoch=0&second_epoch=8&epoch=3&measure=angle&lines=none&colour=speaker"
    )


def test_a_selection_that_is_too_long_for_a_link_is_left_out_and_counted():
    made = OF_TWO.link(PairView(first="demo", selected=tuple(f"speaker/{number:04}.wav" for number in range(300))))
    assert (made.query, made.left_out) == ("first=demo", 300)


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"first": 7}, "at most 500 letters for first; got 7"),
        ({"run": "one", "first": "two"}, "two spaces or a run, not both"),
        ({"first_epoch": -1}, "a whole number for first epoch; got -1"),
        ({"first_epoch": True}, "a whole number for first epoch"),
        ({"epoch": 1.5}, "a whole number for epoch; got 1.5"),
        ({"training": "yes"}, "yes or no for training"),
        ({"neighbours": 10**400}, "a number of very many digits"),
        ({"selected": "a.wav"}, "a list of names"),
        ({"camera": {"zoom": 1e9}}, "a zoom from 0.5 to 2000; got 1000000000.0"),
        ({"camera": {"centre": [2, 0, 0]}}, "three numbers from -1 to 1 for the middle of the map"),
        ({"camera": {"lens": 3}}, "centre, zoom and turn of the camera; got 'lens'"),
        ({"hidden": ["sad"]}, "columns with hidden values"),
        ({"search": 3}, "at most 500 letters for search; got 3"),
        ({"path": "/etc/passwd"}, "only what a view holds; got 'path'"),
    ],
)
def test_what_cannot_be_true_is_left_out_with_the_reason_and_the_rest_is_kept(values: dict, told: str):
    view, notes = read_pair_view({"colour": "speaker", **values})
    assert told in " ".join(notes)
    assert view.colour == "speaker"


def test_a_view_is_checked_when_it_is_built():
    with pytest.raises(ViewError, match="Expected"):
        PairView(neighbours=-3)
