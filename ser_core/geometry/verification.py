"""Verification: how well the angle of two utterances shows whether they are of one class."""

from collections.abc import Iterable, Sequence

import numpy as np

from ser_core.errors import InputError
from ser_core.geometry.angles import unit
from ser_core.labels import codes
from ser_core.types import FloatArray, IntArray

PAIRS = 500_000  # of each kind at most
_AT_ONCE = 1 << 14  # pairs whose vectors are held at once


def pair_cosines(
    embeddings: FloatArray,
    labels: Iterable[str],
    order: Sequence[str],
    *,
    random: np.random.Generator,
    most: int = PAIRS,
) -> tuple[FloatArray, FloatArray]:
    """Return the cosines of pairs of one class, ``(M,)``, and of pairs of two classes, ``(M',)``, of ``(B, D)``.

    Of each kind at most ``most`` pairs are drawn, with replacement.

    Raises:
        InputError: if there is no pair of one of the kinds, or as in :func:`ser_core.geometry.angles.unit`.
    """
    units, numbers = np.atleast_2d(unit(embeddings)), codes(labels, order)
    counts = np.bincount(numbers, minlength=len(order))
    same = int((counts * (counts - 1) // 2).sum())
    different = len(numbers) * (len(numbers) - 1) // 2 - same
    if not same or not different:
        raise InputError(
            f"Expected pairs of utterances of one class and of two; got {same} and {different}. "
            "Choose a split that has more."
        )
    ones = _every_pair_of_one_class(numbers) if same <= most else _pairs_of_one_class(numbers, counts, most, random)
    twos = _every_pair_of_two_classes(numbers) if different <= most else _pairs_of_two_classes(numbers, most, random)
    return _cosines(units, *ones), _cosines(units, *twos)


def equal_error_rate(same: FloatArray, different: FloatArray) -> float:
    """Equal error rate: error at the threshold where false rejections are as frequent as false acceptances.

    Scores are larger where a pair is more alike. From 0 (no error) over 0.5 (guessing) to 1; linear between
    neighbouring thresholds.

    Raises:
        InputError: if either kind is missing.

    Examples:
        >>> equal_error_rate(np.array([0.9, 0.8]), np.array([0.1, 0.2]))
        0.0
    """
    if not len(same) or not len(different):
        raise InputError("Expected pairs of one class and of two; one kind is missing. Choose more utterances.")
    thresholds = np.unique(np.concatenate([same, different]))[::-1]  # from strict to lenient
    accepted = np.concatenate([[0.0], 1 - np.searchsorted(np.sort(different), thresholds) / len(different)])
    refused = np.concatenate([[1.0], np.searchsorted(np.sort(same), thresholds) / len(same)])
    gap = refused - accepted  # falls from 1 to -1
    after = int(np.argmax(gap <= 0))
    share = gap[after - 1] / (gap[after - 1] - gap[after])
    return float(accepted[after - 1] + share * (accepted[after] - accepted[after - 1]))


def _cosines(units: FloatArray, first: IntArray, second: IntArray) -> FloatArray:
    cosines = np.empty(len(first))
    for start in range(0, len(first), _AT_ONCE):
        part = slice(start, start + _AT_ONCE)
        cosines[part] = np.einsum("ij,ij->i", units[first[part]], units[second[part]])
    return cosines


def _every_pair_of_one_class(numbers: IntArray) -> tuple[IntArray, IntArray]:
    pairs = []
    for number in np.unique(numbers):
        members = np.flatnonzero(numbers == number)
        pairs.append(members[np.stack(np.triu_indices(len(members), 1))])
    first, second = np.concatenate(pairs, axis=1)
    return first, second


def _every_pair_of_two_classes(numbers: IntArray) -> tuple[IntArray, IntArray]:
    pairs = []
    for number in np.unique(numbers):
        members, others = np.flatnonzero(numbers == number), np.flatnonzero(numbers > number)
        pairs.append(np.stack([np.repeat(members, len(others)), np.tile(others, len(members))]))
    first, second = np.concatenate(pairs, axis=1)
    return first, second


def _pairs_of_one_class(
    numbers: IntArray, counts: IntArray, count: int, random: np.random.Generator
) -> tuple[IntArray, IntArray]:
    pairs = counts * (counts - 1.0)
    classes = random.choice(len(counts), size=count, p=pairs / pairs.sum())
    members = np.argsort(numbers, kind="stable")
    begins = np.cumsum(counts) - counts
    first = random.integers(0, counts[classes])
    second = (first + random.integers(1, counts[classes])) % counts[classes]
    return members[begins[classes] + first], members[begins[classes] + second]


def _pairs_of_two_classes(numbers: IntArray, count: int, random: np.random.Generator) -> tuple[IntArray, IntArray]:
    kept: list[IntArray] = []
    missing = count
    while missing > 0:
        pairs = random.integers(0, len(numbers), size=(2, 2 * count))
        pairs = pairs[:, numbers[pairs[0]] != numbers[pairs[1]]][:, :missing]
        kept.append(pairs)
        missing -= pairs.shape[1]
    first, second = np.concatenate(kept, axis=1)
    return first, second
