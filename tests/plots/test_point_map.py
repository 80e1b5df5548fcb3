"""The map's bytes hold exactly what the table and the points say, and what cannot be drawn is refused."""

import json

import numpy as np
import pandas as pd
import pytest

from ser_core.errors import InputError
from ser_core.labels import COLOURS, SYMBOLS
from ser_core.plots import point_map as module
from ser_core.plots.point_map import PointMap, colour_columns, point_map, sampled_rows

TABLE = pd.DataFrame(
    {
        "file": ["a/ä.wav", "b.wav", "c <b>.wav", None],
        "emotion": ["sad", "neutral", "sad", "calm"],
        "predicted": ["sad", "sad", None, "calm"],
        "speaker": [10, 9, 10, 9],
        "start": [0.0, 1.0, 0.0, 2.0],
        "end": [1.5, 3.0, np.nan, 4.0],
        "probability_sad": [0.5, 0.75, 0.25, 0.0],
        "probability_calm": [0.25, 0.0, 0.5, 1.0],
    }
)
POINTS = np.array([[0.0, 10.0], [4.0, 10.0], [2.0, 11.0], [0.0, 12.0]])


def made(points=POINTS, table=TABLE, **changes) -> PointMap:
    return point_map(points, table, **{"title": "A map.", "space": "s", "view": "v"} | changes)


def read(content: bytes) -> tuple[dict, dict[str, np.ndarray]]:
    """Read a map as the browser does, from the description of its form alone."""
    assert content[:4] == b"SERM"
    length = int.from_bytes(content[4:8], "little")
    header = json.loads(content[8 : 8 + length])
    assert (8 + length) % 8 == 0
    body = content[8 + length :]

    def array(packed) -> np.ndarray:
        assert packed["at"] % 8 == 0
        return np.frombuffer(body, packed["type"], packed["length"], packed["at"])

    arrays = {"points": array(header["points"]), "ids": array(header["ids"])}
    if header["origins"]:
        arrays["origins"] = array(header["origins"])
    if header["smaller"]:
        arrays["smaller"] = array(header["smaller"])
    arrays |= {column["name"]: array(column) for column in header["columns"]}
    if header.get("density"):
        arrays["density"] = array(header["density"])
    for text in header["texts"]:
        letters, ends = body[text["at"] : text["at"] + text["bytes"]], array(text["ends"])
        starts = [0, *ends[:-1]]
        arrays[text["name"]] = np.array([letters[a:b].decode() for a, b in zip(starts, ends, strict=True)])
    return header, arrays


def test_points_keep_their_shape_within_one_unit_around_the_middle():
    _, arrays = read(made().content)
    np.testing.assert_allclose(arrays["points"].reshape(-1, 2), [[-1, -0.5], [1, -0.5], [0, 0], [-1, 0.5]])


@pytest.mark.parametrize("factor", [1e-300, 1.0, 5e306])
@pytest.mark.parametrize("shift", [0.0, 7.0])
def test_no_magnitude_of_finite_coordinates_is_lost(factor: float, shift: float):
    _, arrays = read(made(factor * (POINTS + shift)).content)
    np.testing.assert_allclose(arrays["points"].reshape(-1, 2), [[-1, -0.5], [1, -0.5], [0, 0], [-1, 0.5]], atol=1e-6)


def test_points_at_one_place_are_drawn_in_the_middle():
    _, arrays = read(made(np.full((4, 3), 5.0)).content)
    assert not arrays["points"].any()


def test_categories_come_with_their_look_and_every_row_with_its_category():
    header, arrays = read(made().content)
    columns = {column["name"]: column for column in header["columns"]}
    for name, values in {
        "emotion": ["sad", "neutral", "sad", "calm"],
        "predicted": ["sad", "sad", "not given", "calm"],
        "speaker": ["10", "9", "10", "9"],
        "heard": ["rightly", "wrongly", "not given", "rightly"],
    }.items():
        entries = [entry["name"] for entry in columns[name]["entries"]]
        assert [entries[code] for code in arrays[name]] == values
    assert [entry["name"] for entry in columns["emotion"]["entries"]] == ["neutral", "calm", "sad"]
    assert columns["emotion"]["entries"][2] == {"name": "sad", "colour": COLOURS["sad"], "symbol": SYMBOLS["sad"]}
    assert [entry["name"] for entry in columns["speaker"]["entries"]] == ["9", "10"]
    assert arrays["emotion"].dtype == np.uint8


def test_of_a_point_the_column_that_colours_it_is_told_first():
    table = pd.DataFrame({"file": list("abcd"), "emotion": "sad", "speaker": list("xyxy"), "style": list("rsrs")})
    assert read(made(POINTS, table).content)[0]["told"] == ["emotion", "speaker"]
    assert read(made(POINTS, table, colour="style").content)[0]["told"] == ["style", "emotion", "speaker"]


def test_numbers_keep_their_values_and_what_is_no_number_is_missing():
    values = np.linspace(0, 1, 30)
    values[:3] = [np.nan, np.inf, 1e300]
    table = pd.DataFrame({"file": "x", "arousal": values, "emotion": "sad"})
    header, arrays = read(made(np.random.default_rng(0).normal(size=(30, 3)), table).content)
    column = next(column for column in header["columns"] if column["name"] == "arousal")
    assert (column["kind"], column["low"], column["high"]) == ("number", values[3], 1.0)
    np.testing.assert_array_equal(arrays["arousal"], [np.nan] * 3 + list(values[3:].astype(np.float32)))
    assert header["scale"][0] == "#00224e"
    assert header["scale"][-1] == "#fee838"


def test_confidence_and_duration_are_read_off_the_table():
    table = module.with_judgements(TABLE)
    assert table["confidence"].tolist() == [0.5, 0.75, 0.5, 1.0]
    assert table["duration"].tolist()[:2] == [1.5, 2.0]


def test_file_names_travel_letter_by_letter():
    header, arrays = read(made().content)
    assert arrays["file"].tolist() == ["a/ä.wav", "b.wav", "c <b>.wav", ""]
    assert header["searched"] == ["file"]


def test_ids_are_the_rows_numbers_or_those_given():
    assert read(made().content)[1]["ids"].tolist() == [0, 1, 2, 3]
    given = made(ids=[7, 2**32 - 1, 0, 5])
    assert read(given.content)[1]["ids"].tolist() == given.ids.tolist() == [7, 2**32 - 1, 0, 5]


def test_the_digest_changes_with_the_content_and_with_nothing_else():
    assert made().digest == made().digest == read(made().content)[0]["digest"]
    assert made(POINTS * [1.0, 1.1]).digest != made().digest
    assert made(table=TABLE.assign(speaker=[9, 9, 9, 10])).digest != made().digest
    assert made(ids=[0, 1, 2, 4]).digest != made().digest
    assert made(title="Another.").digest != made().digest


@pytest.mark.parametrize(
    ("points", "changes", "message"),
    [
        (POINTS[:3], {}, r"Expected points of shape \(4, 2\).*got \(3, 2\).*same rows"),
        (np.zeros((4, 4)), {}, r"got \(4, 4\)"),
        (np.zeros(4), {}, r"got \(4,\)"),
        (POINTS, {"ids": [1, 2, 3]}, "Expected 4 ids.*got 3"),
        (POINTS, {"ids": [1, 2, 2, 3]}, "different id for each point; got 2 2 times"),
        (POINTS, {"ids": [-1, 2, 1, 3]}, "whole number from 0"),
        (POINTS, {"ids": [0, 2, 1, 2**32]}, "whole number from 0"),
        (POINTS, {"ids": [0.5, 2, 1, 3]}, "whole number from 0"),
        (np.where(POINTS == 11, np.nan, POINTS), {}, r"finite coordinates; got \[2.0, nan\] in row 2"),
        (np.where(POINTS == 4, np.inf, POINTS), {}, "finite coordinates.*in row 1"),
    ],
)
def test_what_does_not_fit_is_refused_with_what_came(points, changes, message):
    with pytest.raises(InputError, match=message):
        made(points, **changes)


def test_of_too_many_points_a_sample_is_drawn_over_the_density_of_all(monkeypatch):
    monkeypatch.setattr(module, "sampled_rows", lambda count: sampled_rows(count, most=1000, sample=500))
    random = np.random.default_rng(0)
    points = random.normal(size=(2000, 2))
    table = pd.DataFrame({"file": [f"{row}.wav" for row in range(2000)], "emotion": ["sad", "happy"] * 1000})
    many = made(points, table)
    header, arrays = read(many.content)
    assert (header["count"], header["total"], many.total, len(many.ids)) == (500, 2000, 2000, 500)
    assert len(set(many.ids.tolist())) == 500
    assert arrays["file"].tolist() == [f"{row}.wav" for row in many.ids]
    names = [entry["name"] for entry in header["columns"][0]["entries"]]
    assert [names[code] for code in arrays["emotion"]] == [table["emotion"][row] for row in many.ids]
    places = _placed(points)
    np.testing.assert_allclose(arrays["points"].reshape(-1, 2), places[many.ids], atol=1e-6)
    cells = header["density"]["cells"]
    counts = np.zeros((cells, cells))
    for x, y in places:
        counts[min(cells - 1, int((y + 1) / 2 * cells)), min(cells - 1, int((x + 1) / 2 * cells))] += 1
    shades = np.log1p(counts)
    expected = np.round(shades * 255 / shades.max())
    assert np.mean(arrays["density"].reshape(cells, cells) == expected) > 0.9999  # on a cell's edge rounding decides
    assert read(made(np.c_[points, points[:, 0]], table).content)[0]["density"] is None


def _placed(points: np.ndarray) -> np.ndarray:
    low, high = points.min(axis=0), points.max(axis=0)
    return (points - (low + high) / 2) / ((high - low).max() / 2)


def test_a_sample_is_the_same_each_time_and_without_need_all_are_drawn():
    assert sampled_rows(10, most=10, sample=3).tolist() == list(range(10))
    first = sampled_rows(11, most=10, sample=3)
    assert first.tolist() == sorted(set(sampled_rows(11, most=10, sample=3).tolist()))
    assert len(first) == 3


def test_columns_of_too_many_values_are_told_and_searched_but_give_no_colours():
    table = pd.DataFrame({"file": "x", "text": [f"sentence {row}" for row in range(300)], "emotion": "sad"})
    assert colour_columns(table) == ["emotion"]
    header, arrays = read(made(np.random.default_rng(0).normal(size=(300, 2)), table).content)
    assert arrays["text"][299] == "sentence 299"
    assert header["searched"] == ["file", "text"]


def test_a_column_of_one_value_gives_colours_only_where_no_other_does():
    table = pd.DataFrame({"file": ["x", "y"], "emotion": ["sad", "calm"], "split": "test"})
    assert colour_columns(table) == ["emotion"]
    assert colour_columns(table.drop(columns="emotion")) == ["split"]


def test_an_empty_table_is_an_empty_map():
    header, arrays = read(made(np.zeros((0, 2)), TABLE.iloc[:0]).content)
    assert (header["count"], header["columns"], arrays["points"].size) == (0, [], 0)


def test_maps_of_one_frame_lie_as_they_would_in_one_picture():
    other = 3 * POINTS + 1
    framed = np.concatenate([POINTS, other])
    expected = np.split(_placed(framed), 2)
    for points, places in zip((POINTS, other), expected, strict=True):
        one = made(points, framed=framed)
        header, arrays = read(one.content)
        np.testing.assert_allclose(arrays["points"].reshape(-1, 2), places, atol=1e-6)
        np.testing.assert_allclose(header["reach"][:2], np.abs(_placed(framed)).max(axis=0))
        np.testing.assert_allclose(one.drawn_at(points[2]), places[2], atol=1e-6)


def test_a_map_says_how_far_it_reaches_along_each_axis_which_is_never_nothing():
    assert read(made().content)[0]["reach"] == [1.0, 0.5, module.LEAST_REACH]
    assert read(made(np.full((4, 3), 5.0)).content)[0]["reach"] == [module.LEAST_REACH] * 3


def test_lines_begin_where_the_points_lie_on_the_other_map_in_the_same_frame():
    origins = POINTS[::-1] * 2
    framed = np.concatenate([POINTS, origins])
    _, arrays = read(made(origins=origins, framed=framed).content)
    both = _placed(framed)
    np.testing.assert_allclose(arrays["origins"].reshape(-1, 2), both[4:], atol=1e-6)
    np.testing.assert_allclose(arrays["points"].reshape(-1, 2), both[:4], atol=1e-6)
    assert read(made().content)[0]["origins"] is None


def test_origins_of_other_rows_are_refused():
    with pytest.raises(InputError, match=r"Expected points of shape \(4, 2\).*got \(3, 2\)"):
        made(origins=POINTS[:3])
