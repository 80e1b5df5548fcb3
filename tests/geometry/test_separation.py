"""Spread, silhouette and purity equal their definitions, written out utterance by utterance."""

import numpy as np
import pytest
from sklearn.metrics import silhouette_score

from ser_core.errors import InputError
from ser_core.geometry.separation import class_spread, neighbour_purity, silhouette

ORDER = ("neutral", "sad", "angry", "calm")  # nobody is calm


@pytest.fixture
def labels(random: np.random.Generator) -> list[str]:
    return [*ORDER[:3], *random.choice(ORDER[:3], size=37)]


@pytest.fixture
def embeddings(random: np.random.Generator, labels: list[str]) -> np.ndarray:
    return random.normal(size=(40, 5)) + 1.5 * np.eye(5)[[ORDER.index(label) for label in labels]]


def test_spread_is_the_mean_squared_distance_to_the_class_mean_and_of_the_means_to_the_centre(embeddings, labels):
    groups = {label: embeddings[[one == label for one in labels]] for label in set(labels)}
    within = sum(np.sum((row - rows.mean(axis=0)) ** 2) for rows in groups.values() for row in rows) / 40
    centre = embeddings.mean(axis=0)
    between = sum(len(rows) * np.sum((rows.mean(axis=0) - centre) ** 2) for rows in groups.values()) / 40
    found = class_spread(embeddings, labels, ORDER)
    assert (found.within, found.between) == pytest.approx((within, between))
    assert found.within + found.between == pytest.approx(embeddings.var(axis=0).sum())
    assert found.ratio == pytest.approx(within / between)
    assert class_spread(7 * embeddings, labels, ORDER).ratio == pytest.approx(found.ratio)


def test_classes_on_one_point_have_no_ratio_between_them():
    assert class_spread(np.array([[1.0], [3.0], [1.0], [3.0]]), ["sad", "sad", "calm", "calm"], ORDER).ratio == np.inf


def test_silhouette_equals_scikit_learn_by_cosine_distance(embeddings, labels):
    assert silhouette(embeddings, labels, ORDER) == pytest.approx(silhouette_score(embeddings, labels, metric="cosine"))
    alone = [*labels[:-1], "calm"]
    assert silhouette(embeddings, alone, ORDER) == pytest.approx(silhouette_score(embeddings, alone, metric="cosine"))


def test_purity_counts_the_nearest_neighbours_of_the_same_class(embeddings, labels):
    right = 0
    for number, row in enumerate(embeddings):
        cosines = embeddings @ row / np.linalg.norm(embeddings, axis=1)
        cosines[number] = -np.inf
        right += labels[int(cosines.argmax())] == labels[number]
    assert neighbour_purity(embeddings, labels, ORDER) == right / 40


def test_two_utterances_on_one_point_are_each_others_neighbours():
    points = np.array([[1.0, 0.0], [1.0, 0.0], [0.0, 1.0], [0.0, 1.0]])
    assert neighbour_purity(points, ["sad", "sad", "calm", "calm"], ORDER) == 1.0
    assert neighbour_purity(points, ["sad", "calm", "sad", "calm"], ORDER) == 0.0


@pytest.mark.parametrize("measure", [class_spread, silhouette, neighbour_purity])
def test_what_cannot_be_measured_is_refused_with_advice(measure, embeddings, labels):
    with pytest.raises(InputError, match="Choose a split"):
        measure(embeddings[:0], [], ORDER)
    with pytest.raises(InputError, match="40 labels for shape"):
        measure(embeddings[:30], labels, ORDER)
    with pytest.raises(InputError, match="Leave that row out"):
        measure(np.where(np.arange(40)[:, None] == 3, np.nan, embeddings), labels, ORDER)
    with pytest.raises(InputError, match="got 'angry'"):
        measure(embeddings, labels, ("neutral", "sad"))


def test_a_silhouette_needs_two_emotions_and_a_neighbour_needs_a_second_utterance(embeddings):
    with pytest.raises(InputError, match="at least two classes"):
        silhouette(embeddings, ["sad"] * 40, ORDER)
    with pytest.raises(InputError, match="at least two utterances"):
        neighbour_purity(embeddings[:1], ["sad"], ORDER)
