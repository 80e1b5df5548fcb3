"""What the nearest neighbours of an utterance have in common with it, beside what chance would give them."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ser_core.errors import InputError
from ser_core.geometry.neighbours import NOBODY, nearest_others
from ser_core.types import FloatArray, IntArray


@dataclass(frozen=True)
class Company:
    """How alike neighbours are.

    Attributes:
        share: of an utterance's nearest neighbours, those with its value; mean over the utterances, 0 to 1.
        chance: the same for neighbours drawn by lot.
        count: how many neighbours were looked at.
    """

    share: float
    chance: float
    count: int


def company(
    embeddings: FloatArray,
    values: Sequence[str],
    recordings: IntArray,
    *,
    count: int,
    queries: IntArray | None = None,
) -> Company:
    """Measure how often the nearest neighbours of an utterance carry its value.

    The utterance itself, and what was cut from the same recording, is nobody's neighbour.

    Args:
        embeddings: shape ``(B, D)``, no row of zero length.
        values: what is compared, one per row.
        recordings: a number per row, the same for rows of one recording.
        count: how many neighbours are looked at, k.
        queries: numbers of the rows whose neighbours are looked at, among all rows; all of them by default.

    Returns:
        The share, and its expectation for neighbours drawn by lot from the same others.

    Raises:
        InputError: if all rows are of one recording, or as in :func:`ser_core.geometry.neighbours.nearest_others`.
    """
    queries = np.arange(len(embeddings)) if queries is None else queries
    numbers = np.unique(np.asarray(values, dtype=object).astype(str), return_inverse=True)[1]
    recordings = np.unique(recordings, return_inverse=True)[1]
    of_recording = np.bincount(recordings)
    others = len(numbers) - of_recording[recordings[queries]]  # (Q,): whom chance draws from
    queries, others = queries[others > 0], others[others > 0]
    if not len(queries):
        raise InputError("Expected utterances of two recordings; all are of one. Open more utterances.")
    found, _ = nearest_others(embeddings, count, groups=recordings, queries=queries)
    there = found != NOBODY
    alike = (numbers[found] == numbers[queries, None]) & there
    pairs = np.unique(np.stack([numbers, recordings]), axis=1, return_inverse=True, return_counts=True)
    own = pairs[2][pairs[1].ravel()]  # (B,): rows of the same value and recording
    of_value = np.bincount(numbers)[numbers[queries]] - own[queries]
    return Company(float((alike.sum(axis=1) / there.sum(axis=1)).mean()), float((of_value / others).mean()), count)
