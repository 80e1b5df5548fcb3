"""Whether a matrix can hold the cosines of real directions, and the nearest one that can."""

from dataclasses import dataclass

import numpy as np

from ser_core.errors import InputError
from ser_core.types import FloatArray

TOLERANCE = 1e-9


@dataclass(frozen=True)
class NearestCorrelation:
    """What the search for the nearest matrix came to.

    Attributes:
        matrix: symmetric, positive semidefinite, ones on its diagonal, shape ``(K, K)``.
        rounds: of projections; 0 when the matrix could exist as it was.
        tolerance: to which they converged, relative to the matrix's Frobenius norm.
    """

    matrix: FloatArray
    rounds: int
    tolerance: float


def cosines_of(angles_degrees: FloatArray) -> FloatArray:
    """Return the cosines of angles between directions, with ones on the diagonal, whatever was there."""
    cosines: FloatArray = np.cos(np.radians(angles_degrees))
    np.fill_diagonal(cosines, 1.0)
    return cosines


def smallest_eigenvalue(angles_degrees: FloatArray) -> float:
    """Return the smallest eigenvalue of the cosines of angles between directions.

    Cosines of real vectors form a positive semidefinite matrix, so a value clearly below zero says that no vectors
    have these angles.

    Args:
        angles_degrees: shape ``(K, K)``; the diagonal, whatever it holds, is taken as zero.

    Examples:
        >>> smallest_eigenvalue(np.full((4, 4), 60.0)).__round__(3)
        0.5
        >>> smallest_eigenvalue(np.full((4, 4), 120.0)).__round__(3)
        -0.5
    """
    return float(np.linalg.eigvalsh(cosines_of(angles_degrees))[0])


def nearest_correlation(
    matrix: FloatArray, *, tolerance: float = TOLERANCE, most_rounds: int = 10_000
) -> NearestCorrelation:
    """Find the correlation matrix with the smallest Frobenius distance, by alternating projections.

    The projection onto positive semidefinite matrices carries Dykstra's correction; that onto unit diagonals needs
    none, since those matrices form an affine set. What comes out at last is scaled to ones on its diagonal, which
    moves it by no more than the tolerance and leaves it positive semidefinite.

    Args:
        matrix: symmetric, shape ``(K, K)``.
        tolerance: both projections have moved, and lie apart, by less than this share of the matrix's norm.
        most_rounds: after which the search is given up.

    Raises:
        InputError: if the matrix is not square, symmetric and finite, or the search does not converge.

    References:
        Higham (2002), "Computing the nearest correlation matrix - a problem from finance", IMA Journal of Numerical
        Analysis 22, algorithm 3.3; Dykstra (1983), Journal of the American Statistical Association 78.

    Examples:
        >>> nearest_correlation(np.array([[1, 1, 0], [1, 1, 1], [0, 1, 1.0]])).matrix.round(4)
        array([[1.    , 0.7607, 0.1573],
               [0.7607, 1.    , 0.7607],
               [0.1573, 0.7607, 1.    ]])
    """
    start: FloatArray = np.asarray(matrix, dtype=np.float64)
    if (
        start.ndim != 2
        or start.shape[0] != start.shape[1]
        or not np.isfinite(start).all()
        or not np.allclose(start, start.T, rtol=0, atol=1e-9)
    ):
        raise InputError(
            f"Expected a square, symmetric matrix of finite numbers; got shape {start.shape}. Check the table."
        )
    if (np.diag(start) == 1).all() and np.linalg.eigvalsh(start)[0] >= 0:
        return NearestCorrelation(start.copy(), 0, tolerance)
    unit_diagonal = semidefinite = start
    correction: FloatArray = np.zeros_like(start)
    for number in range(1, most_rounds + 1):
        shifted = unit_diagonal - correction
        projected = _semidefinite(shifted)
        correction = projected - shifted
        ones = projected.copy()
        np.fill_diagonal(ones, 1.0)
        moved = max(
            _relative(projected - semidefinite, projected),
            _relative(ones - unit_diagonal, ones),
            _relative(ones - projected, ones),
        )
        semidefinite, unit_diagonal = projected, ones
        if moved <= tolerance:
            lengths = np.sqrt(np.diag(semidefinite))
            found = semidefinite / np.outer(lengths, lengths)
            np.fill_diagonal(found, 1.0)
            return NearestCorrelation(np.clip(found, -1, 1), number, tolerance)
    raise InputError(
        f"Expected the search for the nearest matrix to converge within {most_rounds} rounds; it did not. "
        "Look at a part of the table, or ask for a larger tolerance."
    )


def _semidefinite(matrix: FloatArray) -> FloatArray:
    """The nearest positive semidefinite matrix: negative eigenvalues become zero."""
    values, vectors = np.linalg.eigh(matrix)
    kept = values > 0
    projected: FloatArray = (vectors[:, kept] * values[kept]) @ vectors[:, kept].T
    return (projected + projected.T) / 2


def _relative(difference: FloatArray, matrix: FloatArray) -> float:
    return float(np.linalg.norm(difference) / np.linalg.norm(matrix))
