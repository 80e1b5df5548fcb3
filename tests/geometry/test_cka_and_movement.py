"""CKA, changed neighbourhoods and turned utterances equal their definitions in plain loops."""

import itertools
import math

import numpy as np
import pytest
import scipy.linalg

from ser_core.errors import InputError
from ser_core.geometry import cka
from ser_core.geometry.angles import unit
from ser_core.geometry.cka import linear_cka
from ser_core.geometry.movement import neighbourhood_change, turned_degrees


def gram(rows):
    """Centred products of every pair of rows: what HSIC is defined on."""
    size = len(rows)
    products = [[sum(a * b for a, b in zip(one, other, strict=True)) for other in rows] for one in rows]
    by_row = [sum(row) / size for row in products]
    whole = sum(by_row) / size
    return [[products[i][j] - by_row[i] - by_row[j] + whole for j in range(size)] for i in range(size)]


def hsic(first, second):
    return sum(a * b for one, other in zip(first, second, strict=True) for a, b in zip(one, other, strict=True))


def cka_by_definition(first, second):
    k, m = gram(first.tolist()), gram(second.tolist())
    return hsic(k, m) / math.sqrt(hsic(k, k) * hsic(m, m))


def test_cka_is_hsic_over_the_norms_of_both_for_spaces_of_different_size(random):
    first = random.normal(size=(9, 4))
    second = np.c_[first @ random.normal(size=(4, 2)), random.normal(size=(9, 5))] + 3
    assert linear_cka(first, second).cka == pytest.approx(cka_by_definition(first, second))


def test_cka_at_random_is_its_mean_over_every_way_of_pairing_the_rows(random):
    first, second = random.normal(size=(5, 3)), random.normal(size=(5, 2))
    every = [cka_by_definition(first, second[list(order)]) for order in itertools.permutations(range(5))]
    assert linear_cka(first, second).at_random == pytest.approx(sum(every) / len(every))


def test_cka_does_not_see_rotation_scale_or_place_and_blocks_do_not_change_it(random, monkeypatch):
    first = random.normal(size=(50, 4)).astype(np.float32)
    turn = np.linalg.qr(random.normal(size=(4, 4)))[0]
    assert linear_cka(first, 3 * first @ turn + 5).cka == pytest.approx(1, abs=1e-6)
    other = random.normal(size=(50, 6))
    whole = linear_cka(first, other)
    monkeypatch.setattr(cka, "_BLOCK", 7)
    in_parts = linear_cka(first, other)
    assert (in_parts.cka, in_parts.at_random) == pytest.approx((whole.cka, whole.at_random))


@pytest.mark.parametrize(
    ("first", "second", "advice"),
    [
        (np.ones((4, 2)), np.ones((5, 2)), "Match the rows"),
        (np.eye(2), np.eye(2), "Match the rows"),
        (np.eye(3), np.full((3, 2), np.inf), "Leave those rows out"),
        (np.eye(3), np.ones((3, 2)), "Choose another epoch or model"),
    ],
)
def test_spaces_that_have_no_alignment_are_refused_with_advice(first, second, advice):
    with pytest.raises(InputError, match=advice):
        linear_cka(first, second)


def test_a_neighbourhood_has_changed_by_the_share_of_its_neighbours_that_are_others(random):
    first, second = random.normal(size=(30, 5)), random.normal(size=(30, 3))
    second[:10] = first[:10, :3]

    def neighbours(space, row):
        cosines = [space[row] @ other / np.linalg.norm(space[row]) / np.linalg.norm(other) for other in space]
        others = sorted((index for index in range(30) if index != row), key=lambda index: -cosines[index])
        return set(others[:4])

    expected = [1 - len(neighbours(first, row) & neighbours(second, row)) / 4 for row in range(30)]
    np.testing.assert_allclose(neighbourhood_change(first, second, 4), expected)
    assert 0 < np.mean(expected) < 1
    assert not neighbourhood_change(first, 2 * first, 4).any()
    told: list[tuple[int, int]] = []
    neighbourhood_change(first, second, 4, progress=lambda done, of: told.append((done, of)))
    assert told == [(30, 60), (60, 60)]


def test_between_unrelated_spaces_a_neighbourhood_changes_as_much_as_chance_says(random):
    first, second = random.normal(size=(400, 4)), random.normal(size=(400, 4))
    assert neighbourhood_change(first, second, 40).mean() == pytest.approx(1 - 40 / 399, abs=0.01)


def test_a_turn_is_the_angle_left_after_the_orthogonal_turn_that_scipy_finds(random):
    first, second = random.normal(size=(25, 4)), random.normal(size=(25, 4))
    rotation, _ = scipy.linalg.orthogonal_procrustes(unit(second), unit(first))
    expected = [
        math.degrees(math.acos(min(1.0, one @ (other @ rotation))))
        for one, other in zip(unit(first), unit(second), strict=True)
    ]
    np.testing.assert_allclose(turned_degrees(first, second), expected, atol=1e-6)


def test_what_turns_together_has_not_turned_and_the_one_that_does_not_is_found(random):
    first = random.normal(size=(60, 5))
    second = first @ np.linalg.qr(random.normal(size=(5, 5)))[0] * random.uniform(0.5, 2, size=(60, 1))
    np.testing.assert_allclose(turned_degrees(first, second), 0, atol=1e-5)
    second[7] = -second[7]
    turned = turned_degrees(first, second)
    assert turned.argmax() == 7
    assert turned[7] > 90


@pytest.mark.parametrize("count", [0, 4])
def test_neighbourhoods_larger_than_the_space_and_other_rows_are_refused(count):
    with pytest.raises(InputError, match="from 1 to 3 neighbours of 4 utterances"):
        neighbourhood_change(np.eye(4), np.eye(4), count)
    with pytest.raises(InputError, match="Match the rows"):
        neighbourhood_change(np.eye(4), np.eye(3), 1)
    with pytest.raises(InputError, match="Compare neighbourhoods"):
        turned_degrees(np.eye(4), np.eye(4)[:, :3])
