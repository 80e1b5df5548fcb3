"""Neighbours equal a search through every pair."""

import numpy as np
import pytest
from sklearn.neighbors import NearestNeighbors

from ser_core.errors import InputError
from ser_core.geometry.angles import angles_to, unit
from ser_core.geometry.neighbours import NO_NEIGHBOUR, farthest, nearest, nearest_others


def test_neighbours_equal_a_search_through_every_pair(random: np.random.Generator) -> None:
    queries, embeddings = random.normal(size=(7, 6)), random.normal(size=(40, 6))
    indices, angles = nearest(queries, embeddings, 5)
    every = angles_to(queries, embeddings)
    for row in range(7):
        expected = sorted(range(40), key=lambda other: every[row, other])[:5]
        assert indices[row].tolist() == expected
        np.testing.assert_allclose(angles[row], every[row, expected], atol=1e-9)


def test_the_farthest_equal_a_search_through_every_pair(random: np.random.Generator) -> None:
    queries, embeddings = random.normal(size=(7, 6)), random.normal(size=(40, 6))
    indices, angles = farthest(queries, embeddings, 5)
    every = angles_to(queries, embeddings)
    for row in range(7):
        expected = sorted(range(40), key=lambda other: -every[row, other])[:5]
        assert indices[row].tolist() == expected
        np.testing.assert_allclose(angles[row], every[row, expected], atol=1e-9)


def test_neighbours_equal_those_of_scikit_learn_in_blocks_too(
    random: np.random.Generator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ser_core.geometry.neighbours._BLOCK_VALUES", 100)
    queries, embeddings = random.normal(size=(50, 6)), random.normal(size=(40, 6))
    expected = NearestNeighbors(n_neighbors=4, metric="cosine").fit(embeddings).kneighbors(queries)[1]
    np.testing.assert_array_equal(nearest(queries, embeddings, 4)[0], expected)


def test_a_vector_finds_itself_at_angle_zero_whatever_its_length(random: np.random.Generator) -> None:
    embeddings = random.normal(size=(10, 6))
    indices, angles = nearest(5 * embeddings[3], embeddings, 1)
    assert indices.tolist() == [[3]]
    assert angles[0, 0] < 1e-5


def test_equal_vectors_keep_their_order(random: np.random.Generator) -> None:
    embeddings = np.repeat(random.normal(size=(1, 64)), 9, axis=0) * np.arange(1.0, 10.0)[:, None]
    assert nearest(embeddings[4], embeddings, 4)[0].tolist() == [[0, 1, 2, 3]]


def test_fewer_embeddings_than_asked_for_are_all_returned() -> None:
    indices, angles = nearest(np.array([1.0, 0.1]), np.eye(2), 10)
    assert indices.shape == angles.shape == (1, 2)


@pytest.mark.parametrize(
    ("kind", "scale"),
    [(np.float32, 1e-30), (np.float32, 1.0), (np.float32, 1e30), (np.float64, 1.0), (np.float64, 1e300)],
)
def test_among_many_no_neighbour_is_missed(random: np.random.Generator, kind: type, scale: float) -> None:
    embeddings = (scale * random.normal(size=(3001, 24))).astype(kind)
    queries = (scale * random.normal(size=(9, 24))).astype(kind)
    every = angles_to(queries / scale, embeddings / scale)
    indices, angles = nearest(queries, embeddings, 7)
    np.testing.assert_array_equal(indices, np.argsort(every, axis=1)[:, :7])
    np.testing.assert_allclose(angles, np.sort(every, axis=1)[:, :7], atol=1e-4)


@pytest.mark.parametrize("rows", [200, 9000])
def test_neighbours_that_single_precision_cannot_tell_apart_are_in_the_right_order(
    random: np.random.Generator, rows: int
) -> None:
    embeddings = np.eye(1, 32) + 1e-5 * random.normal(size=(rows, 32))
    embeddings[::3] = embeddings[0]  # and a third of them equal
    cosines = np.round(
        [[one @ other for other in embeddings] for one in [embeddings[0], embeddings[1]]]
        / np.outer(*(np.linalg.norm(part, axis=1) for part in (embeddings[:2], embeddings))),
        12,
    )
    expected = [sorted(range(rows), key=lambda other: (-row[other], other))[:5] for row in cosines]
    assert nearest(embeddings[:2], embeddings, 5)[0].tolist() == expected


@pytest.mark.parametrize("spread", [1.0, 1e-7])
def test_nobody_is_a_neighbour_of_what_belongs_to_it(random: np.random.Generator, spread: float) -> None:
    embeddings = 1 + spread * random.normal(size=(300, 6))
    groups = random.integers(0, 20, size=300)
    groups[:280] = np.maximum(groups[:280], 1)
    queries = np.array([5, 299, 20])
    indices, angles = nearest_others(embeddings, 4, groups=groups, queries=queries)
    every = angles_to(embeddings[queries], embeddings)
    for row, query in enumerate(queries):
        others = [other for other in range(300) if groups[other] != groups[query]]
        np.testing.assert_allclose(angles[row], np.sort(every[row, others])[:4], atol=1e-4)
        assert set(indices[row]) <= set(others)


def test_where_there_are_fewer_others_the_list_ends_with_nobody() -> None:
    indices, angles = nearest_others(np.eye(4), 3, groups=np.array([0, 0, 0, 1]))
    assert indices.tolist() == [[3, NO_NEIGHBOUR, NO_NEIGHBOUR]] * 3 + [[0, 1, 2]]
    assert np.isnan(angles[0, 1:]).all()
    assert nearest_others(np.eye(3), 9)[0].tolist() == [[1, 2], [0, 2], [0, 1]]
    with pytest.raises(InputError, match="at least two utterances"):
        nearest_others(np.eye(1), 1)


def test_what_cannot_be_searched_is_refused_with_advice() -> None:
    with pytest.raises(InputError, match="at least one neighbour among at least one embedding; got 0 among 2"):
        nearest(np.eye(2), np.eye(2), 0)
    with pytest.raises(InputError, match="an atlas with utterances in it"):
        nearest(np.eye(2), np.empty((0, 2)), 1)
    with pytest.raises(InputError, match="take both from one checkpoint"):
        nearest(np.eye(2), np.eye(3), 1)


@pytest.mark.parametrize("seed", range(10))
def test_close_neighbours_are_ranked_although_single_precision_cannot(seed: int) -> None:
    """Their cosines differ by less than single precision can tell, and by more than the twelfth digit."""
    random = np.random.default_rng(seed)
    middle = unit(random.standard_normal(64))
    near = middle + random.uniform(1e-5, 2e-4, size=(10, 1)) * unit(random.standard_normal((10, 64)))
    embeddings = np.concatenate([near, random.standard_normal((200, 64))])
    found, _ = nearest(middle, embeddings, 5)
    distances = [np.linalg.norm(row / np.linalg.norm(row) - middle) for row in embeddings]
    assert found[0].tolist() == np.argsort(distances)[:5].tolist()
