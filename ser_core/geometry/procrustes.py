"""Laying one map over another: moved, turned, mirrored and scaled, which changes nothing that a map tells."""

import numpy as np

from ser_core.errors import InputError
from ser_core.types import FloatArray


def procrustes(reference: FloatArray, points: FloatArray) -> tuple[FloatArray, float]:
    """Move, turn or mirror, and scale points to lie as near as possible to others.

    With both centred and scaled to length one, A and B, and ``AᵀB = U S Vᵀ``: ``B V Uᵀ · tr S`` is nearest to A in
    the sum of squares.

    Args:
        reference: shape ``(B, d)``.
        points: the same rows on another map, the same shape.

    Returns:
        The points laid over the reference, shape ``(B, d)``; and what remains: the sum of squared distances as a
        share of the reference's own about its mean, ``1 - (tr S)²``, from 0 (the same map) to 1.

    Raises:
        InputError: if the shapes differ, a value is not finite, or all points of a map are one and the same.

    References:
        Gower (1975), "Generalized Procrustes analysis", Psychometrika 40.

    Examples:
        >>> square = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 1.0], [1.0, 0.0]])
        >>> laid, remaining = procrustes(square, 3 * square[:, ::-1] + 7)
        >>> bool(np.allclose(laid, square)), round(remaining, 6)
        (True, 0.0)
    """
    first, second = (np.asarray(one, dtype=np.float64) for one in (reference, points))
    if first.shape != second.shape or first.ndim != 2 or not first.size:
        raise InputError(
            f"Expected two maps of the same points, shape (B, d); got {first.shape} and {second.shape}. "
            "Give the same rows of both maps."
        )
    if not (np.isfinite(first).all() and np.isfinite(second).all()):
        raise InputError("Expected finite positions; got one that is no number or infinite. Leave that row out.")
    middle = first.mean(axis=0)
    first, second = first - middle, second - second.mean(axis=0)
    sizes = np.linalg.norm(first), np.linalg.norm(second)
    if min(sizes) == 0:
        raise InputError(
            "Expected maps that are larger than a point; got one whose points are all the same. Compute it anew."
        )
    left, shared, right = np.linalg.svd((first / sizes[0]).T @ (second / sizes[1]))
    turned = second / sizes[1] @ right.T @ left.T
    return middle + turned * shared.sum() * sizes[0], float(max(0.0, 1 - shared.sum() ** 2))
