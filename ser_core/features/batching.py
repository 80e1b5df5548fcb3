"""Batches of items of similar length, so that little of a batch is padding."""

from collections.abc import Iterator, Sequence

import numpy as np


def batches_by_length(lengths: Sequence[float], *, limit: int) -> Iterator[list[int]]:
    """Group items from the shortest to the longest.

    Args:
        limit: length of a padded batch altogether, items times the longest; one longer item is a batch of its own.

    Yields:
        Indices of a batch; all batches together hold every item once.
    """
    chosen: list[int] = []
    for index in np.argsort(lengths, kind="stable").tolist():
        if chosen and (len(chosen) + 1) * lengths[index] > limit:
            yield chosen
            chosen = []
        chosen.append(index)
    if chosen:
        yield chosen
