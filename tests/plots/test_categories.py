"""Every value of a column has one look, wherever it is drawn, and emotions have theirs in any column."""

import itertools

import numpy as np
import pandas as pd
import pytest

from ser_core.labels import COLOURS, EMOTIONS, SYMBOLS
from ser_core.plots.categories import MISSING, categories_of, looks, looks_of
from ser_core.plots.style import CATEGORIES, CATEGORY_SYMBOLS
from tests.test_labels import COLOUR_BLINDNESS, lab

OWN = ["neutral", "sad", "happy", "Überraschung", "ärgerlich"]  # as somebody labels who knows other words


def test_emotions_have_their_own_look_among_labels_of_which_some_are_none():
    found = {one.name: one for one in looks(OWN)}
    assert list(found) == ["neutral", "happy", "sad", "Überraschung", "ärgerlich"]
    for name in ("neutral", "happy", "sad"):
        assert (found[name].colour, found[name].symbol) == (COLOURS[name], SYMBOLS[name])


@pytest.mark.parametrize("blindness", list(COLOUR_BLINDNESS))
@pytest.mark.parametrize("known", [1, 2, 4, 7])
def test_unknown_labels_differ_from_each_other_and_from_emotions_with_any_colour_vision(known, blindness):
    found = looks([*EMOTIONS[:known], "eager", "tired", "proud"])
    for one, other in itertools.combinations(found, 2):
        assert one.symbol != other.symbol
        assert np.linalg.norm(lab(one.colour, blindness) - lab(other.colour, blindness)) > 10, (one, other)


@pytest.mark.parametrize("known", range(13))
def test_no_two_of_many_labels_have_the_same_colour_and_marker(known):
    names = [*EMOTIONS[:known], *(f"own {number}" for number in range(30))]
    assert len({(one.colour, one.symbol) for one in looks(names)}) == len(names)


def test_values_that_are_no_emotions_have_the_general_look_also_if_one_of_them_is_called_other():
    found = looks(["male", "female", "other"])
    assert [one.name for one in found] == ["female", "male", "other"]
    assert [(one.colour, one.symbol) for one in found] == list(zip(CATEGORIES, CATEGORY_SYMBOLS, strict=False))[:3]


def test_whole_numbers_are_named_as_the_angle_matrix_names_them():
    found, codes = categories_of(pd.Series([21.0, 9.0, np.nan, 21.0]))
    assert [one.name for one in found] == ["9", "21", MISSING]
    assert codes.tolist() == [1, 0, 2, 1]


def test_a_class_looks_like_its_points_and_one_without_points_has_a_look_too():
    values = pd.Series(["sad", "Überraschung", "sad", "Zorn"])
    on_map = {one.name: one for one in categories_of(values)[0]}
    classes = looks_of(["sad", "happy", "Zorn"], values)
    assert [one.name for one in classes] == ["sad", "happy", "Zorn"]
    assert (classes[0], classes[2]) == (on_map["sad"], on_map["Zorn"])
    assert classes[1].colour == COLOURS["happy"]
