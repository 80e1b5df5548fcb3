"""Neighbours equal a search through every pair."""

import numpy as np
import pytest
from sklearn.neighbors import NearestNeighbors

from ser_core.errors import InputError
from ser_core.geometry.angles import angles_to
from ser_core.geometry.neighbours import farthest, nearest


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


def test_what_cannot_be_searched_is_refused_with_advice() -> None:
    with pytest.raises(InputError, match="at least one neighbour among at least one embedding; got 0 among 2"):
        nearest(np.eye(2), np.eye(2), 0)
    with pytest.raises(InputError, match="an atlas with utterances in it"):
        nearest(np.eye(2), np.empty((0, 2)), 1)
    with pytest.raises(InputError, match="take both from one checkpoint"):
        nearest(np.eye(2), np.eye(3), 1)
