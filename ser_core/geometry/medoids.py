"""Medoids: the central utterance of each class."""

from collections.abc import Iterable, Sequence

import numpy as np

from ser_core.errors import InputError
from ser_core.geometry.angles import unit
from ser_core.labels import codes
from ser_core.types import FloatArray, IntArray

_BLOCK = 256  # rows whose angles to all others are held at once


def class_medoids(embeddings: FloatArray, labels: Iterable[str], order: Sequence[str]) -> IntArray:
    """Find the row of each class with the smallest mean angle to the rows of its class.

    Returns row numbers into ``(B, D)``, shape ``(K,)``; of several medoids, the first.

    Raises:
        InputError: if a class has no row, the labels do not fit, or a vector is not finite or has zero length.

    References:
        Kaufman and Rousseeuw (1990), "Finding Groups in Data", ch. 2.
    """
    units, numbers = unit(embeddings), codes(labels, order)
    if len(numbers) != len(units):
        raise InputError(
            f"Expected one label per row; got {len(numbers)} labels for {len(units)} rows. Check the table."
        )
    found = np.empty(len(order), dtype=np.int64)
    for number, label in enumerate(order):
        rows = np.flatnonzero(numbers == number)
        if not len(rows):
            raise InputError(
                f"Expected at least one embedding per class; got none of {label}. "
                "Leave that class out, or choose a split that has it."
            )
        sums = angle_sums(units[rows], np.zeros(len(rows), dtype=np.int64), 1)[:, 0]
        found[number] = rows[int(sums.argmin())]
    return found


def angle_sums(units: FloatArray, groups: IntArray, count: int) -> FloatArray:
    """Add up the angles in degrees of every row to the rows of each group, shape ``(B, G)``.

    ``units`` have length one, shape ``(B, D)``; ``groups`` numbers each row's group, below ``count``, which is ``G``.
    """
    member = (groups[:, None] == np.arange(count)).astype(np.float64)  # (B, G)
    sums = np.zeros((len(units), count))
    for start in range(0, len(units), _BLOCK):
        cosines = np.clip(units[start : start + _BLOCK] @ units.T, -1, 1)
        sums[start : start + _BLOCK] = np.degrees(np.arccos(cosines)) @ member
    return sums
