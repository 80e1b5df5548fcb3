"""Nearest correlation matrix: whether a matrix can hold cosines of directions, and the nearest one that can."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from ser_core.errors import InputError
from ser_core.types import FloatArray

TOLERANCE = 1e-9
NOISE = 1e-10  # of an eigenvalue, for each row of the matrix: less is the computer's arithmetic
_DESCENT = 1e-4  # share of the promised descent that a step has to keep
_HALVINGS = 40


@dataclass(frozen=True)
class NearestCorrelation:
    """Result of the search for the nearest correlation matrix.

    Attributes:
        matrix: symmetric, positive semidefinite, ones on its diagonal, shape ``(K, K)``.
        rounds: Newton steps; 0 when the matrix could exist as it was, to within :data:`NOISE`.
        tolerance: to which the diagonal came near to ones, relative to the matrix's Frobenius norm.
    """

    matrix: FloatArray
    rounds: int
    tolerance: float


def cosines_of(angles_degrees: FloatArray) -> FloatArray:
    """Return the cosines of angles between directions, with ones on the diagonal."""
    cosines: FloatArray = np.cos(np.radians(angles_degrees))
    np.fill_diagonal(cosines, 1.0)
    return cosines


def smallest_eigenvalue(angles_degrees: FloatArray) -> float:
    """Return the smallest eigenvalue of the cosines of angles between directions.

    Cosines of real vectors form a positive semidefinite matrix: a value clearly below zero means that no vectors have
    these angles ``(K, K)``. The diagonal is taken as zero.

    Examples:
        >>> smallest_eigenvalue(np.full((4, 4), 60.0)).__round__(3)
        0.5
        >>> smallest_eigenvalue(np.full((4, 4), 120.0)).__round__(3)
        -0.5
    """
    return float(np.linalg.eigvalsh(cosines_of(angles_degrees))[0])


def nearest_correlation(
    matrix: FloatArray,
    *,
    tolerance: float = TOLERANCE,
    most_rounds: int = 200,
    progress: Callable[[int, float], None] | None = None,
) -> NearestCorrelation:
    """Find the correlation matrix with the smallest Frobenius distance, by Newton's method on the dual problem.

    The nearest matrix is the positive semidefinite part of the given one, symmetric ``(K, K)``, plus some diagonal; the
    diagonal is searched for that gives this part ones on its own. It minimises a convex function whose gradient is the
    difference of the diagonal to ones, at last below ``tolerance`` times the matrix's norm. The result is scaled to
    ones, which moves it by no more than that and leaves it positive semidefinite. ``progress`` is called before each
    step with its number and that relative error.

    Raises:
        InputError: if the matrix is not square, symmetric and finite, or the search does not converge.

    References:
        Higham (2002), "Computing the nearest correlation matrix - a problem from finance", IMA Journal of Numerical
        Analysis 22: the problem. Qi and Sun (2006), "A quadratically convergent Newton method for computing the nearest
        correlation matrix", SIAM Journal on Matrix Analysis and Applications 28, algorithm 5.1.

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
    if (np.diag(start) == 1).all() and np.linalg.eigvalsh(start)[0] >= -NOISE * len(start):
        return NearestCorrelation(start.copy(), 0, tolerance)
    found = _Dual(start, 1 - np.diag(start))
    for number in range(1, most_rounds + 1):
        if progress is not None:
            progress(number, found.lacking)
        if found.lacking <= tolerance:
            lengths = np.sqrt(np.diag(found.part))
            scaled = found.part / np.outer(lengths, lengths)
            np.fill_diagonal(scaled, 1.0)
            return NearestCorrelation(np.clip(scaled, -1, 1), number, tolerance)
        step = found.newton_step()
        slope = float(found.gradient @ step)
        share = 1.0
        for _ in range(_HALVINGS):
            tried = _Dual(start, found.added + share * step)
            if tried.value <= found.value + _DESCENT * share * slope + 1e-14 * abs(found.value):
                break
            share /= 2
        found = tried
    raise InputError(
        f"Expected the search for the nearest matrix to converge within {most_rounds} rounds; it did not. "
        "Look at a part of the table, or ask for a larger tolerance."
    )


class _Dual:
    """The dual function at one diagonal: half the squared norm of the semidefinite part, less the diagonal's sum."""

    def __init__(self, start: FloatArray, added: FloatArray) -> None:
        self.added = added
        self._values, self._vectors = np.linalg.eigh(start + np.diag(added))
        kept = self._values > 0
        part = (self._vectors[:, kept] * self._values[kept]) @ self._vectors[:, kept].T
        self.part: FloatArray = (part + part.T) / 2
        self.gradient: FloatArray = np.diag(self.part) - 1
        self.value = float(np.square(self._values[kept]).sum() / 2 - added.sum())

    @property
    def lacking(self) -> float:
        """Distance of the diagonal from ones, relative to the norm of the matrix."""
        return float(np.linalg.norm(self.gradient) / max(1.0, float(np.linalg.norm(self.part))))

    def newton_step(self) -> FloatArray:
        """Solve for the step by conjugate gradients, as exactly as the gradient is small."""
        positive = np.maximum(self._values, 0)
        above = self._values[:, None] - self._values[None, :]
        # How fast the part of each pair of eigenvectors grows: 1 where both values are kept, 0 where neither is.
        growth = np.divide(
            positive[:, None] - positive[None, :], above, out=np.ones_like(above), where=np.abs(above) > 1e-14
        )
        growth[np.abs(above) <= 1e-14] = (self._values[:, None] + self._values[None, :] > 0)[np.abs(above) <= 1e-14]
        vectors = self._vectors

        def curved(direction: FloatArray) -> FloatArray:
            turned = vectors.T @ (direction[:, None] * vectors)
            moved: FloatArray = ((vectors @ (growth * turned)) * vectors).sum(axis=1)
            return moved + 1e-10 * direction

        step, rest = np.zeros_like(self.gradient), -self.gradient
        along, size = rest.copy(), float(rest @ rest)
        wanted = size * min(0.01, float(np.sqrt(size))) ** 2
        for _ in range(2 * len(rest)):
            if size <= wanted:
                break
            curvature = curved(along)
            share = size / float(along @ curvature)
            step, rest = step + share * along, rest - share * curvature
            before, size = size, float(rest @ rest)
            along = rest + size / before * along
        return step
