"""Movement of each utterance between two spaces: changed neighbours, and angle."""

from collections.abc import Callable

import numpy as np

from ser_core.errors import InputError
from ser_core.geometry.angles import unit
from ser_core.geometry.neighbours import nearest_others
from ser_core.types import FloatArray


def neighbourhood_change(
    first: FloatArray, second: FloatArray, count: int, *, progress: Callable[[int, int], None] | None = None
) -> FloatArray:
    """Return the share of each utterance's nearest neighbours that are not its neighbours in the second space.

    Between spaces ``(B, D)`` and ``(B, E)`` of the same utterances, with the ``count`` nearest others by angle in each,
    ``k``: ``1 - |N ∩ M| / k``, shape ``(B,)``. 0 where the neighbours are the same, 1 where none is; ``1 - k / (B -
    1)`` on average between unrelated spaces. ``progress`` is called with the number of finished searches and of all,
    ``2 B``.

    Raises:
        InputError: if the two do not have the same rows, or ``count`` is not from 1 to ``B - 1``; or as in
            :func:`ser_core.geometry.neighbours.nearest_others`.
    """
    _check_rows(first, second)
    if not 1 <= count < len(first):
        raise InputError(
            f"Expected from 1 to {len(first) - 1} neighbours of {len(first)} utterances; got {count}. "
            "Choose fewer neighbours, or more utterances."
        )

    def report(before: int) -> Callable[[int, int], None] | None:
        return None if progress is None else lambda done, of: progress(before + done, 2 * of)

    before, _ = nearest_others(first, count, progress=report(0))
    after, _ = nearest_others(second, count, progress=report(len(first)))
    rows = np.arange(len(before))[:, None] * len(before)
    kept = np.isin(before + rows, after + rows)  # (B, k): rows are distinguished by their offset
    change: FloatArray = 1.0 - kept.mean(axis=1)
    return change


def turned_degrees(first: FloatArray, second: FloatArray) -> FloatArray:
    """Return the angle in degrees, 0 to 180, shape ``(B,)``, of each utterance between both spaces ``(B, D)``.

    The second is turned onto the first before: by the rotation or reflection of the full space that brings the unit
    vectors of both as near to each other as can be. What training has done to all utterances alike is no move.

    Raises:
        InputError: if the shapes differ; or as in :func:`ser_core.geometry.angles.unit`.

    References:
        Schönemann (1966), "A generalized solution of the orthogonal Procrustes problem", Psychometrika 31.

    Examples:
        >>> turned_degrees(np.eye(3), np.eye(3)[[1, 2, 0]]).round()
        array([0., 0., 0.])
    """
    _check_rows(first, second)
    if first.shape[1] != second.shape[1]:
        raise InputError(
            f"Expected two spaces of one size; got {first.shape[1]} and {second.shape[1]} dimensions. "
            "Compare neighbourhoods, which spaces of any size have."
        )
    target, source = unit(first), unit(second)
    left, _, right = np.linalg.svd(target.T @ source)
    turned = source @ (left @ right).T
    apart, together = np.linalg.norm(target - turned, axis=1), np.linalg.norm(target + turned, axis=1)
    degrees: FloatArray = np.degrees(2 * np.arctan2(apart, together))
    return degrees


def _check_rows(first: FloatArray, second: FloatArray) -> None:
    if first.ndim != 2 or second.ndim != 2 or len(first) != len(second):
        raise InputError(
            f"Expected the same utterances in both spaces, shapes (B, D) and (B, E); got {first.shape} and "
            f"{second.shape}. Match the rows of both first."
        )
