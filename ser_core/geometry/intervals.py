"""How sure an angle is: intervals over other speakers that might have been recorded instead."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from ser_core.errors import InputError
from ser_core.geometry.angles import unit
from ser_core.labels import codes
from ser_core.seeding import stream
from ser_core.types import FloatArray, IntArray

_BLOCK = 100  # replicates computed at once


@dataclass(frozen=True)
class SpokenVectors:
    """Embeddings with the class and the speaker of each row.

    Attributes:
        embeddings: shape ``(B, D)``.
        labels: one class per row.
        speakers: one speaker per row.
    """

    embeddings: FloatArray
    labels: Iterable[str]
    speakers: Iterable[str]


def class_angle_intervals(
    training: SpokenVectors,
    split: SpokenVectors | None,
    order: Sequence[str],
    *,
    replicates: int = 1000,
    level: float = 0.95,
    seed: int = 0,
) -> FloatArray:
    """Bootstrap every entry of :func:`ser_core.geometry.angles.class_angle_matrix` by speaker.

    Each replicate draws the training speakers anew, which moves the directions, and the split's speakers anew,
    which moves the means on the diagonal.

    Args:
        training: the rows that the directions come from.
        split: the rows of the diagonal; None when they are the training rows, so that one draw serves both.
        order: the classes, ``K`` of them.
        replicates: number of draws.
        level: share of the draws between the two bounds.
        seed: of the draws.

    Returns:
        Lower and upper bound in degrees, shape ``(K, K, 2)``; NaN where a class was in fewer than half of the draws,
        and everywhere when the training rows or the split have a single speaker.

    Raises:
        InputError: if a label is not in the order, or a vector is not finite or has no direction.

    References:
        Efron and Tibshirani (1993), "An Introduction to the Bootstrap", ch. 13 (percentile intervals).
    """
    random = stream(seed, "angle intervals")
    classes = len(order)
    units, labels, speakers = _arrays(training, order)
    count = int(speakers.max()) + 1
    if split is not None:
        split_units, split_labels, split_speakers = _arrays(split, order)
        split_count = int(split_speakers.max()) + 1
    else:
        split_units, split_labels, split_speakers, split_count = units, labels, speakers, count
    if min(count, split_count) < 2:
        return np.full((classes, classes, 2), np.nan)

    sums = np.zeros((count, classes, units.shape[1]))  # (S, K, D)
    np.add.at(sums, (speakers, labels), units)
    draws = []
    for first in range(0, replicates, _BLOCK):
        size = min(_BLOCK, replicates - first)
        weights = _draw(random, count, size)  # (R, S)
        totals = np.tensordot(weights, sums, axes=1)  # (R, K, D)
        lengths = np.linalg.norm(totals, axis=2, keepdims=True)
        directions = np.divide(totals, lengths, out=np.full_like(totals, np.nan), where=lengths > 1e-9)
        cosines = np.matmul(directions, directions.transpose(0, 2, 1))  # (R, K, K)
        angles = np.degrees(np.arccos(np.clip(cosines, -1, 1)))
        split_weights = weights if split is None else _draw(random, split_count, size)
        for number in range(classes):
            rows = np.flatnonzero(split_labels == number)
            cosine = np.clip(split_units[rows] @ directions[:, number].T, -1, 1)  # (rows, R)
            row_weights = split_weights[:, split_speakers[rows]].T  # (rows, R)
            weight = row_weights.sum(axis=0)
            total = (np.degrees(np.arccos(cosine)) * row_weights).sum(axis=0)
            angles[:, number, number] = np.divide(total, weight, out=np.full(size, np.nan), where=weight > 0)
        draws.append(angles)
    return _bounds(np.concatenate(draws), level)


def _arrays(vectors: SpokenVectors, order: Sequence[str]) -> tuple[FloatArray, IntArray, IntArray]:
    labels = codes(vectors.labels, order)
    speakers = np.unique(np.array([str(speaker) for speaker in vectors.speakers]), return_inverse=True)[1]
    if not len(labels) == len(speakers) == len(vectors.embeddings) or not len(labels):
        raise InputError(
            f"Expected one label and one speaker per embedding; got {len(labels)} and {len(speakers)} for "
            f"{len(vectors.embeddings)}. Check the table."
        )
    return unit(vectors.embeddings), labels, speakers


def _draw(random: np.random.Generator, speakers: int, size: int) -> FloatArray:
    """How often each speaker is drawn; ``(size, speakers)``."""
    return random.multinomial(speakers, np.full(speakers, 1 / speakers), size=size).astype(np.float64)


def _bounds(draws: FloatArray, level: float) -> FloatArray:
    bounds = np.full((*draws.shape[1:], 2), np.nan)
    known = np.isfinite(draws).mean(axis=0) >= 0.5
    bounds[known] = np.nanquantile(draws[:, known], [(1 - level) / 2, (1 + level) / 2], axis=0).T
    return bounds
