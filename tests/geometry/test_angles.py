"""Angles equal their definition, written out plainly, and stay exact where the arc cosine does not."""

import math

import numpy as np
import pytest
from scipy.spatial.distance import cdist

from ser_core.errors import InputError
from ser_core.geometry.angles import (
    angle_matrix,
    angles_to,
    class_angle_matrix,
    class_directions,
    class_ranges,
    unit,
)
from ser_core.types import FloatArray

ORDER = ("neutral", "happy", "sad")


def plain_angle(first: FloatArray, second: FloatArray) -> float:
    product = sum(a * b for a, b in zip(first, second, strict=True))
    lengths = math.sqrt(sum(a * a for a in first)) * math.sqrt(sum(b * b for b in second))
    return math.degrees(math.acos(max(-1.0, min(1.0, product / lengths))))


def plain_direction(rows: list[FloatArray]) -> FloatArray:
    units = [row / math.sqrt(sum(value * value for value in row)) for row in rows]
    mean = sum(units) / len(units)
    return np.asarray(mean / math.sqrt(sum(value * value for value in mean)))


def labelled(random: np.random.Generator, count: int = 30, size: int = 5) -> tuple[FloatArray, list[str]]:
    labels = [ORDER[index % 3] for index in range(count)]
    centres = dict(zip(ORDER, random.normal(size=(3, size)), strict=True))
    scale = random.uniform(0.1, 10, size=(count, 1))
    return scale * np.stack([centres[label] + random.normal(scale=0.3, size=size) for label in labels]), labels


def test_angles_equal_the_arc_cosine_of_the_cosine(random: np.random.Generator) -> None:
    embeddings, directions = random.normal(size=(20, 7)), random.normal(size=(4, 7))
    expected = [[plain_angle(row, direction) for direction in directions] for row in embeddings]
    np.testing.assert_allclose(angles_to(embeddings, directions), expected, atol=1e-9)
    np.testing.assert_allclose(
        angles_to(embeddings, directions), np.degrees(np.arccos(1 - cdist(embeddings, directions, "cosine"))), atol=1e-6
    )


@pytest.mark.parametrize("degrees", [1e-9, 1e-5, 0.03, 90.0, 179.97, 180 - 1e-9])
def test_tiny_and_almost_straight_angles_are_exact(degrees: float) -> None:
    turned = np.array([[math.cos(math.radians(degrees)), math.sin(math.radians(degrees))]])
    found = float(angles_to(turned, np.array([[1.0, 0.0]]))[0, 0])
    assert found == pytest.approx(degrees, rel=1e-6, abs=1e-13)


def test_every_angle_is_exact_whichever_way_it_is_measured() -> None:
    degrees = np.linspace(0, 180, 1801)
    turned = np.stack([np.cos(np.radians(degrees)), np.sin(np.radians(degrees))], axis=1)
    np.testing.assert_allclose(angles_to(turned, np.array([[1.0, 0.0]]))[:, 0], degrees, rtol=0, atol=1e-13)


def test_length_does_not_matter_however_large_or_small(random: np.random.Generator) -> None:
    embeddings, directions = random.normal(size=(6, 4)), random.normal(size=(2, 4))
    expected = angles_to(embeddings, directions)
    for scale in (1e-200, 1e200):
        np.testing.assert_allclose(angles_to(embeddings * scale, directions), expected, atol=1e-9)
    np.testing.assert_allclose(angles_to(embeddings.astype(np.float32), directions), expected, atol=1e-4)


def test_a_direction_is_the_normalised_mean_of_unit_vectors(random: np.random.Generator) -> None:
    embeddings, labels = labelled(random)
    expected = [plain_direction([row for row, own in zip(embeddings, labels, strict=True) if own == k]) for k in ORDER]
    np.testing.assert_allclose(class_directions(embeddings, labels, ORDER), expected, atol=1e-12)


def test_a_long_vector_pulls_a_direction_no_more_than_a_short_one() -> None:
    directions = class_directions(np.array([[100.0, 0.0], [0.0, 0.1]]), ["sad", "sad"], ["sad"])
    np.testing.assert_allclose(directions, [[math.sqrt(0.5), math.sqrt(0.5)]])


def test_the_matrix_has_mean_angles_within_classes_on_its_diagonal(random: np.random.Generator) -> None:
    embeddings, labels = labelled(random)
    directions = random.normal(size=(3, 5))
    expected = np.empty((3, 3))
    for row in range(3):
        for column in range(3):
            expected[row, column] = plain_angle(directions[row], directions[column])
        own = [
            plain_angle(e, directions[row]) for e, label in zip(embeddings, labels, strict=True) if label == ORDER[row]
        ]
        expected[row, row] = sum(own) / len(own)
    np.testing.assert_allclose(class_angle_matrix(embeddings, labels, directions, ORDER), expected, atol=1e-6)


def test_a_class_without_utterances_has_no_angle_on_the_diagonal() -> None:
    matrix = class_angle_matrix(np.eye(3)[:2], ["neutral", "happy"], np.eye(3), ORDER)
    np.testing.assert_allclose(np.diag(matrix), [0, 0, np.nan], atol=1e-9)
    np.testing.assert_allclose(matrix[2, :2], 90)


def test_the_angle_matrix_is_symmetric_and_zero_on_the_diagonal(random: np.random.Generator) -> None:
    matrix = angle_matrix(random.normal(size=(5, 9)))
    np.testing.assert_array_equal(matrix, matrix.T)
    np.testing.assert_array_equal(np.diag(matrix), 0)


def test_ranges_are_the_quantile_of_a_class_over_its_own_angle() -> None:
    angles = np.arange(22.0).reshape(11, 2)
    np.testing.assert_allclose(class_ranges(angles, ["sad"] * 11, ["happy", "sad"])[1], np.quantile(angles[:, 1], 0.9))
    np.testing.assert_allclose(class_ranges(angles, ["sad"] * 11, ["happy", "sad"], 0.5)[1], np.median(angles[:, 1]))


def test_every_class_has_a_range_of_its_own_and_one_without_utterances_that_of_all(
    random: np.random.Generator,
) -> None:
    numbers = [0, 0, 1, 0, 1, 1, 1, 0, 1, 0, 0, 1]
    angles = random.uniform(0, 40, size=(12, 3)) + np.array([0, 50, 100])
    found = class_ranges(angles, [ORDER[number] for number in numbers], ORDER)
    own = [angles[row, number] for row, number in enumerate(numbers)]
    expected = [
        np.quantile([angle for angle, other in zip(own, numbers, strict=True) if other == k], 0.9) for k in (0, 1)
    ]
    np.testing.assert_allclose(found, [*expected, np.quantile(own, 0.9)])


def test_a_class_without_development_utterances_gets_the_range_of_all() -> None:
    angles = np.arange(22.0).reshape(11, 2)
    ranges = class_ranges(angles, ["sad"] * 11, ["happy", "sad"])
    assert ranges[0] == ranges[1]


@pytest.mark.parametrize(
    ("embeddings", "message"),
    [
        (np.array([[1.0, 0.0], [0.0, 0.0]]), "zero length in row 1. Leave that row out"),
        (np.array([[1.0, np.nan]]), "NaN or infinite value in row 0. Leave that row out"),
        (np.zeros((2, 2, 2)), r"shape \(B, D\)"),
        (np.zeros((2, 0)), r"shape \(B, D\)"),
    ],
)
def test_vectors_without_a_direction_are_refused(embeddings: FloatArray, message: str) -> None:
    with pytest.raises(InputError, match=message):
        unit(embeddings)


def test_classes_that_have_no_direction_are_named() -> None:
    with pytest.raises(InputError, match="got none of happy. Leave that class out"):
        class_directions(np.eye(2), ["sad", "sad"], ["happy", "sad"])
    with pytest.raises(InputError, match="common direction in sad; they cancel"):
        class_directions(np.array([[1.0, 0.0], [-1.0, 0.0]]), ["sad", "sad"], ["sad"])
    with pytest.raises(InputError, match="got 'sad'. Leave those rows out"):
        class_directions(np.eye(2), ["happy", "sad"], ["happy"])


def test_sizes_that_do_not_agree_are_refused_with_advice() -> None:
    with pytest.raises(InputError, match="got 3 and 2. They come from different models"):
        angles_to(np.eye(3), np.eye(2))
    with pytest.raises(InputError, match="one label per row; got 1 labels for 2 rows"):
        class_directions(np.eye(2), ["sad"], ["sad"])
    with pytest.raises(InputError, match=r"shape \(B, 3\); got \(2, 2\)"):
        class_ranges(np.eye(2), ["sad", "sad"], ORDER)
    with pytest.raises(InputError, match="got none. Give the split some speakers"):
        class_ranges(np.empty((0, 3)), [], ORDER)
