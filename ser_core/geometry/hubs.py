"""Hubness: utterances that are a nearest neighbour of very many others."""

import numpy as np

from ser_core.geometry.angles import unit
from ser_core.geometry.neighbours import nearest_others
from ser_core.types import FloatArray, IntArray

_DIGITS = 6  # of a direction's components: what single precision distinguishes


def distinct(embeddings: FloatArray) -> IntArray:
    """Return the first row of each distinct direction, in order; shape ``(U,)``.

    Among equal rows only their order decides which is nearest: the first ones would look like hubs.
    """
    found = np.unique(unit(embeddings).round(_DIGITS), axis=0, return_index=True)[1]
    return np.sort(found)


def occurrences(embeddings: FloatArray, count: int) -> IntArray:
    """Count how often each row of ``(B, D)`` is among the ``count`` nearest of the others, by angle; ``(B,)``.

    Errors are those of :func:`ser_core.geometry.neighbours.nearest_others`.
    """
    found, _ = nearest_others(embeddings, count)
    return np.bincount(found.ravel(), minlength=len(embeddings))


def skewness(counts: IntArray) -> float:
    """Return the hubness: skewness of the counts of :func:`occurrences`, ``E[(N - μ)³] / σ³``.

    About 0 where all rows are neighbours equally often, exactly 0 if all counts are equal; above 1 where a few are
    neighbours of most.

    References:
        Radovanović, Nanopoulos and Ivanović (2010), "Hubs in Space: Popular Nearest Neighbors in High-Dimensional
        Data", JMLR 11.

    Examples:
        >>> skewness(np.array([2, 2, 2]))
        0.0
    """
    deviations = counts - counts.mean()
    variance = float(np.square(deviations).mean())
    return float((deviations**3).mean()) / variance**1.5 if variance > 0 else 0.0
