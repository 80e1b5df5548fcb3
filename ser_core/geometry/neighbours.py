"""The known utterances nearest to a new one, or farthest from it: exact search by angle."""

import numpy as np

from ser_core.errors import InputError
from ser_core.geometry.angles import unit
from ser_core.types import FloatArray, IntArray

_BLOCK_VALUES = 1 << 23  # cosines held at once


def nearest(queries: FloatArray, embeddings: FloatArray, count: int) -> tuple[IntArray, FloatArray]:
    """Find the embeddings with the smallest angle to each query.

    Args:
        queries: shape ``(Q, D)``, or one vector ``(D,)``.
        embeddings: shape ``(B, D)``.
        count: how many to find; all of them when there are fewer.

    Returns:
        Row numbers into ``embeddings`` and angles in degrees, both ``(Q, min(count, B))``, nearest first; rows at
        one angle keep their order.

    Raises:
        InputError: if ``count`` is below one, there are no embeddings, a vector is not finite or has zero length,
            or the sizes differ.
    """
    first, second = np.atleast_2d(unit(queries)), np.atleast_2d(unit(embeddings))
    if count < 1 or not len(second):
        raise InputError(
            f"Expected at least one neighbour among at least one embedding; got {count} among {len(second)}. "
            "Choose another count, or an atlas with utterances in it."
        )
    if first.shape[1] != second.shape[1]:
        raise InputError(
            f"Expected queries and embeddings of one size; got {first.shape[1]} and {second.shape[1]}. "
            "They come from different models: take both from one checkpoint."
        )
    count = min(count, len(second))
    indices = np.empty((len(first), count), dtype=np.int64)
    angles = np.empty((len(first), count))
    block = max(1, _BLOCK_VALUES // len(second))
    for start in range(0, len(first), block):
        part = first[start : start + block]
        # Twelve digits: rounding in the matrix product must not reorder equal vectors.
        cosines = np.round(part @ second.T, 12)  # (block, B)
        chosen = np.argsort(-cosines, axis=1, kind="stable")[:, :count]
        indices[start : start + block] = chosen
        angles[start : start + block] = _angles(part[:, None], second[chosen])
    return indices, angles


def farthest(queries: FloatArray, embeddings: FloatArray, count: int) -> tuple[IntArray, FloatArray]:
    """Find the embeddings with the largest angle to each query.

    What lies farthest from a vector lies nearest to its opposite.

    Args:
        queries: shape ``(Q, D)``, or one vector ``(D,)``.
        embeddings: shape ``(B, D)``.
        count: how many to find; all of them when there are fewer.

    Returns:
        Row numbers into ``embeddings`` and angles in degrees, both ``(Q, min(count, B))``, farthest first.

    Raises:
        InputError: as in :func:`nearest`.
    """
    indices, angles = nearest(-np.asarray(queries, dtype=np.float64), embeddings, count)
    return indices, 180.0 - angles


def _angles(first: FloatArray, second: FloatArray) -> FloatArray:
    difference = np.linalg.norm(first - second, axis=-1)
    total = np.linalg.norm(first + second, axis=-1)
    degrees: FloatArray = np.degrees(2 * np.arctan2(difference, total))
    return degrees
