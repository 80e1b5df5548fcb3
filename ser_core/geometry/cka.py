"""Linear CKA: similarity of two embeddings of the same utterances, whatever their dimensions."""

from dataclasses import dataclass

import numpy as np

from ser_core.errors import InputError
from ser_core.types import FloatArray

_BLOCK = 4096  # rows that are held in double precision at once


@dataclass(frozen=True)
class CkaResult:
    """Linear CKA from 0 (nothing in common) to 1 (equal up to rotation, reflection and one scale).

    ``at_random`` is its mean over all ways of pairing the rows, from where a value is to be read: it nears 1 where
    there are few utterances for the dimensions.
    """

    cka: float
    at_random: float


def linear_cka(first: FloatArray, second: FloatArray) -> CkaResult:
    r"""Compare two spaces of the same utterances by centred kernel alignment with linear kernels.

    With the columns of ``X`` (``(B, D)``) and ``Y`` (``(B, E)``) centred,

    ``CKA = ‖YᵀX‖² / (‖XᵀX‖ · ‖YᵀY‖)``, norms of Frobenius.

    Over all permutations of the rows of ``Y`` the mean of its numerator is ``tr(XᵀX) tr(YᵀY) / (B - 1)``, since rows of
    a centred Gram matrix add up to zero. Memory does not grow with ``B``: products of ``D × D``, ``E × E`` and ``D ×
    E`` and a block of rows are held.

    Raises:
        InputError: if the two do not have the same rows, there are fewer than three, a value is not finite, or all rows
            of one are the same.

    References:
        Kornblith et al. (2019), "Similarity of Neural Network Representations Revisited", ICML, section 3.
    """
    x, y = np.asarray(first), np.asarray(second)
    if x.ndim != 2 or y.ndim != 2 or len(x) != len(y) or len(x) < 3:
        raise InputError(
            f"Expected the same three utterances or more in both spaces, shapes (B, D) and (B, E); got {x.shape} and "
            f"{y.shape}. Match the rows of both first."
        )
    if not (np.isfinite(x).all() and np.isfinite(y).all()):
        raise InputError("Expected finite embeddings; got a NaN or infinite value. Leave those rows out of both.")
    middle_x, middle_y = x.mean(axis=0, dtype=np.float64), y.mean(axis=0, dtype=np.float64)
    across = np.zeros((x.shape[1], y.shape[1]))
    within_x, within_y = np.zeros((x.shape[1],) * 2), np.zeros((y.shape[1],) * 2)
    for start in range(0, len(x), _BLOCK):
        rows = slice(start, start + _BLOCK)
        part_x, part_y = x[rows] - middle_x, y[rows] - middle_y
        across += part_x.T @ part_y
        within_x += part_x.T @ part_x
        within_y += part_y.T @ part_y
    sizes = float(np.linalg.norm(within_x) * np.linalg.norm(within_y))
    if sizes == 0:
        raise InputError(
            "Expected utterances that differ; in one of the spaces they all lie at one point, which is like nothing. "
            "Choose another epoch or model."
        )
    random = float(np.trace(within_x) * np.trace(within_y)) / (len(x) - 1)
    return CkaResult(min(1.0, float(np.square(across).sum()) / sizes), random / sizes)
