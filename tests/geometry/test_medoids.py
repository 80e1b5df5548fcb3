"""A class's medoid is found by comparing every row with every other of its class."""

import math

import numpy as np
import pytest

from ser_core.errors import InputError
from ser_core.geometry.medoids import angle_sums, class_medoids

ORDER = ("neutral", "happy", "sad")


def plain_angle(first: np.ndarray, second: np.ndarray) -> float:
    lengths = math.sqrt(sum(x * x for x in first)) * math.sqrt(sum(x * x for x in second))
    return math.degrees(
        math.acos(max(-1.0, min(1.0, sum(x * y for x, y in zip(first, second, strict=True)) / lengths)))
    )


def test_the_medoid_has_the_smallest_mean_angle_to_its_class(
    random: np.random.Generator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ser_core.geometry.medoids._BLOCK", 4)
    embeddings, labels = random.normal(size=(30, 5)), [*ORDER, *random.choice(ORDER, size=27)]
    found = class_medoids(embeddings, labels, ORDER)
    for label, row in zip(ORDER, found, strict=True):
        members = [number for number, one in enumerate(labels) if one == label]
        means = {
            number: sum(plain_angle(embeddings[number], embeddings[other]) for other in members) / len(members)
            for number in members
        }
        assert row == min(means, key=means.__getitem__)


def test_angles_are_added_up_by_group(random: np.random.Generator) -> None:
    units = random.normal(size=(6, 3))
    units /= np.linalg.norm(units, axis=1, keepdims=True)
    groups = np.array([0, 2, 0, 1, 2, 2])
    found = angle_sums(units, groups, 4)
    for row in range(6):
        for group in range(4):
            expected = sum(plain_angle(units[row], units[other]) for other in range(6) if groups[other] == group)
            assert found[row, group] == pytest.approx(expected, abs=1e-4)


def test_of_several_in_the_middle_the_first_is_taken() -> None:
    assert class_medoids(np.array([[1.0, 1.0], [1.0, 0.0], [1.0, 0.0]]), ["sad"] * 3, ["sad"]).tolist() == [1]


def test_a_class_without_rows_and_labels_that_do_not_fit_are_refused() -> None:
    with pytest.raises(InputError, match="got none of happy. Leave that class out"):
        class_medoids(np.eye(2), ["sad", "sad"], ["happy", "sad"])
    with pytest.raises(InputError, match="got 1 labels for 2 rows. Check the table"):
        class_medoids(np.eye(2), ["sad"], ["sad"])
