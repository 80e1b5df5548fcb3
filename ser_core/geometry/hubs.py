"""Hubness: utterances that are a nearest neighbour of very many others."""

import numpy as np

from ser_core.geometry.angles import unit
from ser_core.geometry.neighbours import nearest_others
from ser_core.types import FloatArray, IntArray

_DIGITS = 6  # of a direction's components: what single precision tells apart


def distinct(embeddings: FloatArray) -> IntArray:
    """Return the first row of each distinct direction, in order; shape ``(U,)``.

    Which of several equal rows is the nearest is decided by their order alone, and those that come first would be taken
    for hubs.
    """
    found = np.unique(unit(embeddings).round(_DIGITS), axis=0, return_index=True)[1]
    return np.sort(found)


def occurrences(embeddings: FloatArray, count: int) -> IntArray:
    """Count how often each row is among the nearest of the others, by angle.

    Args:
        embeddings: shape ``(B, D)``, no row of zero length.
        count: how many neighbours of each row are looked at, k; at most ``B - 1``.

    Returns:
        N_k, shape ``(B,)``; their mean is k.

    Raises:
        InputError: as in :func:`ser_core.geometry.neighbours.nearest_others`.
    """
    found, _ = nearest_others(embeddings, count)
    return np.bincount(found.ravel(), minlength=len(embeddings))


def skewness(counts: IntArray) -> float:
    """Skewness of how often rows occur among others' neighbours: hubness.

    Args:
        counts: from :func:`occurrences`.

    Returns:
        ``E[(N - μ)³] / σ³``: about 0 where everybody is a neighbour equally often, above 1 where a few are everybody's
        neighbour; 0 if all occur equally often.

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
