"""Neighbour agreement: how often nearest neighbours have the same value, and how often by chance."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ser_core.errors import InputError
from ser_core.geometry.neighbours import NO_NEIGHBOUR, nearest_others
from ser_core.types import FloatArray, IntArray


@dataclass(frozen=True)
class NeighbourAgreement:
    """Agreement of nearest neighbours in one attribute.

    Attributes:
        share: share of an utterance's nearest neighbours that have its value; mean over utterances, 0 to 1.
        chance: expected share for neighbours drawn at random.
        count: number of neighbours per utterance, k.
    """

    share: float
    chance: float
    count: int


def neighbour_agreement(
    embeddings: FloatArray,
    values: Sequence[str],
    recordings: IntArray,
    *,
    count: int,
    queries: IntArray | None = None,
) -> NeighbourAgreement:
    """Measure how often the nearest neighbours of an utterance, from other recordings, have its value.

    Args:
        embeddings: shape ``(B, D)``, no row of zero length.
        values: attribute to compare, one value per row.
        recordings: recording number of each row.
        queries: row numbers of the utterances whose neighbours are taken; all rows by default.

    Raises:
        InputError: if all rows are of one recording, or as in :func:`ser_core.geometry.neighbours.nearest_others`.
    """
    queries = np.arange(len(embeddings)) if queries is None else queries
    numbers = np.unique(np.asarray(values, dtype=object).astype(str), return_inverse=True)[1]
    recordings = np.unique(recordings, return_inverse=True)[1]
    of_recording = np.bincount(recordings)
    others = len(numbers) - of_recording[recordings[queries]]  # (Q,): number of candidates
    queries, others = queries[others > 0], others[others > 0]
    if not len(queries):
        raise InputError("Expected utterances of two recordings; all are of one. Open more utterances.")
    found, _ = nearest_others(embeddings, count, groups=recordings, queries=queries)
    there = found != NO_NEIGHBOUR
    alike = (numbers[found] == numbers[queries, None]) & there
    pairs = np.unique(np.stack([numbers, recordings]), axis=1, return_inverse=True, return_counts=True)
    own = pairs[2][pairs[1].ravel()]  # (B,): rows of the same value and recording
    of_value = np.bincount(numbers)[numbers[queries]] - own[queries]
    return NeighbourAgreement(
        float((alike.sum(axis=1) / there.sum(axis=1)).mean()), float((of_value / others).mean()), count
    )
