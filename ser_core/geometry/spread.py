"""Distribution of the angles to class directions: own utterances, and all others."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from ser_core.errors import InputError
from ser_core.geometry.angles import angles_to
from ser_core.labels import codes
from ser_core.types import Degrees, FloatArray, IntArray


@dataclass(frozen=True)
class WithinSpread:
    """The angles of a class's utterances to its direction, in degrees; NaN where there are too few utterances.

    Attributes:
        count: utterances.
        mean: the entry on the diagonal of the angle matrix.
        deviation: standard deviation, ``ddof = 1``.
        low: 5 % quantile.
        median: 50 % quantile.
        high: 95 % quantile.
        nearest_other: mean angle to this direction of the other class that comes nearest by it.
        nearer: share of the utterances that lie nearer to this direction than to any other.
    """

    count: int
    mean: Degrees
    deviation: Degrees
    low: Degrees
    median: Degrees
    high: Degrees
    nearest_other: Degrees
    nearer: float


@dataclass(frozen=True)
class AngleHistograms:
    """Histograms ``(K, bins)`` of the angles to each class direction: its own utterances, and all others.

    ``edges`` are those of the bins in degrees, ``(bins + 1,)``.
    """

    edges: FloatArray
    within: IntArray
    between: IntArray


def within_spreads(
    embeddings: FloatArray, labels: Iterable[str], directions: FloatArray, order: Sequence[str]
) -> tuple[WithinSpread, ...]:
    """Describe, class by class, how far the utterances ``(B, D)`` of a split lie from its direction ``(K, D)``.

    Raises:
        InputError: if labels, vectors and directions do not fit.
    """
    angles, numbers = _angles(embeddings, labels, directions, order)
    found = []
    for number in range(len(order)):
        rows = angles[numbers == number]  # (rows, K)
        own = rows[:, number]
        means = [
            float(angles[numbers == other, number].mean())
            for other in range(len(order))
            if other != number and (numbers == other).any()
        ]
        low, median, high = np.quantile(own, [0.05, 0.5, 0.95]).tolist() if len(own) else [np.nan] * 3
        found.append(
            WithinSpread(
                count=len(own),
                mean=float(own.mean()) if len(own) else np.nan,
                deviation=float(own.std(ddof=1)) if len(own) > 1 else np.nan,
                low=low,
                median=median,
                high=high,
                nearest_other=min(means, default=np.nan),
                nearer=float((rows.argmin(axis=1) == number).mean()) if len(own) else np.nan,
            )
        )
    return tuple(found)


def angle_histograms(
    embeddings: FloatArray,
    labels: Iterable[str],
    directions: FloatArray,
    order: Sequence[str],
    *,
    width: Degrees = 5.0,
) -> AngleHistograms:
    """Count the angles of utterances ``(B, D)`` to each class's direction ``(K, D)``, of its own and of all others.

    The bins have the given width and go from 0 to at least 180 degrees.

    Raises:
        InputError: if the width is not above 0 and at most 180, or labels, vectors and directions do not fit.
    """
    if not 0 < width <= 180:
        raise InputError(f"Expected bins above 0 and at most 180 degrees wide; got {width:g}. Choose such a width.")
    angles, numbers = _angles(embeddings, labels, directions, order)
    edges = width * np.arange(int(np.ceil(180 / width)) + 1)
    counts = [
        [np.histogram(angles[chosen, number], edges)[0] for chosen in (numbers == number, numbers != number)]
        for number in range(len(order))
    ]
    within, between = np.array(counts).transpose(1, 0, 2)
    return AngleHistograms(edges, within, between)


def _angles(
    embeddings: FloatArray, labels: Iterable[str], directions: FloatArray, order: Sequence[str]
) -> tuple[FloatArray, IntArray]:
    angles, numbers = angles_to(embeddings, directions), codes(labels, order)
    if angles.shape != (len(numbers), len(order)):
        raise InputError(
            f"Expected one label per row and one direction per class; got {len(numbers)} labels for {len(angles)} "
            f"rows and {angles.shape[1]} directions for {len(order)} classes. Take all of them from one table."
        )
    return angles, numbers
