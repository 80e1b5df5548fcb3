"""A view holds what was set and nothing else: whatever is out of its form is left out, with the reason."""

import json
import math
from dataclasses import replace
from urllib.parse import parse_qs

import pytest

from ser_core.embeddings import view_text
from ser_core.embeddings.map_view import Camera
from ser_core.embeddings.view import View, plain, read_view
from ser_core.embeddings.view_text import OF_ONE
from ser_core.embeddings.view_values import MOST_NAMES
from ser_core.errors import SerError, ViewError

FULL = View(
    space="runs/2026-01-02 first",
    training=True,
    split="test",
    label="style",
    directions="medoid",
    row="angry",
    column="a&b",
    method="UMAP",
    dimensions=3,
    sphere=True,
    settings=(("min_distance", 0.25), ("neighbours", 12), ("seed", 2**31 - 1), ("start", "random")),
    colour="speaker",
    search="ä & b=1?#",
    hidden=(("emotion", ("sad", "x=1")), ("a:b & c", ("1",))),
    limits=(("confidence", (0.25, 0.875)), ("a:b, c", (-3, 1e-7))),
    camera=Camera((0.1, 0.25, -1.0), 3.5, (7.25, -0.2)),
    selected=("a b.wav", "c/d.wav#t=1.5,3"),
    pressed="c/d.wav#t=1.5,3",
)


@pytest.mark.parametrize("view", [View(), FULL, replace(FULL, kind="file", method="t-SNE", settings=(), sphere=False)])
def test_a_view_comes_back_from_plain_values_json_and_link(view: View):
    assert read_view(json.loads(json.dumps(plain(view)))) == (view, ())
    assert OF_ONE.read_json(OF_ONE.json(view, "mine").encode()) == ("mine", view, ())
    assert OF_ONE.read_query(parse_qs(OF_ONE.link(view).query)) == (view, ())


def test_a_link_can_be_read_by_people():
    view = View(
        space="demo", training=True, method="t-SNE", settings=(("perplexity", 20), ("seed", 3)), colour="speaker"
    )
    hidden = replace(view, hidden=(("emotion", ("sad", "calm")),), camera=Camera(zoom=2.5))
    assert OF_ONE.link(hidden).query == (
        "model=demo&training=yes&method=t-SNE&perplexity=20&seed=3&colour=speaker&hide.emotion=sad&hide.emotion=calm&zoom=2.5"
    )


def test_a_selection_that_is_too_long_for_a_link_is_left_out_and_counted():
    names = tuple(f"speaker/{number:04}.wav" for number in range(300))
    view = View(space="demo", selected=names, pressed=names[0])
    made = OF_ONE.link(view)
    assert (made.query, made.left_out) == ("model=demo", 300)
    assert OF_ONE.link(view, longest=10**6).left_out == 0
    assert OF_ONE.read_json(OF_ONE.json(view).encode())[1].selected == names


NOT_A_NUMBER = json.loads("NaN")
REFUSED = [
    ({"model": 7}, "at most 500 letters for space; got 7"),
    ({"model": "a" * 501}, "at most 500 letters"),
    ({"search": "\ud800"}, "at most 500 letters for search"),
    ({"training": "yes"}, "yes or no for training; got 'yes'"),
    ({"method": "t-SNe"}, "Did you mean 't-SNE'"),
    ({"method": ["PCA"]}, "letters for method"),
    ({"dimensions": 4}, "2 or 3 dimensions; got 4"),
    ({"dimensions": True}, "2 or 3 dimensions"),
    ({"dimensions": 2.0}, "2 or 3 dimensions"),
    ({"sphere": True}, "a map on the sphere"),
    ({"method": "t-SNE", "settings": {"perplexity": "30"}}, "a number for perplexity; got '30'"),
    ({"method": "t-SNE", "settings": {"perplexity": NOT_A_NUMBER}}, "a number for perplexity"),
    ({"method": "t-SNE", "settings": {"perplexity": 10**400}}, "a number of very many digits"),
    ({"method": "t-SNE", "settings": {"perplexty": 30}}, "Did you mean 'perplexity'"),
    ({"method": "t-SNE", "settings": {"start": {}}}, "Expected a start among PCA, random"),
    ({"settings": {"seed": 1}}, "no parameters with PCA"),
    ({"settings": 5}, "parameters of the map"),
    ({"hidden": [["emotion", "sad"]]}, "columns with hidden values"),
    ({"hidden": {"emotion": "sad"}}, "a list of hidden values; got 'sad'"),
    ({"hidden": {str(number): [] for number in range(201)}}, "got 201 of them"),
    ({"camera": 1}, "numbers of the camera"),
    ({"camera": {"zoom": math.inf}}, "a zoom from 0.5 to 2000; got inf"),
    ({"camera": {"zoom": 0}}, "a zoom from 0.5 to 2000; got 0"),
    ({"camera": {"centre": [0, 0, 1.5]}}, "three numbers from -1 to 1"),
    ({"camera": {"centre": [0, 0]}}, "three numbers from -1 to 1"),
    ({"camera": {"turn": [0, 2]}}, "from -π/2 to π/2"),
    ({"camera": {"up": [0, 0, 1]}}, "centre, zoom and turn of the camera; got 'up'"),
    ({"selected": "a.wav"}, "a list of names"),
    ({"selected": [1, ["a"], None, {}]}, "got 1 and 3 more like it"),
    ({"selected": [str(number) for number in range(MOST_NAMES + 1)]}, "at most 100000 selected"),
    ({"path": "/etc/passwd"}, "only what a view holds; got 'path'"),
    ({"__class__": "x", "b": 1, "c": 2}, "got '__class__' and 2 more"),
]


@pytest.mark.parametrize(("values", "told"), REFUSED)
def test_what_cannot_be_true_is_left_out_with_the_reason_and_the_rest_is_kept(values: dict, told: str):
    view, notes = read_view({"split": "test", "colour": "speaker", **values})
    assert any(told in note for note in notes), notes
    assert all(len(note) <= 401 for note in notes)
    assert (view.split, view.colour) == ("test", "speaker")
    assert view.method == ("t-SNE" if values.get("method") == "t-SNE" else "PCA")
    assert (view.settings, view.camera, view.selected, view.space) == ((), None, (), "")


@pytest.mark.parametrize("ends", [[1], [2, 1], [0, "x"], "01", 3, [0, math.inf], [True, 2], [0, 1, 2]])
def test_limits_of_a_column_are_two_numbers_in_their_order_or_left_out(ends: object):
    view, notes = read_view({"limits": {"good": [0, 1], "bad": ends}})
    assert view.limits == (("good", (0, 1)),)
    assert any("a lowest and a highest number of what is shown of 'bad'" in note for note in notes)


def test_the_good_part_of_a_list_is_kept():
    view, notes = read_view({"selected": ["a", 1, "b", "a"], "method": "t-SNE", "settings": {"seed": 3, "x": 1}})
    assert (view.selected, view.settings) == (("a", "b"), (("seed", 3),))
    assert len(notes) == 2


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ({"zoom": ["1e999"]}, "a zoom"),
        ({"zoom": ["<script>alert(1)</script>"]}, "a zoom"),
        ({"centre": ["1,2"]}, "three numbers"),
        ({"dimensions": ["9" * 5000]}, "2 or 3 dimensions"),
        ({"training": ["perhaps"]}, "yes or no"),
        ({"model": ["a", "b"]}, "one value for 'model'; got 2"),
        ({"perplexity": ["30"]}, "no parameters with PCA"),
        ({"method": ["t-SNE"], "perplexity": ["many"]}, "a number for perplexity; got 'many'"),
        ({"settings": ["x"]}, "parameters of the map"),
        ({"hidden": ["x"], "camera": ["y"]}, "columns with hidden values"),
        ({"utm_source": ["mail"]}, "got 'utm_source'"),
        ({"hide.": ["sad"]}, ""),
    ],
)
def test_a_link_with_anything_in_it_is_read_without_it(query: dict, told: str):
    view, notes = OF_ONE.read_query({**query, "colour": ["speaker"]})
    assert view.colour == "speaker"
    assert told in " ".join(notes)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "as JSON"),
        (b"\xff\xfe", "as JSON"),
        (b"[" * 100_000, "as JSON"),
        (b'{"a": ' + b"9" * 5000 + b"}", "as JSON"),
        (b"[]", "other JSON"),
        (b'{"format": "something"}', "other JSON"),
        (b'{"format": "view of an embedding space"}', "version 1"),
        (b'{"format": "view of an embedding space", "version": true}', "version 1"),
        (b'{"format": "view of an embedding space", "version": 2}', "got 2"),
    ],
)
def test_json_that_is_no_view_is_refused_with_the_way_on(content: bytes, told: str):
    with pytest.raises(ViewError, match=told) as refused:
        OF_ONE.read_json(content)
    assert "Choose the file" in str(refused.value) or "Save the view again" in str(refused.value)


def test_a_view_that_no_reader_can_read_is_told_with_the_reason(damaged_json):
    text, told = damaged_json
    with pytest.raises(ViewError, match=f"Expected a view as JSON; got: {told}.*Choose the file that was saved as"):
        OF_ONE.read_json(text.encode())


def test_a_file_that_is_too_large_is_not_even_parsed(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(view_text, "MOST_BYTES", 10)
    with pytest.raises(ViewError, match="at most 0 MB"):
        OF_ONE.read_json(b'{"format": "view of an embedding space"}')


@pytest.mark.parametrize("changes", [{"kind": "folder"}, {"method": "LDA"}, {"camera": None, "dimensions": 1}])
def test_a_view_is_checked_when_it_is_built(changes: dict):
    with pytest.raises(SerError, match="Expected"):
        View(**changes)
