"""Retrieval, verification, clusters, dimension, isotropy and hubs equal their definitions or an outside program."""

import numpy as np
import pytest
from scipy.interpolate import interp1d
from scipy.optimize import brentq
from scipy.stats import skew
from sklearn.cluster import KMeans
from sklearn.decomposition import PCA
from sklearn.metrics import roc_curve

from ser_core.errors import InputError
from ser_core.geometry.clusters import cluster_agreement
from ser_core.geometry.dimension import effective_dimension, isotropy
from ser_core.geometry.hubs import occurrences, skewness
from ser_core.geometry.retrieval import map_at_r
from ser_core.geometry.separation import neighbour_purity
from ser_core.geometry.verification import equal_error_rate, pair_cosines

ORDER = ("neutral", "sad", "angry", "calm")  # nobody is calm


@pytest.fixture
def labels(random: np.random.Generator) -> list[str]:
    return [*ORDER[:3], *random.choice(ORDER[:3], size=47)]


@pytest.fixture
def embeddings(random: np.random.Generator, labels: list[str]) -> np.ndarray:
    return random.normal(size=(50, 6)) + 1.5 * np.eye(6)[[ORDER.index(label) for label in labels]]


def units(embeddings: np.ndarray) -> np.ndarray:
    return embeddings / np.linalg.norm(embeddings, axis=1, keepdims=True)


def average_precision_at_r(query: int, cosines: np.ndarray, labels: list[str]) -> float | None:
    others = sorted((row for row in range(len(labels)) if row != query), key=lambda row: -cosines[query, row])
    count = sum(labels[row] == labels[query] for row in others)
    if not count:
        return None
    total, right = 0.0, 0
    for place, row in enumerate(others[:count], start=1):
        if labels[row] == labels[query]:
            right += 1
            total += right / place
    return total / count


def test_map_at_r_equals_its_definition_query_by_query(embeddings, labels, monkeypatch):
    monkeypatch.setattr("ser_core.geometry.retrieval._BLOCK_VALUES", 150)  # three queries at once
    cosines = units(embeddings) @ units(embeddings).T
    alone = [*labels[:-1], "calm"]
    for told in (labels, alone):
        values = [average_precision_at_r(row, cosines, told) for row in range(50)]
        assert map_at_r(embeddings, told, ORDER) == pytest.approx(np.mean([one for one in values if one is not None]))
    some = np.array([3, 8, 20])
    expected = np.mean([average_precision_at_r(row, cosines, labels) for row in some])
    assert map_at_r(embeddings, labels, ORDER, queries=some) == pytest.approx(expected)


def test_classes_in_places_of_their_own_have_a_map_at_r_of_one():
    points = np.repeat(np.eye(3), 4, axis=0)
    assert map_at_r(points, np.repeat(ORDER[:3], 4), ORDER) == 1.0
    with pytest.raises(InputError, match="every one is alone"):
        map_at_r(np.eye(3), ORDER[:3], ORDER)
    with pytest.raises(InputError, match="Expected one label per embedding; got 3 labels for 12"):
        map_at_r(points, ORDER[:3], ORDER)


def test_precision_at_1_of_some_queries_is_among_all_utterances(embeddings, labels):
    cosines = units(embeddings) @ units(embeddings).T
    np.fill_diagonal(cosines, -np.inf)
    some = np.array([0, 7, 31, 49])
    expected = np.mean([labels[cosines[row].argmax()] == labels[row] for row in some])
    assert neighbour_purity(embeddings, labels, ORDER, queries=some) == expected


def test_the_equal_error_rate_lies_where_the_roc_of_scikit_learn_crosses(embeddings, labels, random):
    same, different = pair_cosines(embeddings, labels, ORDER, random=random)
    truth, scores = np.repeat([1, 0], [len(same), len(different)]), np.concatenate([same, different])
    accepted, found, _ = roc_curve(truth, scores, drop_intermediate=False)
    expected = brentq(lambda rate: 1 - rate - interp1d(accepted, found)(rate), 0, 1)
    assert equal_error_rate(same, different) == pytest.approx(expected, abs=1e-9)


def test_ties_and_perfect_and_inverted_scores_have_the_error_rate_that_they_should():
    assert equal_error_rate(np.ones(4), np.zeros(9)) == 0.0
    assert equal_error_rate(np.zeros(4), np.ones(9)) == 1.0
    assert equal_error_rate(np.ones(5), np.ones(5)) == 0.5
    with pytest.raises(InputError, match="one kind is missing"):
        equal_error_rate(np.ones(2), np.ones(0))


def test_pairs_are_all_pairs_and_where_there_are_too_many_a_sample_of_them(embeddings, labels, random):
    cosines = units(embeddings) @ units(embeddings).T
    pairs = [(row, other) for row in range(50) for other in range(row)]
    same = sorted(cosines[pair] for pair in pairs if labels[pair[0]] == labels[pair[1]])
    different = sorted(cosines[pair] for pair in pairs if labels[pair[0]] != labels[pair[1]])
    found = pair_cosines(embeddings, labels, ORDER, random=random)
    np.testing.assert_allclose(np.sort(found[0]), same)
    np.testing.assert_allclose(np.sort(found[1]), different)
    few = pair_cosines(embeddings, labels, ORDER, random=random, most=200)
    assert [len(part) for part in few] == [200, 200]
    for drawn, every in zip(few, (same, different), strict=True):
        assert all(np.isclose(every, value, atol=1e-12).any() for value in drawn)
        assert np.mean(drawn) == pytest.approx(np.mean(every), abs=0.1)
    with pytest.raises(InputError, match="pairs of utterances of one class and of two; got 1225 and 0"):
        pair_cosines(embeddings, ["sad"] * 50, ORDER, random=random)


def mutual_information(first: np.ndarray, second: np.ndarray) -> float:
    total = 0.0
    for one in set(first):
        for other in set(second):
            both = np.mean((first == one) & (second == other))
            if both:
                total += both * np.log(both / (np.mean(first == one) * np.mean(second == other)))
    return total


def test_nmi_is_twice_the_mutual_information_by_both_entropies(embeddings, labels):
    clusters = KMeans(3, n_init=10, random_state=4).fit_predict(units(embeddings).astype(np.float32))
    told = np.array([ORDER.index(label) for label in labels])
    entropies = mutual_information(told, told) + mutual_information(clusters, clusters)
    expected = 2 * mutual_information(told, clusters) / entropies
    assert cluster_agreement(embeddings, labels, ORDER, seed=4) == pytest.approx(expected)
    assert cluster_agreement(np.eye(3)[told], labels, ORDER) == pytest.approx(1.0)
    with pytest.raises(InputError, match="at least two classes; got one"):
        cluster_agreement(embeddings, ["sad"] * 50, ORDER)


@pytest.mark.parametrize("shape", [(50, 6), (5, 12)])
def test_the_effective_dimension_is_the_participation_ratio_of_the_eigenvalues(random, shape):
    embeddings = random.normal(size=shape) * np.linspace(1, 3, shape[1])
    eigenvalues = PCA().fit(units(embeddings)).explained_variance_
    expected = eigenvalues.sum() ** 2 / np.square(eigenvalues).sum()
    assert effective_dimension(embeddings) == pytest.approx(expected)
    assert effective_dimension(7 * embeddings) == pytest.approx(expected)


def test_a_line_has_one_dimension_and_a_point_has_none(random):
    line = np.column_stack([np.ones(30), random.normal(scale=0.01, size=30)])
    assert effective_dimension(line) == pytest.approx(1.0, abs=0.01)
    assert effective_dimension(np.ones((30, 4)) * random.uniform(1, 2, size=(30, 1))) == 0.0


@pytest.mark.parametrize("shape", [(50, 6), (4, 12)])
def test_isotropy_is_the_smallest_by_the_largest_sum_over_the_eigenvectors(random, shape):
    embeddings = random.normal(size=shape) + 1
    vectors = units(embeddings)
    sums = []
    for axis in np.linalg.eigh(vectors.T @ vectors)[1].T:
        sums += [sum(np.exp(sign * axis @ vector) for vector in vectors) for sign in (1, -1)]
    assert isotropy(embeddings) == pytest.approx(min(sums) / max(sums), rel=1e-6)


def test_isotropy_is_one_where_no_direction_is_preferred_and_least_where_all_point_one_way():
    assert isotropy(np.concatenate([np.eye(3), -np.eye(3)])) == pytest.approx(1.0)
    assert isotropy(np.ones((9, 3))) == pytest.approx(np.exp(-2))


def test_hubness_is_the_skewness_of_how_often_an_utterance_is_a_neighbour(embeddings):
    cosines = units(embeddings) @ units(embeddings).T
    counts = [0] * 50
    for query in range(50):
        for row in sorted((row for row in range(50) if row != query), key=lambda row: -cosines[query, row])[:10]:
            counts[row] += 1
    found = occurrences(embeddings, 10)
    assert found.tolist() == counts
    assert found.sum() == 500
    assert skewness(found) == pytest.approx(skew(counts))
