"""Numbers about a map equal scikit-learn's, or their definitions in plain loops."""

import numpy as np
import pytest
from scipy.spatial.distance import cdist
from sklearn.manifold import trustworthiness

from ser_core.errors import InputError
from ser_core.geometry.map_quality import map_quality, seed_overlaps
from ser_core.geometry.map_stress import map_stress
from ser_core.types import FloatArray


@pytest.fixture
def space(random: np.random.Generator) -> FloatArray:
    return random.normal(size=(40, 8))


@pytest.fixture
def flat(space: FloatArray, random: np.random.Generator) -> FloatArray:
    return space[:, :2] + 0.3 * random.normal(size=(40, 2))


def in_order(distances: FloatArray, row: int) -> list[int]:
    return sorted((other for other in range(len(distances)) if other != row), key=lambda other: distances[row, other])


@pytest.mark.parametrize("neighbours", [1, 5, 10])
def test_trustworthiness_equals_scikit_learns(space: FloatArray, flat: FloatArray, neighbours: int) -> None:
    found = map_quality(space, flat, neighbours=neighbours)
    expected = trustworthiness(space, flat, n_neighbors=neighbours, metric="cosine")
    assert found.trustworthiness == pytest.approx(expected, abs=1e-12)


def test_continuity_and_overlap_equal_their_definitions(space: FloatArray, flat: FloatArray) -> None:
    by_angle, on_map = cdist(space, space, "cosine"), cdist(flat, flat)
    lost, kept, k = 0, 0, 7
    for row in range(40):
        near, order = set(in_order(by_angle, row)[:k]), in_order(on_map, row)
        kept += len(near & set(order[:k]))
        for other in near - set(order[:k]):
            lost += order.index(other) + 1 - k
    found = map_quality(space, flat, neighbours=k)
    assert found.continuity == pytest.approx(1 - 2 * lost / (40 * k * (2 * 40 - 3 * k - 1)), abs=1e-12)
    assert found.overlap == pytest.approx(kept / (40 * k), abs=1e-12)
    assert found.by_chance == pytest.approx(k / 39)
    assert (found.rows, found.total, found.neighbours) == (40, 40, k)


def test_continuity_is_trustworthiness_the_other_way_round(random: np.random.Generator) -> None:
    first, second = (random.normal(size=(30, 3)) for _ in range(2))
    on_sphere = [one / np.linalg.norm(one, axis=1, keepdims=True) for one in (first, second)]
    there, back = map_quality(*on_sphere), map_quality(*on_sphere[::-1])
    assert there.continuity == pytest.approx(back.trustworthiness, abs=1e-12)


def test_a_map_that_is_the_space_is_perfect_and_one_at_random_is_not(random: np.random.Generator) -> None:
    angles = random.uniform(0, np.pi / 2, size=400)
    arc = np.column_stack([np.cos(angles), np.sin(angles)])
    perfect = map_quality(arc, arc)
    assert (perfect.trustworthiness, perfect.continuity, perfect.overlap) == (1, 1, 1)
    poor = map_quality(arc, random.normal(size=(400, 2)))
    assert poor.overlap == pytest.approx(poor.by_chance, abs=0.02)
    assert poor.trustworthiness == pytest.approx(0.5, abs=0.05)
    assert poor.continuity == pytest.approx(0.5, abs=0.05)


def test_of_many_rows_some_are_drawn_by_the_seed_and_tell_nearly_the_same(
    random: np.random.Generator, monkeypatch: pytest.MonkeyPatch
) -> None:
    space = random.normal(size=(600, 5))
    flat = space[:, :2]
    whole = map_quality(space, flat)
    monkeypatch.setattr("ser_core.geometry.map_quality.ALL", 500)
    monkeypatch.setattr("ser_core.geometry.map_quality.MOST", 300)
    drawn = map_quality(space, flat)
    assert (drawn.rows, drawn.total) == (300, 600)
    assert drawn == map_quality(space, flat)
    assert drawn != map_quality(space, flat, seed=1)
    assert drawn.trustworthiness == pytest.approx(whole.trustworthiness, abs=0.03)
    assert drawn.continuity == pytest.approx(whole.continuity, abs=0.03)
    assert drawn.overlap == pytest.approx(whole.overlap, abs=0.03)


def test_of_very_many_rows_fewer_are_drawn_but_never_hardly_any(
    random: np.random.Generator, monkeypatch: pytest.MonkeyPatch
) -> None:
    space = random.normal(size=(600, 5))
    for name, number in {"ALL": 500, "MOST": 300, "FEWEST": 50, "RANKED": 600 * 120}.items():
        monkeypatch.setattr(f"ser_core.geometry.map_quality.{name}", number)
    assert map_quality(space, space[:, :2]).rows == 120
    monkeypatch.setattr("ser_core.geometry.map_quality.RANKED", 600)
    assert map_quality(space, space[:, :2]).rows == 50


def test_few_rows_have_fewer_neighbours_and_fewer_still_are_refused(random: np.random.Generator) -> None:
    assert map_quality(random.normal(size=(7, 3)), random.normal(size=(7, 2))).neighbours == 3
    with pytest.raises(InputError, match="at least 5 embeddings.*Choose more utterances"):
        map_quality(random.normal(size=(4, 3)), random.normal(size=(4, 2)))
    with pytest.raises(InputError, match="got 9 embeddings and 8 points"):
        map_quality(random.normal(size=(9, 3)), random.normal(size=(8, 2)))


def test_seeds_overlap_as_their_neighbourhoods_do(random: np.random.Generator) -> None:
    maps = [random.normal(size=(25, 2)) for _ in range(3)]
    maps.append(2 * maps[0][:, ::-1])  # mirrored and scaled: the same neighbours
    found = seed_overlaps(maps, neighbours=4)
    near = [[set(in_order(cdist(one, one), row)[:4]) for row in range(25)] for one in maps]
    for first in range(4):
        for second in range(4):
            shared = [len(a & b) / 4 for a, b in zip(near[first], near[second], strict=True)]
            assert found[first, second] == pytest.approx(np.mean(shared))
    assert found[0, 3] == 1
    with pytest.raises(InputError, match="under several seeds"):
        seed_overlaps(maps[:1])


@pytest.mark.parametrize("sphere", [False, True])
def test_stress_equals_its_definition(space: FloatArray, random: np.random.Generator, sphere: bool) -> None:
    points = random.normal(size=(40, 3))
    points /= np.linalg.norm(points, axis=1, keepdims=True)
    angles = np.degrees(np.arccos(np.clip(1 - cdist(space, space, "cosine"), -1, 1)))
    drawn = np.degrees(np.arccos(np.clip(1 - cdist(points, points, "cosine"), -1, 1))) if sphere else cdist(
        points, points
    )  # fmt: skip
    pairs = [(one, other) for one in range(40) for other in range(40) if one != other]
    scale = sum(angles[pair] * drawn[pair] for pair in pairs) / sum(drawn[pair] ** 2 for pair in pairs)
    found = map_stress(space, points, sphere=sphere)
    assert found.degrees_per_unit == pytest.approx(scale)
    assert found.others == 39
    for row in (0, 7, 39):
        own = [pair for pair in pairs if pair[0] == row]
        expected = sum((angles[pair] - scale * drawn[pair]) ** 2 for pair in own) / sum(
            angles[pair] ** 2 for pair in own
        )
        assert found.per_point[row] == pytest.approx(np.sqrt(expected), abs=1e-6)
    expected = sum((angles[pair] - scale * drawn[pair]) ** 2 for pair in pairs) / sum(angles[p] ** 2 for p in pairs)
    assert found.whole == pytest.approx(np.sqrt(expected), abs=1e-6)


def test_stress_is_zero_where_distances_are_angles_and_where_nothing_differs(
    random: np.random.Generator, monkeypatch: pytest.MonkeyPatch
) -> None:
    angles = random.uniform(0, np.pi, size=30)
    arc = np.column_stack([np.cos(angles), np.sin(angles)])
    line = np.column_stack([3 * angles, np.zeros(30)])
    assert map_stress(arc, line).per_point == pytest.approx(np.zeros(30), abs=1e-6)
    assert map_stress(np.ones((5, 3)), np.zeros((5, 2))).whole == pytest.approx(0)
    monkeypatch.setattr("ser_core.geometry.map_stress.ALL", 20)
    monkeypatch.setattr("ser_core.geometry.map_stress.OTHERS", 10)
    sampled = map_stress(arc, line)
    assert sampled.others == 10
    assert sampled.per_point == pytest.approx(np.zeros(30), abs=1e-6)
