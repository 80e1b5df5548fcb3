"""Class separation of an embedding: scatter within and between classes, silhouette, precision@1."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from ser_core.errors import InputError
from ser_core.geometry.angles import unit
from ser_core.geometry.neighbours import nearest_others
from ser_core.labels import codes
from ser_core.types import FloatArray, IntArray


@dataclass(frozen=True)
class ClassScatter:
    """Mean squared distances in an embedding, in the square of its own unit.

    ``within``: of the utterances from the mean of their class; ``between``: of the classes' means from the mean of all
    utterances, each class weighed by its utterances.
    """

    within: float
    between: float

    @property
    def ratio(self) -> float:
        """Ratio of within to between, without unit; smaller means tighter classes."""
        return self.within / self.between if self.between > 0 else float("inf")


def class_spread(embeddings: FloatArray, labels: Iterable[str], order: Sequence[str]) -> ClassScatter:
    """Measure how utterances ``(B, D)`` scatter around their class's mean, and the means around each other.

    The two add up to the total variance. Distances are plain ones, not angles, since centre loss acts on them.

    Raises:
        InputError: if there are no rows, a label is not in the order, or a value is not finite.

    References:
        Wen et al. (2016), "A discriminative feature learning approach for deep face recognition", ECCV.

    Examples:
        >>> class_spread(np.array([[0.0], [2.0], [10.0], [12.0]]), ["a", "a", "b", "b"], ["a", "b"])
        ClassScatter(within=1.0, between=25.0)
    """
    points = np.asarray(embeddings, dtype=np.float64)
    numbers = _checked(points, labels, order)
    counts = np.bincount(numbers, minlength=len(order))
    sums = np.zeros((len(order), points.shape[1]))
    np.add.at(sums, numbers, points)
    means = sums / np.maximum(counts, 1)[:, None]  # (K, D)
    within = np.square(points - means[numbers]).sum(axis=1).mean()
    between = (np.square(means - points.mean(axis=0)).sum(axis=1) * counts).sum() / len(points)
    return ClassScatter(float(within), float(between))


def silhouette(embeddings: FloatArray, labels: Iterable[str], order: Sequence[str]) -> float:
    """Compare each utterance's mean cosine distance to its own class with that to the nearest other class.

    Mean over the utterances ``(B, D)``, from -1 (all in the wrong place) over 0 (classes overlap) to 1 (far apart). An
    utterance that is alone in its class counts as 0.

    Raises:
        InputError: as in :func:`class_spread`, or if fewer than two classes have rows.

    References:
        Rousseeuw (1987), "Silhouettes: a graphical aid to the interpretation and validation of cluster analysis",
        Journal of Computational and Applied Mathematics 20.
    """
    units = unit(embeddings)
    numbers = _checked(units, labels, order)
    counts = np.bincount(numbers, minlength=len(order))
    if np.count_nonzero(counts) < 2:
        raise InputError("Expected utterances of at least two classes; got one. Choose a split that has more.")
    sums = np.zeros((len(order), units.shape[1]))
    np.add.at(sums, numbers, units)
    # A cosine distance is 1 - u·v, so a class's mean distance needs only the sum of its vectors.
    totals = counts - units @ sums.T  # (B, K): summed distances to every class
    rows = np.arange(len(units))
    own = totals[rows, numbers] / np.maximum(counts[numbers] - 1, 1)
    others = np.divide(totals, counts, out=np.full_like(totals, np.inf), where=counts > 0)
    others[rows, numbers] = np.inf
    nearest_other = others.min(axis=1)
    larger = np.maximum(own, nearest_other)
    values = np.divide(nearest_other - own, larger, out=np.zeros(len(units)), where=larger > 1e-12)
    values[counts[numbers] == 1] = 0.0
    return float(values.mean())


def neighbour_purity(
    embeddings: FloatArray, labels: Iterable[str], order: Sequence[str], *, queries: IntArray | None = None
) -> float:
    """Precision@1: share, 0 to 1, of the utterances ``(B, D)`` whose nearest other one, by angle, is of the same class.

    ``queries`` are the row numbers of the utterances that are looked at, all by default.

    Raises:
        InputError: as in :func:`class_spread`, or if there is a single row.
    """
    units = unit(embeddings)
    numbers = _checked(units, labels, order)
    if len(units) < 2:
        raise InputError("Expected at least two utterances, to be neighbours; got one. Choose a split that has more.")
    queries = np.arange(len(units)) if queries is None else queries
    found, _ = nearest_others(units, 1, queries=queries)
    return float(np.mean(numbers[found[:, 0]] == numbers[queries]))


def _checked(points: FloatArray, labels: Iterable[str], order: Sequence[str]) -> IntArray:
    numbers = codes(labels, order)
    if points.ndim != 2 or not len(points) or len(numbers) != len(points):
        raise InputError(
            f"Expected one label per embedding, shape (B, D); got {len(numbers)} labels for shape {points.shape}. "
            "Choose a split that has utterances."
        )
    if not np.isfinite(points).all():
        raise InputError("Expected finite embeddings; got a NaN or infinite value. Leave that row out.")
    return numbers
