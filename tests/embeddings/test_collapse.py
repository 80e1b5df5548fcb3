"""Each sign of collapse is described where it was made, and nowhere else."""

import numpy as np
import pandas as pd
import pytest

from ser_core.embeddings.collapse import collapses
from ser_core.embeddings.space import Space
from ser_core.geometry.hubs import occurrences, skewness

ROWS, SIZE = 60, 8


def space_of(vectors: np.ndarray, emotions: list[str]) -> Space:
    files = [f"{row}.wav" for row in range(len(vectors))]
    return Space(pd.DataFrame({"file": files, "emotion": emotions}), vectors.astype(np.float32))


def signs(vectors: np.ndarray, emotions: list[str] | None = None, **given: object) -> tuple[str, ...]:
    space = space_of(vectors, emotions or ["sad", "angry", "happy"] * (len(vectors) // 3))
    rows = np.arange(len(space))
    settings = {"dimension": float(SIZE), "hubness": 0.0, "neighbours": 5, **given}
    return collapses(space, rows, rows, settings.pop("occurrences", None), **settings)


@pytest.fixture
def vectors(random) -> np.ndarray:
    """Three well separated classes, spread in all dimensions."""
    means = np.repeat(3 * np.eye(SIZE)[:3][None], ROWS // 3, axis=0).reshape(ROWS, SIZE)
    return means + random.standard_normal((ROWS, SIZE))


def test_separated_classes_show_no_sign(vectors):
    assert signs(vectors) == ()


@pytest.mark.parametrize(("dimension", "shape"), [(1.2, "line"), (0.0, "point")])
def test_a_small_effective_dimension_is_a_line_or_a_point(vectors, dimension, shape):
    (sign,) = signs(vectors, dimension=dimension)
    assert f"hardly more than a {shape}: its effective dimension is {dimension} of {SIZE}" in sign


def test_vectors_of_one_direction_and_their_classes_are_named(random):
    narrow = np.ones((ROWS, SIZE)) + 0.02 * random.standard_normal((ROWS, SIZE))
    shared, one_way = signs(narrow)
    assert shared.startswith("Classes share one direction: ")
    assert "All vectors point nearly the same way" in one_way


def test_equal_angles_are_reported_with_their_mean(random):
    rows = 3 * 20
    (sign,) = signs(np.eye(rows) + 1e-3 * random.standard_normal((rows, rows)))
    assert "All angles are nearly equal: any two utterances lie 90° ± 0." in sign


def test_two_emotions_with_one_direction_are_named_with_their_angle(vectors):
    emotions = ["sad", "angry", "happy"] * (ROWS // 3)
    vectors[1::3] = vectors[::3]
    (sign,) = signs(vectors, emotions)
    assert "angry" in sign
    assert "sad" in sign
    assert "(0.0° apart)" in sign
    assert "happy" not in sign


def test_an_emotion_whose_utterances_cancel_has_no_direction(vectors):
    sad = np.flatnonzero(np.arange(ROWS) % 3 == 0)
    vectors[sad[::2]] = -vectors[sad[1::2]]
    assert signs(vectors)[0] == "The utterances of sad cancel each other: this class has no direction."


def test_a_hub_is_named_with_how_many_it_is_near_to(vectors):
    vectors[7] = 0.02 * vectors.sum(axis=0) + vectors.mean(axis=0)
    counts = occurrences(vectors, 5)
    counts[7] = 50
    (sign,) = signs(vectors, occurrences=counts, hubness=skewness(counts))
    assert "7.wav is among the 5 nearest of 50 of 60 utterances" in sign
