"""How far apart two directions can be at most, given their angles to a third one."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ser_core.types import Degrees, FloatArray, IntArray

NOWHERE = -1  # in place of a third label where there is none


@dataclass(frozen=True)
class Reach:
    """How far apart each pair of ``K`` directions can be, given its angles to every third one.

    Attributes:
        degrees: the largest angle that each third one allows, of the smallest: ``(K, K)``, 180 where there is no third.
        via: number of the third one that allows least, ``(K, K)``, :data:`NOWHERE` where there is none.
    """

    degrees: FloatArray
    via: IntArray


@dataclass(frozen=True)
class Triple:
    """Angles between three directions: from a to b at once, and by way of a third one."""

    a: str
    b: str
    via: str
    direct: Degrees
    first: Degrees
    second: Degrees

    @property
    def spare_degrees(self) -> Degrees:
        """How much farther apart a and b could be; below 0, by how much they are too far apart to exist.

        Examples:
            >>> Triple("a", "b", "c", 80.0, 60.0, 30.0).spare_degrees
            10.0
            >>> Triple("a", "b", "c", 150.0, 120.0, 100.0).spare_degrees
            -10.0
        """
        around = self.first + self.second
        return min(around, 360.0 - around) - self.direct


def farthest(degrees: FloatArray) -> Reach:
    """Compute how far apart each pair can be, given its angles ``(K, K)`` in degrees to every third direction.

    Of three directions, no angle is larger than the two others together, nor than what these leave of a full circle.
    """
    size = len(degrees)
    reach, via = np.full((size, size), 180.0), np.full((size, size), NOWHERE, dtype=np.int64)
    for third in range(size):
        around = degrees[:, third, None] + degrees[third, None, :]
        allowed = np.minimum(around, 360.0 - around)
        allowed[third, :] = allowed[:, third] = np.inf  # a third one is neither of the two
        # Where two angles leave everything open, they still name the third one.
        less = (allowed < reach) | ((via == NOWHERE) & np.isfinite(allowed))
        reach, via = np.where(less, allowed, reach), np.where(less, third, via)
    return Reach(reach, via)


def tightest(labels: Sequence[str], degrees: FloatArray, reach: Reach, *, most: int) -> list[Triple]:
    """List each pair with the third direction that allows it least, those with the least to spare first.

    Args:
        labels: of the ``K`` directions.
        degrees: angles between them, shape ``(K, K)``.
        reach: of these angles.
        most: how many pairs are listed.
    """
    rows, columns = np.nonzero(np.triu(reach.via != NOWHERE, 1))
    spare = reach.degrees[rows, columns] - degrees[rows, columns]
    found = []
    for place in np.argsort(spare, kind="stable")[:most]:
        a, b = int(rows[place]), int(columns[place])
        via = int(reach.via[a, b])
        angles = (float(degrees[pair]) for pair in ((a, b), (a, via), (via, b)))
        found.append(Triple(labels[a], labels[b], labels[via], *angles))
    return found
