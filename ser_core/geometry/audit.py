"""Audit of a table of angles: positive semidefinite cosines, and the triangle inequality of angles."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

import numpy as np

from ser_core.geometry.angle_table import AngleTable
from ser_core.geometry.correlation import (
    NOISE,
    TOLERANCE,
    NearestCorrelation,
    cosines_of,
    nearest_correlation,
    smallest_eigenvalue,
)
from ser_core.geometry.reach import Reach, farthest
from ser_core.jobs import Progress, Report
from ser_core.types import Degrees, FloatArray, IntArray

Verdict = Literal["possible", "rounding", "impossible"]

TRIPLES, NEAREST = "Looking at every triple", "Searching for the nearest possible table"

LISTED: Final = 10_000  # of the triples that break the rule, those that break it most
_EXCESS: Final = 1e-6  # degrees: less is noise of the computer's arithmetic


@dataclass(frozen=True)
class TriangleViolation:
    """Three angles that violate the triangle inequality: a–b exceeds a–via and via–b together."""

    a: str
    b: str
    via: str
    excess_degrees: Degrees


@dataclass(frozen=True)
class FullCircleViolation:
    """Three angles whose sum exceeds 360 degrees, which is impossible between three directions."""

    a: str
    b: str
    c: str
    excess_degrees: Degrees


@dataclass(frozen=True)
class Audit:
    """Result of auditing a table of angles.

    Attributes:
        table: that was looked at.
        smallest_eigenvalue: of the cosines, with ones on the diagonal; 0 where it differs from that by noise.
        rounding_eigenvalue: how far below zero the rounding of the printed angles can bring it.
        violations: of the triangle inequality, largest first, at most :data:`LISTED`.
        violations_total: how many there are.
        excess: largest violation of the triangle inequality by each pair, degrees, shape ``(K, K)``; 0 where none.
        circles: three angles of more than 360 degrees, largest first, at most :data:`LISTED`.
        circles_total: how many there are.
        beyond_rounding: some triple breaks a rule by more than rounding explains.
        nearest: cosines that could exist.
        nearest_degrees: the same as angles, shape ``(K, K)``.
        reach: how far apart each pair can be, given its angles to every third one.
    """

    table: AngleTable
    smallest_eigenvalue: float
    rounding_eigenvalue: float
    violations: tuple[TriangleViolation, ...]
    violations_total: int
    excess: FloatArray
    circles: tuple[FullCircleViolation, ...]
    circles_total: int
    beyond_rounding: bool
    nearest: NearestCorrelation
    nearest_degrees: FloatArray
    reach: Reach

    @property
    def verdict(self) -> Verdict:
        """Whether directions can have these angles; ``rounding``: the exact ones behind the printed figures might."""
        size = len(self.table.labels)
        if self.beyond_rounding or self.smallest_eigenvalue < -self.rounding_eigenvalue - NOISE * size:
            return "impossible"
        exact = self.smallest_eigenvalue >= -NOISE * size and not self.violations_total + self.circles_total
        return "possible" if exact else "rounding"

    @property
    def one_direction(self) -> bool:
        """Whether all directions coincide: every angle is 0."""
        return not self.table.degrees.any()

    @property
    def change_degrees(self) -> FloatArray:
        """Differences between the nearest possible angles and the given ones, shape ``(K, K)``."""
        return self.nearest_degrees - self.table.degrees

    @property
    def largest_change_degrees(self) -> Degrees:
        """Of any pair."""
        return float(np.abs(self.change_degrees).max())

    @property
    def mean_change_degrees(self) -> Degrees:
        """Over the pairs, without the diagonal."""
        above = np.triu_indices(len(self.table.labels), 1)
        return float(np.abs(self.change_degrees[above]).mean())

    @property
    def triples(self) -> int:
        """Number of triangle inequalities: every pair with every third label."""
        size = len(self.table.labels)
        return size * (size - 1) * (size - 2) // 2

    def record(self) -> dict[str, Any]:
        """Return the keys that ``docs/contract.md`` promises of ``audit --json``."""
        return {
            "version": 1,
            "labels": list(self.table.labels),
            "verdict": self.verdict,
            "smallest_eigenvalue": self.smallest_eigenvalue,
            "rounding_eigenvalue": self.rounding_eigenvalue,
            "violations": [vars(one) for one in self.violations],
            "violations_total": self.violations_total,
            "beyond_full_circle": [vars(one) for one in self.circles],
            "beyond_full_circle_total": self.circles_total,
            "nearest": {
                "matrix_degrees": np.round(self.nearest_degrees, 6).tolist(),
                "largest_change_degrees": self.largest_change_degrees,
                "mean_change_degrees": self.mean_change_degrees,
                "rounds": self.nearest.rounds,
                "tolerance": self.nearest.tolerance,
            },
        }


def audit_angles(table: AngleTable, progress: Report | None = None) -> Audit:
    """Check whether directions with these angles exist, and find the nearest angles for which they do.

    Three conditions, each of which angles between directions fulfil: their cosines form a positive semidefinite
    matrix; the triangle inequality holds; no three angles exceed a full circle. The first holds exactly when such
    directions exist, and implies the others.

    Nearest is measured between cosines, by the Frobenius norm.

    Raises:
        InputError: if the search for the nearest matrix does not converge.

    References:
        Schoenberg (1935), "Remarks to Maurice Fréchet's article …", Annals of Mathematics 36: angles and Gram matrices.
        Weyl (1912): an eigenvalue moves by no more than the norm of what is added, here of the rounding.
    """
    angles, rounding = table.degrees, table.rounding_degrees
    names = table.labels
    ways, around = _Largest(), _Largest()
    excess = np.zeros_like(angles)
    beyond = False
    tell = progress or (lambda progress: None)
    steps = 2 * len(names)
    for via, pairs, values, slack in _ways_round(angles, rounding):
        tell(Progress(via, steps, words=TRIPLES))
        excess[pairs] = np.maximum(excess[pairs], values)
        ways.add(pairs, via, values)
        beyond |= bool((values > slack).any())
    for third, pairs, values, slack in _full_circles(angles, rounding):
        tell(Progress(len(names) + third, steps, words=TRIPLES))
        around.add(pairs, third, values)
        beyond |= bool((values > slack).any())
    smallest = smallest_eigenvalue(angles)
    nearest = nearest_correlation(
        cosines_of(angles),
        progress=lambda number, lacking: tell(Progress(_near(lacking), words=f"{NEAREST}, step {number}")),
    )
    nearest_degrees = np.degrees(np.arccos(nearest.matrix)) if nearest.rounds else angles.copy()
    return Audit(
        table=table,
        smallest_eigenvalue=0.0 if abs(smallest) <= NOISE * len(angles) else smallest,
        # A cosine moves by no more than its angle in radians.
        rounding_eigenvalue=float(np.linalg.norm(np.radians(rounding), 2)),
        violations=tuple(TriangleViolation(*named) for named in ways.found(names)),
        violations_total=ways.total,
        excess=np.maximum(excess, excess.T),
        circles=tuple(FullCircleViolation(*named) for named in around.found(names)),
        circles_total=around.total,
        beyond_rounding=beyond,
        nearest=nearest,
        nearest_degrees=nearest_degrees,
        reach=farthest(angles),
    )


def _near(lacking: float) -> float:
    """Return the progress of the search: the share of the required digits that are correct."""
    return min(1.0, max(0.0, math.log(max(lacking, TOLERANCE)) / math.log(TOLERANCE)))


_Pairs = tuple[IntArray, ...]  # the rows a and the columns b


def _ways_round(angles: FloatArray, rounding: FloatArray) -> Iterator[tuple[int, _Pairs, FloatArray, FloatArray]]:
    """For every ``via``: pairs a < b that violate the triangle inequality, the excess, and the rounding."""
    for via in range(len(angles)):
        values = np.triu(angles - angles[:, via, None] - angles[via, None, :], 1)
        pairs = np.nonzero(values > _EXCESS)
        slack = rounding[pairs] + rounding[pairs[0], via] + rounding[via, pairs[1]]
        yield via, pairs, values[pairs], slack


def _full_circles(angles: FloatArray, rounding: FloatArray) -> Iterator[tuple[int, _Pairs, FloatArray, FloatArray]]:
    """For every c: pairs a < b < c whose three angles exceed 360 degrees, the excess, and the rounding."""
    for third in range(2, len(angles)):
        sums = angles[:third, :third] + angles[:third, third, None] + angles[third, None, :third]
        values = np.triu(sums - 360.0, 1)
        pairs = np.nonzero(values > _EXCESS)
        slack = rounding[pairs] + rounding[pairs[0], third] + rounding[third, pairs[1]]
        yield third, pairs, values[pairs], slack


class _Largest:
    """Running selection of the triples with the largest excess."""

    def __init__(self) -> None:
        self.total = 0
        self._places = np.zeros((0, 3), dtype=np.int64)
        self._values: FloatArray = np.zeros(0)

    def add(self, pairs: _Pairs, third: int, values: FloatArray) -> None:
        self.total += len(values)
        if len(self._values) == LISTED:  # of very many, only those that can still get among the largest are sorted
            large = values >= self._values[-1]
            pairs, values = tuple(place[large] for place in pairs), values[large]
        places = np.column_stack([*pairs, np.full(len(values), third)])
        places, values = np.concatenate([self._places, places]), np.concatenate([self._values, values])
        # Among equals, those whose labels come first.
        order = np.lexsort((places[:, 2], places[:, 1], places[:, 0], -values))[:LISTED]
        self._places, self._values = places[order], values[order]

    def found(self, names: Sequence[str]) -> Iterator[tuple[str, str, str, float]]:
        # An excess has no more digits than the figures it comes from.
        for (a, b, third), value in zip(self._places.tolist(), self._values.round(9).tolist(), strict=True):
            yield names[a], names[b], names[third], value
