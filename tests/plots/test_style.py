"""Columns other than the emotion have colours and markers of their own."""

import itertools

import numpy as np
import pytest

from ser_core.plots.style import CATEGORIES, CATEGORY_SYMBOLS
from tests.test_labels import COLOUR_BLINDNESS, lab


@pytest.mark.parametrize("blindness", list(COLOUR_BLINDNESS))
def test_categories_are_told_apart_with_any_colour_vision(blindness: str):
    for first, second in itertools.combinations(CATEGORIES, 2):
        assert np.linalg.norm(lab(first, blindness) - lab(second, blindness)) > 12, (first, second)


def test_colours_and_markers_do_not_repeat_together():
    count = len(CATEGORIES) * 2
    pairs = {(CATEGORIES[i % len(CATEGORIES)], CATEGORY_SYMBOLS[i % len(CATEGORY_SYMBOLS)]) for i in range(count)}
    assert len(pairs) == count
