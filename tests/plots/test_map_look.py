"""A view's names become the ids, columns and categories of a map; what is not there is said."""

import json

import numpy as np
import pandas as pd

from ser_core.embeddings.map_view import Camera
from ser_core.embeddings.view import View
from ser_core.plots.map_look import look_of
from ser_core.plots.point_map import colour_columns, point_map

TABLE = pd.DataFrame(
    {
        "file": ["a.wav", "b.wav", "c.wav"],
        "emotion": ["sad", "calm", None],
        "speaker": ["1", "2", "2"],
        "arousal": [0.1, 0.2, 0.3],
    }
)
LONG = pd.concat([TABLE.assign(arousal=TABLE["arousal"] + number) for number in range(5)], ignore_index=True)


def found(view: View, table: pd.DataFrame = TABLE):
    names = [f"{number}.wav" for number in range(len(table))]
    return look_of(view, table, names, colour_columns(table), token="t", key="k")


def test_everything_that_is_there_is_found_without_a_note():
    view = View(
        colour="speaker",
        search="x",
        hidden=(("emotion", ("sad", "not given")),),
        camera=Camera(zoom=2.0),
        selected=("2.wav", "0.wav"),
        pressed="2.wav",
    )
    look, notes = found(view)
    assert notes == ()
    assert (look.colour, look.search, look.hidden) == ("speaker", "x", (("emotion", ("sad", "not given")),))
    assert (look.camera, look.selected, look.clicked) == (Camera(zoom=2.0), (2, 0), 2)


def test_what_is_not_there_is_said_and_the_rest_is_shown():
    view = View(
        colour="speaker_", hidden=(("mood", ("x",)), ("emotion", ("sad", "furious"))), selected=("9.wav", "1.wav")
    )
    look, notes = found(view)
    assert (look.colour, look.hidden, look.selected, look.clicked) == ("", (("emotion", ("sad",)),), (1,), None)
    assert "Did you mean 'speaker'" in notes[0]
    assert "among emotion" in notes[1]
    assert "'furious'" in notes[2]
    assert notes[3] == "1 of 2 selected utterances cannot be found among those shown: '9.wav'."


def test_numbers_have_no_legend_to_hide_a_part_of():
    look, notes = found(View(hidden=(("arousal", ("0.1",)),)), LONG)
    assert look.hidden == (("arousal", ()),)
    assert "which has numbers" in notes[0]


def test_a_look_goes_with_the_points_and_makes_them_another_message():
    look, _ = found(
        View(colour="speaker", hidden=(("emotion", ("sad",)),), camera=Camera(zoom=2.0), selected=("1.wav",))
    )
    points = np.arange(6.0).reshape(3, 2)
    plain, with_look = (point_map(points, TABLE, title="A map.", space="s", view="v", look=one) for one in (None, look))
    assert plain.digest != with_look.digest
    length = int.from_bytes(with_look.content[4:8], "little")
    assert json.loads(with_look.content[8 : 8 + length])["look"] == {
        "token": "t", "view": "k", "colour": "speaker", "search": "", "hidden": {"emotion": ["sad"]}, "limits": {},
        "camera": {"centre": [0, 0, 0], "zoom": 2, "turn": [-0.6, 0.35]}, "selected": [1], "clicked": None,
    }  # fmt: skip


def test_another_point_is_drawn_where_the_same_projection_puts_it():
    points = np.random.default_rng(0).normal(size=(3, 2)) * [5, 1] + 7
    made = point_map(points, TABLE, title="A map.", space="s", view="v")
    length = int.from_bytes(made.content[4:8], "little")
    header = json.loads(made.content[8 : 8 + length])
    drawn = np.frombuffer(made.content[8 + length :], "float32", 6, header["points"]["at"]).reshape(3, 2)
    for point, place in zip(points, drawn, strict=True):
        np.testing.assert_allclose(made.drawn_at(point), place, atol=1e-6)
    assert made.drawn_at(points.max(axis=0) + 100)[0] > 1


def test_limits_are_of_columns_of_numbers_alone():
    look, notes = found(View(limits=(("arousal", (0.5, 2.0)), ("speaker", (1.0, 2.0)))), LONG)
    assert look.limits == (("arousal", (0.5, 2.0)),)
    assert notes == ("Expected a column of numbers, to show a part of it; got 'speaker', which has a legend.",)
