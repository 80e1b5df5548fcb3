"""How far apart two directions can be, against plain loops and against directions themselves."""

import itertools

import numpy as np
import pytest

from ser_core.geometry.reach import NOWHERE, farthest, tightest


def random_table(size: int, seed: int) -> np.ndarray:
    angles = np.triu(np.random.default_rng(seed).uniform(0, 180, size=(size, size)), 1)
    return angles + angles.T


@pytest.mark.parametrize("seed", range(5))
def test_it_is_the_least_that_any_third_direction_allows(seed: int) -> None:
    angles = random_table(7, seed)
    reach = farthest(angles)
    for a, b in itertools.permutations(range(7), 2):
        allowed = {}
        for via in set(range(7)) - {a, b}:
            around = angles[a, via] + angles[via, b]
            allowed[via] = min(around, 360 - around)
        assert reach.degrees[a, b] == pytest.approx(min(allowed.values()))
        assert reach.via[a, b] == min(allowed, key=lambda via: allowed[via])


def test_directions_never_lie_farther_apart_and_in_one_plane_exactly_so_far() -> None:
    vectors = np.random.default_rng(0).normal(size=(12, 3))
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    angles = np.degrees(np.arccos(np.clip(vectors @ vectors.T, -1, 1)))
    assert (farthest(angles).degrees - angles)[~np.eye(12, dtype=bool)].min() > -1e-9
    turns = np.array([0.0, 100.0, 220.0])  # three in a plane, all around it
    plane = np.abs((turns[:, None] - turns + 180) % 360 - 180)
    assert farthest(plane).degrees[0, 2] == pytest.approx(plane[0, 2])


def test_two_directions_have_no_third_one_and_may_be_opposite() -> None:
    reach = farthest(np.array([[0.0, 170.0], [170.0, 0.0]]))
    assert reach.degrees[0, 1] == 180
    assert reach.via[0, 1] == NOWHERE
    assert tightest(["a", "b"], np.zeros((2, 2)), reach, most=5) == []


def test_a_third_direction_that_leaves_everything_open_is_still_named() -> None:
    reach = farthest(np.array([[0.0, 10, 90], [10, 0, 90], [90, 90, 0]]))
    assert (reach.degrees[0, 1], reach.via[0, 1]) == (180, 2)


def test_pairs_with_the_least_to_spare_come_first_each_once() -> None:
    angles = random_table(6, 9)
    labels = list("abcdef")
    reach = farthest(angles)
    found = tightest(labels, angles, reach, most=100)
    assert len(found) == 15
    assert {(one.a, one.b) for one in found} == set(itertools.combinations(labels, 2))
    spare = [one.spare_degrees for one in found]
    assert spare == sorted(spare)
    for one in found:
        a, b, via = (labels.index(name) for name in (one.a, one.b, one.via))
        assert (one.direct, one.first, one.second) == (angles[a, b], angles[a, via], angles[via, b])
        assert one.spare_degrees == pytest.approx(reach.degrees[a, b] - angles[a, b])
    assert tightest(labels, angles, reach, most=3) == found[:3]
