"""Procrustes alignment of two sets of points: translation, rotation or reflection, and one scale."""

from dataclasses import dataclass

import numpy as np

from ser_core.errors import InputError
from ser_core.types import FloatArray


@dataclass(frozen=True)
class ProcrustesResult:
    """The moved points in the coordinates of the reference, ``(B, D)``, and the disparity that is left.

    It is the sum of squared distances after both sets were centred and scaled to one, from 0 (the same shape) to 1.
    """

    points: FloatArray
    disparity: float


def procrustes(reference: FloatArray, moved: FloatArray) -> ProcrustesResult:
    """Align points ``(B, D)`` to a reference by translation, rotation or reflection, and one scale.

    The disparity is that of :func:`scipy.spatial.procrustes`.

    Raises:
        InputError: if the shapes differ, a value is not finite, or the points of a set are all the same.

    References:
        Gower (1975), "Generalized Procrustes analysis", Psychometrika 40.

    Examples:
        >>> square = np.array([[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 1.0]])
        >>> aligned = procrustes(square, 3 * square[:, ::-1] + 5)
        >>> bool(np.allclose(aligned.points, square)), round(aligned.disparity, 9) + 0.0
        (True, 0.0)
    """
    target, source = np.asarray(reference, dtype=np.float64), np.asarray(moved, dtype=np.float64)
    if target.ndim != 2 or target.shape != source.shape or not target.size:
        raise InputError(
            f"Expected two sets of points of one shape (B, D); got {target.shape} and {source.shape}. "
            "Match the rows of both first."
        )
    if not (np.isfinite(target).all() and np.isfinite(source).all()):
        raise InputError("Expected finite points; got a NaN or infinite value. Leave those rows out of both sets.")
    middle = target.mean(axis=0)
    fixed, size = _standardised(target - middle)
    free, _ = _standardised(source - source.mean(axis=0))
    left, stretches, right = np.linalg.svd(fixed.T @ free)
    laid = stretches.sum() * free @ (left @ right).T
    return ProcrustesResult(laid * size + middle, float(np.square(fixed - laid).sum()))


def _standardised(centred: FloatArray) -> tuple[FloatArray, float]:
    size = float(np.linalg.norm(centred))
    if size == 0:
        raise InputError(
            "Expected points that differ; got one and the same everywhere, which has no shape to lay onto another. "
            "Choose other utterances."
        )
    return centred / size, size
