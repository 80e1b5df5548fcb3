"""Confidence intervals of angles: bootstrap over speakers."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from ser_core.errors import InputError
from ser_core.geometry.angles import unit
from ser_core.geometry.medoids import angle_sums
from ser_core.labels import codes
from ser_core.seeding import stream
from ser_core.types import FloatArray, IntArray

Center = Literal["mean", "medoid"]

LEVEL = 0.95  # how often an interval holds the angle that very many speakers would give
_BLOCK = 100  # replicates computed at once
_ROWS = 4096  # rows of a class whose angles are held at once


@dataclass(frozen=True)
class LabelledVectors:
    """Embeddings with the class and the speaker of each row.

    Attributes:
        embeddings: shape ``(B, D)``.
        labels: one class per row.
        speakers: one speaker per row; ``None`` if the speaker is unknown.
    """

    embeddings: FloatArray
    labels: Iterable[str]
    speakers: Sequence[str | None]

    @property
    def unspoken(self) -> int:
        """Number of rows without a speaker; intervals cannot be computed with such rows."""
        return sum(speaker is None for speaker in self.speakers)


def class_angle_intervals(
    training: LabelledVectors,
    split: LabelledVectors | None,
    order: Sequence[str],
    *,
    by: Center = "mean",
    replicates: int = 1000,
    seed: int = 0,
) -> FloatArray:
    """Bootstrap every entry of :func:`ser_core.geometry.angles.class_angle_matrix` by speaker.

    Each replicate resamples the training speakers, which moves the directions, and the split's speakers, which moves
    the means on the diagonal. An angle between means of few speakers is biased by what their voices add to the means,
    and a draw with fewer different speakers is biased once more in the same sense. The mean bias is therefore
    subtracted, and the spread of the draws, scaled to what it estimates, is multiplied by Student's t for this number
    of speakers.

    Args:
        training: the rows that the directions come from.
        split: the rows of the diagonal; None when they are the training rows, so that one draw serves both.
        by: whether a direction is the normalised mean of a class's rows, or their medoid
            (:func:`ser_core.geometry.medoids.class_medoids`).

    Returns:
        Lower and upper bound in degrees, shape ``(K, K, 2)``, within 0 to 180; the angle itself can lie outside
        where its bias is larger than its uncertainty. NaN for a class with fewer than two speakers, or missing in
        half of the draws.

    Raises:
        InputError: if a label is not in the order, a vector is not finite or has no direction, or a row has no speaker.

    References:
        Efron and Tibshirani (1993), "An Introduction to the Bootstrap", ch. 10 (bias) and 12 (intervals by t).
    """
    random = stream(seed, "angle intervals")
    classes = len(order)
    own = _arrays(training, order)
    others = own if split is None else _arrays(split, order)
    directions_of = _mean_directions(own, classes) if by == "mean" else _medoid_directions(own, classes)
    numbers = np.arange(classes)

    def measured(weights: FloatArray, split_weights: FloatArray) -> FloatArray:
        directions = directions_of(weights)  # (R, K, D)
        cosines = np.matmul(directions, directions.transpose(0, 2, 1))  # (R, K, K)
        angles: FloatArray = np.degrees(np.arccos(np.clip(cosines, -1, 1)))
        angles[:, numbers, numbers] = _within(others, directions, split_weights)
        return angles

    draws = []
    for first in range(0, replicates, _BLOCK):
        size = min(_BLOCK, replicates - first)
        weights = _draw(random, own.count, size)  # (R, S)
        draws.append(measured(weights, weights if split is None else _draw(random, others.count, size)))
    telling = own.of_classes(classes)
    speakers = np.minimum(telling[:, None], telling[None, :])
    speakers[numbers, numbers] = np.minimum(telling, others.of_classes(classes))
    estimate = measured(np.ones((1, own.count)), np.ones((1, others.count)))[0]
    return _bounds(estimate, np.concatenate(draws), speakers)


def within_angle_intervals(
    split: LabelledVectors,
    directions: FloatArray,
    order: Sequence[str],
    *,
    replicates: int = 1000,
    seed: int = 0,
) -> FloatArray:
    """Bootstrap the mean angle of each class's rows to a direction that does not depend on the speakers drawn.

    The directions ``(K, D)`` are, for example, the weights of a head. Returns lower and upper bound in degrees, ``(K,
    2)``; NaN and errors are those of :func:`class_angle_intervals`.
    """
    own = _arrays(split, order)
    fixed = unit(directions)
    if fixed.shape != (len(order), own.units.shape[1]):
        raise InputError(
            f"Expected directions of shape ({len(order)}, {own.units.shape[1]}); got {fixed.shape}. "
            "They come from different models: take both from one checkpoint."
        )
    weights = _draw(stream(seed, "within-class intervals"), own.count, replicates)
    estimate = _within(own, fixed[None], np.ones((1, own.count)))[0]
    return _bounds(estimate, _within(own, fixed[None], weights), own.of_classes(len(order)))


@dataclass(frozen=True)
class _Rows:
    """Rows to resample: unit vectors ``(B, D)``, class and speaker numbers, and the number of speakers."""

    units: FloatArray
    labels: IntArray
    speakers: IntArray
    count: int

    def of_classes(self, classes: int) -> IntArray:
        """Number of speakers of each class, shape ``(K,)``."""
        present = np.zeros((classes, self.count), dtype=np.int64)
        present[self.labels, self.speakers] = 1
        counts: IntArray = present.sum(axis=1)
        return counts


def _mean_directions(rows: _Rows, classes: int) -> Callable[[FloatArray], FloatArray]:
    sums = np.zeros((rows.count, classes, rows.units.shape[1]))  # (S, K, D)
    np.add.at(sums, (rows.speakers, rows.labels), rows.units)

    def directions(weights: FloatArray) -> FloatArray:
        totals: FloatArray = np.tensordot(weights, sums, axes=1)  # (R, K, D)
        lengths = np.linalg.norm(totals, axis=2, keepdims=True)
        drawn: FloatArray = np.divide(totals, lengths, out=np.full_like(totals, np.nan), where=lengths > 1e-9)
        return drawn

    return directions


def _medoid_directions(rows: _Rows, classes: int) -> Callable[[FloatArray], FloatArray]:
    members = [np.flatnonzero(rows.labels == number) for number in range(classes)]
    # Summed by speaker, the angles within a class need no more room than its rows times the speakers.
    sums = [angle_sums(rows.units[chosen], rows.speakers[chosen], rows.count) for chosen in members]  # (rows, S) each

    def directions(weights: FloatArray) -> FloatArray:
        found = np.full((len(weights), classes, rows.units.shape[1]), np.nan)
        for number, (chosen, by_speaker) in enumerate(zip(members, sums, strict=True)):
            drawn = weights[:, rows.speakers[chosen]] > 0  # (R, rows)
            totals = np.where(drawn, weights @ by_speaker.T, np.inf)  # (R, rows)
            there = drawn.any(axis=1)
            found[there, number] = rows.units[chosen[totals[there].argmin(axis=1)]] if len(chosen) else np.nan
        return found

    return directions


def _within(rows: _Rows, directions: FloatArray, weights: FloatArray) -> FloatArray:
    """Each class's weighted mean angle to its direction ``(R or 1, K, D)``; ``(R, K)``, NaN without a row."""
    means = np.full((len(weights), directions.shape[1]), np.nan)
    for number in range(directions.shape[1]):
        chosen = np.flatnonzero(rows.labels == number)
        total, weight = np.zeros(len(weights)), np.zeros(len(weights))
        for first in range(0, len(chosen), _ROWS):
            part = chosen[first : first + _ROWS]
            cosine = np.clip(rows.units[part] @ directions[:, number].T, -1, 1)  # (rows, R or 1)
            row_weights = weights[:, rows.speakers[part]].T  # (rows, R)
            weight += row_weights.sum(axis=0)
            total += (np.degrees(np.arccos(cosine)) * row_weights).sum(axis=0)
        means[:, number] = np.divide(total, weight, out=np.full(len(weights), np.nan), where=weight > 0)
    return means


def _arrays(vectors: LabelledVectors, order: Sequence[str]) -> _Rows:
    if vectors.unspoken:
        raise InputError(
            f"Expected a speaker for every row, to resample speakers; got {vectors.unspoken} rows of "
            f"{len(vectors.embeddings)} without one. Name their speakers, or leave those rows out."
        )
    labels = codes(vectors.labels, order)
    speakers = np.unique(np.array([str(speaker) for speaker in vectors.speakers]), return_inverse=True)[1]
    if not len(labels) == len(speakers) == len(vectors.embeddings) or not len(labels):
        raise InputError(
            f"Expected one label and one speaker per embedding; got {len(labels)} and {len(speakers)} for "
            f"{len(vectors.embeddings)}. Check the table."
        )
    return _Rows(unit(vectors.embeddings), labels, speakers, int(speakers.max()) + 1)


def _draw(random: np.random.Generator, speakers: int, size: int) -> FloatArray:
    """Draw how often each speaker counts; ``(size, speakers)``."""
    return random.multinomial(speakers, np.full(speakers, 1 / speakers), size=size).astype(np.float64)


def _bounds(estimate: FloatArray, draws: FloatArray, speakers: IntArray) -> FloatArray:
    """The angles ``(...)`` less their bias, and around them the spread of the draws ``(R, ...)`` by Student's t."""
    from scipy.special import stdtrit

    bounds = np.full((*estimate.shape, 2), np.nan)
    known = (np.isfinite(draws).mean(axis=0) >= 0.5) & np.isfinite(estimate) & (speakers >= 2)
    # Drawn from S speakers instead of from all there are, variances and biases come out (S - 1) / S of their size.
    larger = speakers[known] / (speakers[known] - 1)
    bias = (np.nanmean(draws[:, known], axis=0) - estimate[known]) * larger
    spread = np.nanstd(draws[:, known], axis=0) * np.sqrt(larger)
    reach = stdtrit(speakers[known] - 1, (1 + LEVEL) / 2) * spread
    middle = estimate[known] - bias
    bounds[known] = np.clip(np.stack([middle - reach, middle + reach], axis=-1), 0, 180)
    return bounds
