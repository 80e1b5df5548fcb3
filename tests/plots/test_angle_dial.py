"""The dial keeps each angle from the recording to a class, and chooses sides by their definition."""

import itertools
import json

import numpy as np
import pytest

from ser_core.errors import InputError
from ser_core.inference import Reader
from ser_core.labels import COLOURS, SYMBOLS
from ser_core.plots.angle_dial import LEFT, RIGHT, DialClass, dial_classes, sides_of


def in_order(sides, between) -> int:
    """Pairs of pairs in order minus those out of order, written as the docstring says it."""
    total = 0
    for recording in range(len(between)):
        place = [side * between[recording][k] for k, side in enumerate(sides)]
        pairs = list(itertools.combinations(range(len(sides)), 2))
        for (a, b), (c, d) in itertools.permutations(pairs, 2):
            plane = [min(abs(place[i] - place[j]), 360 - abs(place[i] - place[j])) for i, j in ((a, b), (c, d))]
            space = [between[a][b], between[c][d]]
            if round(plane[0], 6) != round(plane[1], 6) and space[0] != space[1]:
                total += 1 if (plane[0] > plane[1]) == (space[0] > space[1]) else -1
    return total


def angles_of(points: np.ndarray) -> np.ndarray:
    units = points / np.linalg.norm(points, axis=1, keepdims=True)
    return np.degrees(np.arccos(np.clip(units @ units.T, -1, 1)))


@pytest.mark.parametrize("count", [2, 3, 5])
def test_no_other_sides_keep_the_order_of_the_angles_between_classes_better(count, random):
    between = angles_of(random.normal(size=(count, 8)))
    np.fill_diagonal(between, 0.0)
    chosen = sides_of(between)
    scores = {
        sides: in_order(sides, between) for sides in itertools.product((RIGHT, LEFT), repeat=count) if sides[0] == RIGHT
    }
    assert scores[tuple(chosen)] == max(scores.values())
    best = [sides for sides, score in scores.items() if score == max(scores.values())]
    assert abs(sum(chosen)) == min(abs(sum(sides)) for sides in best), "as many left as right, where that is free"


def test_classes_that_do_lie_in_a_plane_get_the_sides_that_they_have_there():
    turned = np.radians([0, 30, 70, -40, -80])
    sides = sides_of(angles_of(np.column_stack([np.sin(turned), np.cos(turned)])))
    # Seen from the first class itself, two lie on one side and two on the other.
    assert sides[1] == sides[2] != sides[3] == sides[4]


def test_a_place_is_the_true_angle_to_the_left_or_right_and_the_sector_holds_the_hand_just_within_the_range():
    left = DialClass("sad", LEFT, 40.0)
    assert left.at(35.5) == -35.5
    assert left.sector(35.5) == (-75.5, 4.5)
    for angle, inside in ((39.9, True), (40.0, True), (40.1, False)):
        for side in (LEFT, RIGHT):
            low, high = DialClass("sad", side, 40.0).sector(angle)
            assert (low <= 0 <= high) is inside


def test_a_shipped_model_is_arranged_in_the_colours_and_markers_of_every_other_page():
    checkpoint = Reader.load("ravdess-residual").checkpoint
    ranges = dict(zip(checkpoint.labels, map(float, checkpoint.ranges), strict=True))
    classes = dial_classes(ranges, checkpoint.directions)
    assert [one.name for one in classes] == list(checkpoint.labels)
    assert {one.side for one in classes} == {LEFT, RIGHT}
    for one in classes:
        told = one.described()
        assert (told["colour"], told["symbol"]) == (COLOURS[one.name], SYMBOLS[one.name])
        assert told["range"] == pytest.approx(ranges[one.name], abs=0.005)
    json.dumps([one.described() for one in classes], allow_nan=False)


def test_a_direction_that_is_missing_is_refused_with_what_came():
    with pytest.raises(InputError, match=r"Expected 2 directions, one for each class; got an array of shape \(1, 3\)"):
        dial_classes({"sad": 30.0, "angry": 40.0}, np.ones((1, 3)))
