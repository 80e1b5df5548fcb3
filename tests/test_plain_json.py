"""JSON from outside holds finite numbers, or is refused in one way that says what is wrong."""

import sys

import pytest

from ser_core import plain_json


def test_what_is_damaged_is_told_as_one_kind_of_error(damaged_json, tmp_path):
    text, told = damaged_json
    path = tmp_path / "a.json"
    path.write_text(text, encoding="utf-8")
    for read, what in ((plain_json.parsed, text), (plain_json.parsed, text.encode()), (plain_json.read, path)):
        with pytest.raises(ValueError, match=told) as caught:
            read(what)
        assert len(str(caught.value)) < 100


def test_what_can_be_computed_with_comes_back_as_it_was_written():
    largest = int(sys.float_info.max)
    assert plain_json.parsed(f'{{"a": [1, -2.5, {largest}, null, true, "NaN"]}}') == {
        "a": [1, -2.5, largest, None, True, "NaN"]
    }


def test_bytes_that_are_no_text_are_refused(tmp_path):
    path = tmp_path / "a.json"
    path.write_bytes(b'{"a": "\xff"}')
    with pytest.raises(ValueError, match="decode"):
        plain_json.read(path)
