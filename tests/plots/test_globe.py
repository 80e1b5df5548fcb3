"""A globe has the looks of the classes and the angles of the whole space, and says how far off they are drawn."""

import numpy as np
import pandas as pd
import pytest

from ser_core.errors import InputError
from ser_core.geometry.angles import angles_to, unit
from ser_core.labels import COLOURS, SYMBOLS
from ser_core.plots.globe import Globe, globe_of
from ser_core.plots.point_map import point_map
from tests.plots.test_point_map import read

LABELS = ("neutral", "sad", "angry")
TABLE = pd.DataFrame({"emotion": ["sad", "neutral", "sad", "sad"]})  # nobody is angry
DIRECTIONS = np.array([[1.0, 0.0, 0.0, 0.0], [0.0, 1.0, 0.0, 2.0], [1.0, 0.0, 1.0, 1.0]])
TIPS = unit(DIRECTIONS[:, :3])  # without the fourth dimension


@pytest.fixture
def globe() -> Globe:
    return globe_of(TABLE, "emotion", LABELS, DIRECTIONS, TIPS)


def test_arrows_have_the_looks_of_their_classes_and_the_angles_of_the_whole_space(globe: Globe) -> None:
    described = globe.described()
    assert described["column"] == "emotion"
    for label, tip, arrow in zip(LABELS, TIPS, described["arrows"], strict=True):
        assert arrow == {"name": label, "colour": COLOURS[label], "symbol": SYMBOLS[label], "at": tip.tolist()}
    np.testing.assert_allclose(described["degrees"], angles_to(DIRECTIONS, DIRECTIONS), atol=0.005)
    np.testing.assert_allclose(globe.drawn, angles_to(TIPS, TIPS), atol=1e-9)


def test_an_arrow_has_the_colour_that_points_of_its_class_have_in_any_column() -> None:
    table = pd.DataFrame({"group": ["a", "b", "c", "c"]})
    globe = globe_of(table, "group", ("c", "b"), DIRECTIONS[:2], TIPS[:2])
    header, _ = read(point_map(unit(np.ones((4, 3))), table, title="", space="s", view="v", globe=globe).content)
    entries = {entry["name"]: entry for entry in header["columns"][0]["entries"]}
    for arrow in header["globe"]["arrows"]:
        assert {key: arrow[key] for key in ("name", "colour", "symbol")} == entries[arrow["name"]]


def test_the_pair_that_is_drawn_most_wrongly_is_named(globe: Globe) -> None:
    space, drawn = angles_to(DIRECTIONS, DIRECTIONS), angles_to(TIPS, TIPS)
    assert np.abs(drawn - space).argmax() == 5, "sad and angry"
    assert f"most of all sad and angry: {space[1, 2]:.0f}°, drawn as {drawn[1, 2]:.0f}°." in globe.in_words


def test_angles_that_three_dimensions_keep_are_called_true() -> None:
    flat = DIRECTIONS[:, :3]
    exact = globe_of(TABLE, "emotion", LABELS, flat, unit(flat))
    assert exact.in_words == "Arrows: the directions of the classes, all at their true angles."
    assert Globe().in_words == ""


def test_the_middle_of_the_sphere_is_the_middle_of_the_map(globe: Globe, random: np.random.Generator) -> None:
    points = unit(random.uniform(0.1, 1, size=(4, 3)))  # all on one side
    made = point_map(points, TABLE, title="", space="s", view="v", globe=globe)
    header, arrays = read(made.content)
    np.testing.assert_allclose(arrays["points"].reshape(-1, 3), points, atol=1e-7)
    assert made.drawn_at(points[0]) == points[0].tolist()
    assert set(header["reach"]) == {1.22}
    assert read(point_map(points, TABLE, title="", space="s", view="v").content)[0]["globe"] is None


def test_flat_points_and_other_numbers_of_directions_are_refused(globe: Globe) -> None:
    with pytest.raises(InputError, match="Expected points of shape"):
        point_map(np.ones((4, 2)), TABLE, title="", space="s", view="v", globe=globe)
    with pytest.raises(InputError, match="Expected 3 directions and tips of shape"):
        globe_of(TABLE, "emotion", LABELS, DIRECTIONS, TIPS[:2])
