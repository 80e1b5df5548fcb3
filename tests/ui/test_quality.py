"""How far a map can be believed is said in figures that anybody can read."""

import dataclasses

import pytest

from ser_core.geometry.map_quality import MapQuality
from ui.views.embedding.quality import in_words, percent

FOUND = MapQuality(0.8, 0.9, 0.42, 10 / 143, 10, 144, 144)


@pytest.mark.parametrize(
    ("overlap", "told"),
    [(0.42, "four are neighbours"), (0.1, "one is a neighbour"), (0.03, "hardly any are neighbours")],
)
def test_the_neighbours_kept_are_a_sentence(overlap, told):
    words = in_words(dataclasses.replace(FOUND, overlap=overlap))
    assert words == f"Of ten neighbours in the space, {told} on this map."


@pytest.mark.parametrize(("share", "told"), [(1, "100"), (10 / 59, "17"), (10 / 2999, "0.3"), (10 / 99_999, "0.01")])
def test_a_share_is_never_written_with_an_exponent(share, told):
    assert percent(share) == told
