"""Import of a foreign file: a preview, the roles of its columns, any column as the label, and then the map."""

import io
import json

import numpy as np
import pandas as pd
import pytest

from ser_core.embeddings import library
from ser_core.embeddings.column_mapping import ColumnMapping
from ser_core.embeddings.column_roles import likely_roles
from ser_core.labels import COLOURS
from tests.pages.shown import box, button, texts
from ui.components import point_map as component
from ui.components.point_map import MapMessage

pytestmark = pytest.mark.usefixtures("for_experts")

ROWS, SIZE = 24, 32


@pytest.fixture
def foreign() -> pd.DataFrame:
    """Return a wide table as another program leaves it: no emotion, names of its own."""
    random = np.random.default_rng(0)
    styles = ["read", "free", "sung"] * 8
    vectors = np.eye(SIZE)[[1, 2, 3] * 8] + 0.1 * random.normal(size=(ROWS, SIZE))
    told = pd.DataFrame({"clip": [f"c{row}" for row in range(ROWS)], "style": styles, "room": ["a", "b"] * 12})
    return pd.concat([told, pd.DataFrame(vectors, columns=[f"dim_{number}" for number in range(SIZE)])], axis=1)


def parquet(table: pd.DataFrame) -> bytes:
    stream = io.BytesIO()
    table.to_parquet(stream)
    return stream.getvalue()


def field(app, start):
    return next(one for one in app.file_uploader if one.label.startswith(start))


@pytest.fixture
def chosen(opened, foreign):
    """Choose the file; it is not open yet."""
    app = opened("embedding_space")
    source = next(one for one in app.get("button_group") if one.label == "Vectors of")
    app = source.set_value("a file from elsewhere").run()
    return field(app, "Vectors").set_value(("theirs.parquet", parquet(foreign), "application/octet-stream")).run()


def test_the_first_rows_and_the_roles_of_the_columns_are_shown_before_anything_is_kept(chosen):
    assert not chosen.exception
    assert not chosen.error
    assert "24 vectors" in texts(chosen.markdown)
    preview = next(one.value for one in chosen.dataframe if "style" in one.value)
    assert preview["style"].tolist() == ["read", "free", "sung", "read", "free"]
    assert box(chosen, "Vector").options == ["32 columns of numbers: dim_0 to dim_31"]
    roles = [box(chosen, role).value for role in ("Name of each row", "Label", "Speaker")]
    assert roles == ["clip", "style", ""]
    assert library.saved_spaces() == []


def test_a_wide_table_is_on_the_map_after_one_more_press_with_angles_by_its_own_label(chosen):
    app = button(chosen, "Open").click().run()
    assert not app.exception
    assert not app.error
    assert "theirs.parquet is kept as theirs." in texts(app.success)
    assert "PCA in 2 dimensions" in texts(app.caption)
    assert box(app, "Classes by").value == "style"
    assert "What the vectors tell" in texts(app.header), "nobody is told to have spoken"
    spread = next(one.value for one in app.dataframe if "mean (°)" in one.value)
    assert spread["style"].tolist() == ["free", "read", "sung"]
    assert spread["own nearest (%)"].tolist() == [100, 100, 100]
    library_label = library.label_of(library.saved_spaces()[0])
    assert library_label == "style"


def test_the_classes_can_be_taken_from_another_column_later(chosen):
    app = button(chosen, "Open").click().run()
    box(app, "Classes by").set_value("room").run()
    assert not app.exception
    assert not app.error
    spread = next(one.value for one in app.dataframe if "mean (°)" in one.value)
    assert spread["room"].tolist() == ["a", "b"]
    box(app, "Angle of").set_value("a").run()
    box(app, "and").set_value("b").run()
    assert "**a** and **b**" in texts(app.markdown)


def test_a_pressed_point_and_its_nearest_tell_the_label_and_the_other_columns(chosen, foreign, monkeypatch):
    monkeypatch.setattr(component, "draw", lambda made, *, key: MapMessage(selected=(5,), clicked=5))
    app = button(chosen, "Open").click().run()
    assert not app.exception
    assert "**sung**" in texts(app.markdown).split(), "its class, alone: nobody is told to have spoken"
    assert "room **b**" in texts(app.markdown)
    vectors = foreign.filter(like="dim_").to_numpy()
    units = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    nearest = np.argsort(-(units @ units[5]))[1:9]
    [table] = [one.value for one in app.dataframe if "angle_degrees" in one.value]
    assert list(table.columns) == ["angle_degrees", "style", "room", "file"]
    for column, theirs in (("style", "style"), ("room", "room"), ("file", "clip")):
        assert table[column].tolist() == foreign[theirs][nearest].tolist()
    app = box(app, "Classes by").set_value("room").run()
    assert "**b**" in texts(app.markdown).split()
    assert "style **sung**" in texts(app.markdown)
    [table] = [one.value for one in app.dataframe if "angle_degrees" in one.value]
    assert list(table.columns) == ["angle_degrees", "room", "style", "file"]


def test_the_utterances_behind_a_cell_tell_the_label_under_its_own_name(chosen):
    app = button(chosen, "Open").click().run()
    for end in ("Angle of", "and"):
        app = box(app, end).set_value("free").run()
    [table] = [one.value for one in app.dataframe if "angle_degrees" in one.value]
    assert list(table.columns) == ["angle_degrees", "style", "room", "file"]
    assert set(table["style"]) == {"free"}


def test_the_emotions_of_a_model_give_way_to_another_column_and_keep_no_head(opened):
    app = opened("embedding_space")
    assert box(app, "Classes by").value == "emotion"
    box(app, "Classes by").set_value("speaker").run()
    assert not app.exception
    assert not app.error
    directions = next(one for one in app.radio if one.label == "Directions by")
    assert directions.options == ["class mean", "medoid"]


def test_the_import_can_be_left_again(chosen):
    app = button(chosen, "Open").click().run()
    app = button(app, "Open another file").click().run()
    assert field(app, "Vectors")
    app = button(app, "Back to the map").click().run()
    assert "PCA in 2 dimensions" in texts(app.caption)


def test_an_array_is_mapped_with_the_columns_of_the_table_beside_it(opened, foreign):
    app = opened("embedding_space")
    source = next(one for one in app.get("button_group") if one.label == "Vectors of")
    app = source.set_value("a file from elsewhere").run()
    stream = io.BytesIO()
    np.save(stream, foreign.filter(like="dim_").to_numpy())
    field(app, "Vectors").set_value(("v.npy", stream.getvalue(), "application/octet-stream"))
    table = foreign[["clip", "style", "room"]].to_csv(index=False).encode()
    app = field(app, "Table").set_value(("t.csv", table, "text/csv")).run()
    assert box(app, "Vector").options == ["the array: 32 numbers"]
    box(app, "Speaker").set_value("room").run()
    app = button(app, "Open").click().run()
    assert not app.exception
    assert "24 utterances, speaker a, b" in texts(app.caption)


# ------------------------------------------------------------------------------------------------ what the form says
def imported(opened, table, beside=None):
    """Choose a table, or its numbers as an array and the rest as the table beside it; nothing is open yet."""
    app = opened("embedding_space")
    source = next(one for one in app.get("button_group") if one.label == "Vectors of")
    app = source.set_value("a file from elsewhere").run()
    if beside is None:
        return field(app, "Vectors").set_value(("t.parquet", parquet(table), "application/octet-stream")).run()
    stream = io.BytesIO()
    np.save(stream, table.to_numpy())
    app = field(app, "Vectors").set_value(("v.npy", stream.getvalue(), "application/octet-stream")).run()
    return field(app, "Table").set_value(("t.csv", beside.to_csv(index=False).encode(), "text/csv")).run()


def columns_of(made):
    """Return the columns that can colour a map, the one that it opens with first."""
    return [one["name"] for one in described(made)]


def described(made):
    length = int.from_bytes(made.content[4:8], "little")
    return json.loads(made.content[8 : 8 + length])["columns"]


def kept():
    return library.load(library.saved_spaces()[-1])


NUMBERS = pd.DataFrame(np.random.default_rng(1).normal(size=(ROWS, 16)), columns=[f"f{one}" for one in range(16)])
OWN = {"anger": "angry", "joy": "happy", "fear": "fearful"}
TOLD = pd.DataFrame(
    {
        "utt": [f"u{row}" for row in range(ROWS)],
        "emo": list(OWN) * 8,
        "spk": [f"S{row % 4}" for row in range(ROWS)],
    }
)


def test_the_fields_show_what_is_taken_from_a_table_that_comes_after_its_array(opened):
    app = imported(opened, NUMBERS, TOLD)
    assert [box(app, role).value for role in ("Name of each row", "Label", "Speaker")] == ["utt", "emo", "spk"]
    button(app, "Open").click().run()
    space = kept()
    assert space.frame["file"].tolist() == TOLD["utt"].tolist()
    assert space.frame["speaker"].tolist() == TOLD["spk"].tolist()
    assert space.classes == ("anger", "fear", "joy")


@pytest.mark.parametrize("names", [("emo", "spk"), ("emotion", "speaker"), ("label", "spk_id"), ("klasse", "sprecher")])
def test_a_role_that_is_set_to_none_is_given_to_no_column(opened, names):
    told = TOLD.rename(columns=dict(zip(("emo", "spk"), names, strict=True)))
    app = imported(opened, pd.concat([told, NUMBERS], axis=1))
    for role in ("Name of each row", "Label", "Speaker"):
        box(app, role).set_value("").run()
    app = button(app, "Open").click().run()
    assert not app.exception
    assert not app.error
    space = kept()
    assert space.classes == ()
    assert not space.has_value("speaker").any()
    assert space.frame["file"].tolist()[:2] == ["row 1", "row 2"]
    assert sorted(map(str, space.frame.columns.drop("file"))) == sorted(
        ["utt", *(f"{name} (not used)" if name in ("emotion", "speaker") else name for name in names)]
    )
    assert "No label" in texts(app.markdown)
    assert not [one for one in app.dataframe if "mean (°)" in one.value]


def test_numbers_are_no_classes_until_they_are_chosen(opened):
    told = pd.DataFrame({"age": [21, 22, 23] * 8, "path": [f"{row}.wav" for row in range(ROWS)]})
    app = imported(opened, pd.concat([told, NUMBERS], axis=1))
    assert box(app, "Label").value == ""
    app = button(app, "Open").click().run()
    assert not app.exception
    assert box(app, "Classes by").value == ""
    assert "No label" in texts(app.markdown)
    assert not [one for one in app.dataframe if "mean (°)" in one.value]
    app = box(app, "Label").set_value("age").run()
    assert not app.exception
    assert box(app, "Classes by").value == "age"
    assert "No label" not in texts(app.markdown)
    spread = next(one.value for one in app.dataframe if "mean (°)" in one.value)
    assert spread["age"].tolist() == ["21", "22", "23"]


@pytest.mark.parametrize("name", ["emotion", "label", "emo", "klasse", "mood"])
@pytest.mark.parametrize("ours", [False, True])
def test_emotions_are_renamed_only_where_the_form_says_so_whatever_their_column_is_called(opened, name, ours):
    app = imported(opened, pd.concat([TOLD.rename(columns={"emo": name}), NUMBERS], axis=1))
    assert box(app, "Label").value == name
    switch = next(one for one in app.checkbox if "names of emotions" in one.label)
    assert "anger → angry, fear → fearful, joy → happy" in switch.label
    assert switch.value is False
    if ours:
        switch.check().run()
    app = button(app, "Open").click().run()
    assert not app.exception
    assert not app.error
    expected = [OWN[one] if ours else one for one in TOLD["emo"]]
    assert kept().frame["emotion"].tolist() == expected
    spread = next(one.value for one in app.dataframe if "mean (°)" in one.value)
    assert set(spread["emotion"]) == set(expected)


def test_names_of_the_app_need_no_switch(opened):
    app = imported(opened, pd.concat([TOLD.replace(OWN), NUMBERS], axis=1))
    assert not [one for one in app.checkbox if "names of emotions" in one.label]


@pytest.fixture
def first(monkeypatch):
    """Return the maps that are drawn, in their order."""
    maps = []

    def drawn(made, **options):
        maps.append(made)
        return real(made, **options)

    real = component.draw
    monkeypatch.setattr(component, "draw", drawn)
    return maps


def test_the_map_opens_in_the_colours_of_the_classes_beside_it(opened, first):
    words = {"anger": "read", "joy": "free", "fear": "sung"}
    app = imported(opened, NUMBERS, TOLD.rename(columns={"emo": "style"}).replace(words))
    app = button(app, "Open").click().run()
    assert columns_of(first[-1])[:2] == ["style", "speaker"]
    box(app, "Classes by").set_value("speaker").run()
    assert columns_of(first[-1])[:2] == ["speaker", "style"]


def test_the_histograms_have_the_colours_of_the_map_also_for_labels_that_are_no_emotions(opened, first):
    words = {"anger": "sad", "joy": "Überraschung", "fear": "Zorn"}
    app = imported(opened, NUMBERS, TOLD.rename(columns={"emo": "style"}).replace(words))
    app = button(app, "Open").click().run()
    assert not app.exception
    entries = {one["name"]: one["colour"] for one in described(first[-1])[0]["entries"]}
    assert list(entries) == ["sad", "Zorn", "Überraschung"]
    assert entries["sad"] == COLOURS["sad"]
    assert len(set(entries.values())) == 3
    [spec] = [one.proto.spec for one in app.get("plotly_chart") if "|histograms" in one.key]
    bars = [one for one in json.loads(spec)["data"] if one["type"] == "bar"]
    assert [one["marker"]["color"] for one in bars] == list(entries.values())


def test_many_numbers_that_were_chosen_as_the_label_are_classes_on_the_map_too(opened, first):
    ages = TOLD.assign(emo=[20 + row // 2 for row in range(ROWS)]).rename(columns={"emo": "age"})
    app = imported(opened, NUMBERS, ages)
    app = box(app, "Label").set_value("age").run()
    app = button(app, "Open").click().run()
    assert not app.exception
    [age] = [one for one in described(first[-1]) if one["name"] == "age"]
    assert age["kind"] == "category"
    assert [one["name"] for one in age["entries"]] == [str(20 + number) for number in range(ROWS // 2)]


def test_a_label_that_can_give_no_classes_says_why(opened):
    takes = TOLD.rename(columns={"emo": "style"}).assign(take=[f"t{row}" for row in range(ROWS)])
    app = imported(opened, NUMBERS, takes)
    app = box(app, "Label").set_value("take").run()
    app = button(app, "Open").click().run()
    assert not app.exception
    assert f"**take** gives no classes: each of its {ROWS} rows has a value of its own." in texts(app.markdown)
    assert "choose another column whose values are the classes" in texts(app.markdown)


@pytest.mark.parametrize("name", ["id", "utt", "path"])
@pytest.mark.parametrize(("label", "speaker"), [("emotion", "speaker"), ("emo", "spk"), ("label", "actor")])
def test_the_names_that_the_form_promises_to_propose_are_proposed(name, label, speaker):
    columns = {name: TOLD["utt"].tolist(), label: TOLD["emo"].tolist(), speaker: TOLD["spk"].tolist()}
    assert likely_roles(columns, ROWS) == ColumnMapping(name=name, label=label, speaker=speaker)
