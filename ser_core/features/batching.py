"""Batches of items of similar length, so that little of a batch is padding."""

from collections.abc import Iterator, Sequence

import numpy as np


def batches_by_length(lengths: Sequence[float], *, limit: int) -> Iterator[list[int]]:
    """Yield the indices of batches of items, from the shortest to the longest, every item once.

    ``limit`` bounds a padded batch: its items times the longest. A longer item is a batch of its own.
    """
    chosen: list[int] = []
    for index in np.argsort(lengths, kind="stable").tolist():
        if chosen and (len(chosen) + 1) * lengths[index] > limit:
            yield chosen
            chosen = []
        chosen.append(index)
    if chosen:
        yield chosen
