"""Tables by Hugging Face's ``datasets``: numbers become the names of their classes, recordings their paths."""

import json

import pytest

from ser_core.tables.class_names import class_names, file_of, named


def metadata(features) -> dict[bytes, bytes]:
    return {b"huggingface": json.dumps({"info": {"features": features}}).encode(), b"pandas": b"{}"}


def test_columns_of_classes_have_the_names_that_the_metadata_tells():
    features = {
        "emotion": {"names": ["anger", "joy"], "_type": "ClassLabel"},
        "take": {"dtype": "int64", "_type": "Value"},
        "frames": [{"dtype": "float32", "_type": "Value"}],
    }
    assert class_names(metadata(features)) == {"emotion": ("anger", "joy")}


@pytest.mark.parametrize(
    "told",
    [None, {}, {b"huggingface": b"{"}, {b"huggingface": b"[]"}, {b"huggingface": b'{"info": null}'}, metadata([1, 2])],
    ids=["none", "of others", "cut off", "a list", "empty", "features as a list"],
)
def test_metadata_that_tells_no_classes_is_passed_over(told):
    assert class_names(told) == {}


def test_a_column_without_its_names_leaves_those_before_it():
    features = {"emotion": {"names": ["anger"], "_type": "ClassLabel"}, "gender": {"_type": "ClassLabel"}}
    assert class_names(metadata(features)) == {"emotion": ("anger",)}


def test_numbers_are_named_the_unknown_class_is_empty_and_all_else_stays():
    cells = [0, 1, 2, -1, None, "joy", True, 0.0]
    assert named(cells, ["anger", "joy"]) == ["anger", "joy", 2, None, None, "joy", True, 0.0]
    assert named([True], ["anger", "joy"])[0] is True


def test_a_cell_with_a_recording_is_its_path():
    assert file_of({"bytes": None, "path": "a.wav"}) == "a.wav"
    for other in ("a.wav", None, {"path": "a.wav"}, {"bytes": b"", "path": "a.wav", "rate": 1}):
        assert file_of(other) == other
