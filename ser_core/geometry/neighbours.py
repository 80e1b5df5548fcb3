"""Exact search for the nearest or farthest embeddings by angle."""

from collections.abc import Callable

import numpy as np

from ser_core.errors import InputError
from ser_core.geometry.angles import unit
from ser_core.types import BoolArray, FloatArray, IntArray

NO_NEIGHBOUR = -1  # in place of a row number, where there are fewer others than asked for
_BLOCK_VALUES = 1 << 24  # cosines held at once: 64 MB, enough rows for the product to run at full speed
_GROUP = 64  # rows of which only the nearest is looked at first
_MOST_CANDIDATES = 1 << 17  # rows compared once more at once
_CROWD = 64  # so many candidates for each neighbour wanted: most vectors are nearly equal
_HALF_STEP = float(np.finfo(np.float32).eps) / 2
_SAFE = (1e-200, 1e200)  # lengths whose squares a float64 holds


def nearest(queries: FloatArray, embeddings: FloatArray, count: int) -> tuple[IntArray, FloatArray]:
    """Find the ``count`` embeddings ``(B, D)`` with the smallest angle to each query ``(Q, D)``, or ``(D,)``.

    A matrix product in single precision leaves few candidates: all whose cosine is within the product's rounding error
    of the last one wanted, so that none is missed. Those are compared in double precision.

    Returns:
        Row numbers and angles in degrees, both ``(Q, min(count, B))``, nearest first; rows at one angle (cosines that
        agree in twelve digits) keep their order.

    Raises:
        InputError: if ``count`` is below one, there are no embeddings, a vector is not finite or has zero length,
            or the sizes differ.
    """
    return _search(np.atleast_2d(queries), np.atleast_2d(embeddings), count, None)


def nearest_others(
    embeddings: FloatArray,
    count: int,
    *,
    groups: IntArray | None = None,
    queries: IntArray | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> tuple[IntArray, FloatArray]:
    """Find the nearest embeddings ``(B, D)`` to rows, without the row itself and its group.

    ``groups`` numbers the group of each row, ``(B,)``, by default one per row; ``queries`` are row numbers, ``(Q,)``,
    by default all; ``progress`` is called with the number of finished queries and of all. The result is that of
    :func:`nearest`, both ``(Q, min(count, B - 1))``; missing neighbours at the end are :data:`NO_NEIGHBOUR` and NaN.

    Raises:
        InputError: as in :func:`nearest`, or if there is a single row.
    """
    embeddings = np.atleast_2d(embeddings)
    if len(embeddings) < 2:
        raise InputError("Expected at least two utterances, to be neighbours; got one. Choose more of them.")
    groups = np.arange(len(embeddings)) if groups is None else np.asarray(groups)
    queries = np.arange(len(embeddings)) if queries is None else np.asarray(queries)
    return _search(
        embeddings[queries], embeddings, min(count, len(embeddings) - 1), (groups[queries], groups), progress
    )


def _search(
    queries: FloatArray,
    embeddings: FloatArray,
    count: int,
    groups: tuple[IntArray, IntArray] | None,
    progress: Callable[[int, int], None] | None = None,
) -> tuple[IntArray, FloatArray]:
    if count < 1 or not len(embeddings):
        raise InputError(
            f"Expected at least one neighbour among at least one embedding; got {count} among {len(embeddings)}. "
            "Choose another count, or an atlas with utterances in it."
        )
    first, second = _single(queries), _single(embeddings)
    if first.shape[1] != second.shape[1]:
        raise InputError(
            f"Expected queries and embeddings of one size; got {first.shape[1]} and {second.shape[1]}. "
            "They come from different models: take both from one checkpoint."
        )
    count = min(count, len(second))
    indices = np.full((len(first), count), NO_NEIGHBOUR, dtype=np.int64)
    angles = np.full((len(first), count), np.nan)
    block = min(len(first), max(1, _BLOCK_VALUES // len(second)))
    memory = np.empty((block, len(second)), dtype=np.float32)
    for start in range(0, len(first), max(1, block)):
        rows = slice(start, start + block)
        cosines = np.matmul(first[rows], second.T, out=memory[: len(first[rows])])  # (block, B)
        if groups is not None:
            cosines[groups[0][rows, None] == groups[1]] = -np.inf
        query, row = _candidates(cosines, count, error=_error(second.shape[1]))
        if len(query) > _CROWD * count * len(cosines):
            _rank_everyone(queries[rows], embeddings, ~np.isneginf(cosines), indices[rows], angles[rows])
        else:
            _rank(queries[rows], embeddings, query, row, indices[rows], angles[rows])
        if progress is not None:
            progress(min(start + block, len(first)), len(first))
    return indices, angles


def farthest(queries: FloatArray, embeddings: FloatArray, count: int) -> tuple[IntArray, FloatArray]:
    """Find the embeddings with the largest angle, farthest first: those nearest to the opposite vector.

    Shapes and errors are those of :func:`nearest`.
    """
    indices, angles = nearest(-np.asarray(queries, dtype=np.float64), embeddings, count)
    return indices, 180.0 - angles


def _single(vectors: FloatArray) -> FloatArray:
    """Scale every row to length one, in single precision; refuses what :func:`unit` refuses."""
    squares = np.einsum("ij,ij->i", vectors, vectors, dtype=np.float64) if vectors.ndim == 2 else np.zeros(1)
    if not ((squares > _SAFE[0]) & (squares < _SAFE[1])).all():  # NaN is neither
        exact: FloatArray = unit(vectors).astype(np.float32)
        return exact
    lengths = np.sqrt(squares)[:, None]
    single = vectors.dtype == np.float32 and squares.min() > 1e-30 and squares.max() < 1e30
    scaled = vectors * (1 / lengths).astype(np.float32) if single else vectors / lengths
    return scaled.astype(np.float32, copy=False)


def _error(size: int) -> float:
    """Return how far a cosine of two rounded unit vectors can lie from the true one, at worst.

    See Higham (2002), "Accuracy and Stability of Numerical Algorithms", section 3.1.
    """
    return (size + 8) * _HALF_STEP * 1.01


def _candidates(cosines: FloatArray, count: int, *, error: float) -> tuple[IntArray, IntArray]:
    """Return row and column numbers of all entries that may be among the ``count`` largest of their row.

    The largest entries of ``count`` groups are at least ``count`` entries: the least of them is a lower bound for the
    last entry wanted, and only groups that reach it are searched.
    """
    rows, width = cosines.shape
    groups = width // _GROUP
    if groups <= 2 * count:
        floor = np.partition(cosines, width - count, axis=1)[:, width - count] - 2 * error  # (rows,)
        keep: BoolArray = (cosines >= floor[:, None]) & (cosines > -np.inf)
        row, column = np.nonzero(keep)
        return row, column
    whole = cosines[:, : groups * _GROUP].reshape(rows, _GROUP, groups)
    largest = whole.max(axis=1)  # (rows, groups)
    floor = np.partition(largest, groups - count, axis=1)[:, groups - count] - 2 * error
    row, group = np.nonzero(largest >= floor[:, None])
    inside = whole[row, :, group]  # (M, _GROUP)
    pair, member = np.nonzero((inside >= floor[row, None]) & (inside > -np.inf))
    rest = cosines[:, groups * _GROUP :]
    late_row, late = np.nonzero((rest >= floor[:, None]) & (rest > -np.inf))
    return (
        np.concatenate([row[pair], late_row]),
        np.concatenate([member * groups + group[pair], late + groups * _GROUP]),
    )


def _rank(
    queries: FloatArray,
    embeddings: FloatArray,
    query: IntArray,
    row: IntArray,
    indices: IntArray,
    angles: FloatArray,
) -> None:
    """Sort candidates by their exact angle, and write the first of each query into ``indices`` and ``angles``."""
    cosines, degrees = np.empty(len(query)), np.empty(len(query))
    for start in range(0, len(query), _MOST_CANDIDATES):
        part = slice(start, start + _MOST_CANDIDATES)
        first, second = unit(queries[query[part]]), unit(embeddings[row[part]])
        cosines[part] = np.einsum("ij,ij->i", first, second)
        degrees[part] = _angles(first, second)
    # Twelve digits: rounding in the products must not reorder equal vectors.
    order = np.lexsort((row, -np.round(cosines, 12), query))
    query, row, degrees = query[order], row[order], degrees[order]
    place = np.arange(len(query)) - np.searchsorted(query, query)  # each candidate's place in its query's list
    chosen = place < indices.shape[1]
    indices[query[chosen], place[chosen]] = row[chosen]
    angles[query[chosen], place[chosen]] = degrees[chosen]


def _rank_everyone(
    queries: FloatArray, embeddings: FloatArray, allowed: BoolArray, indices: IntArray, angles: FloatArray
) -> None:
    """Do the same as :func:`_rank` by a product in double precision, faster if nearly all are candidates."""
    first, second = unit(queries), unit(embeddings)
    block = max(1, _BLOCK_VALUES // (8 * len(second)))
    for start in range(0, len(first), block):
        rows = slice(start, start + block)
        cosines = np.round(first[rows] @ second.T, 12)  # (block, B)
        cosines[~allowed[rows]] = -np.inf
        chosen = np.argsort(-cosines, axis=1, kind="stable")[:, : indices.shape[1]]
        degrees = _angles(first[rows, None], second[chosen])
        missing = np.isneginf(np.take_along_axis(cosines, chosen, axis=1))
        indices[rows], angles[rows] = np.where(missing, NO_NEIGHBOUR, chosen), np.where(missing, np.nan, degrees)


def _angles(first: FloatArray, second: FloatArray) -> FloatArray:
    difference, total = np.linalg.norm(first - second, axis=-1), np.linalg.norm(first + second, axis=-1)
    degrees: FloatArray = np.degrees(2 * np.arctan2(difference, total))
    return degrees
