"""How far a map can be believed is said in figures that anybody can read."""

import dataclasses

import pytest

from ser_core.geometry.map_quality import MapQuality
from ui.views.embedding.quality import hardly_any, in_words, percent

FOUND = MapQuality(0.8, 0.9, 0.42, 10 / 143, 10, 144, 144)


@pytest.mark.parametrize(
    ("overlap", "told"),
    [(0.42, "four are neighbours"), (0.1, "one is a neighbour"), (0.03, "hardly any are neighbours")],
)
def test_the_neighbours_kept_are_a_sentence(overlap, told):
    words = in_words(dataclasses.replace(FOUND, overlap=overlap))
    assert words == f"Of ten neighbours in the space, {told} on this map."


@pytest.mark.parametrize(("overlap", "said"), [(0.42, False), (0.15, False), (0.13, True), (0.0, True)])
def test_a_map_that_keeps_no_more_than_one_at_random_says_why(overlap, said):
    assert ("Read the angles, not the map" in hardly_any(dataclasses.replace(FOUND, overlap=overlap))) == said


def test_a_map_of_many_utterances_that_keeps_hardly_any_neighbour_says_why():
    of_many = dataclasses.replace(FOUND, overlap=0.007, by_chance=0.003)
    assert "Read the angles, not the map" in hardly_any(of_many)


@pytest.mark.parametrize(("share", "told"), [(1, "100"), (10 / 59, "17"), (10 / 2999, "0.3"), (10 / 99_999, "0.01")])
def test_a_share_is_never_written_with_an_exponent(share, told):
    assert percent(share) == told
