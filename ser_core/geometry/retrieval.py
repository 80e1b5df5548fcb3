"""Retrieval metric: mean average precision at R."""

from collections.abc import Iterable, Sequence

import numpy as np

from ser_core.errors import InputError
from ser_core.geometry.angles import unit
from ser_core.labels import codes
from ser_core.types import FloatArray, IntArray

_BLOCK_VALUES = 1 << 22  # cosines held at once


def map_at_r(
    embeddings: FloatArray, labels: Iterable[str], order: Sequence[str], *, queries: IntArray | None = None
) -> float:
    """Mean average precision at R, by angle.

    R is the number of other utterances of the query's class. Among the R nearest, each that is of the class counts with
    the precision up to its place; the sum is divided by R. So 1 means that every class lies closer together than to
    anything else. Rows at one angle (cosines that agree in twelve digits) keep their order.

    Embeddings are ``(B, D)``; ``queries`` are row numbers, all by default. The mean, 0 to 1, is over the queries that
    are not alone in their class.

    Raises:
        InputError: if the labels do not fit, no query has another utterance of its class, or as in
            :func:`ser_core.geometry.angles.unit`.

    References:
        Musgrave, Belongie and Lim (2020), "A Metric Learning Reality Check", ECCV.
    """
    units, numbers = np.atleast_2d(unit(embeddings)), codes(labels, order)
    if len(numbers) != len(units):
        raise InputError(
            f"Expected one label per embedding; got {len(numbers)} labels for {len(units)}. Check the table."
        )
    others = np.bincount(numbers, minlength=len(order)) - 1  # (K,): R of each class
    queries = np.arange(len(units)) if queries is None else queries
    queries = queries[others[numbers[queries]] > 0]
    if not len(queries):
        raise InputError("Expected a class with two utterances; every one is alone. Choose a split that has more.")
    total = 0.0
    block = max(1, _BLOCK_VALUES // len(units))
    for start in range(0, len(queries), block):
        rows = queries[start : start + block]
        cosines = np.round(units[rows] @ units.T, 12)  # (block, B)
        cosines[np.arange(len(rows)), rows] = -np.inf
        for row, values in zip(rows, cosines, strict=True):
            found = _largest(values, int(others[numbers[row]]))
            right = numbers[found] == numbers[row]
            total += float((np.cumsum(right) / np.arange(1, len(right) + 1))[right].sum()) / len(right)
    return total / len(queries)


def _largest(values: FloatArray, count: int) -> IntArray:
    """Return the places of the largest values, largest first; equal ones keep their order."""
    least = np.partition(values, len(values) - count)[len(values) - count]
    places = np.flatnonzero(values >= least)
    return places[np.argsort(-values[places], kind="stable")][:count]
