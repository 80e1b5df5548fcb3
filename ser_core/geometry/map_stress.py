"""Stress of a map, per point: how far its distances are from the angles in the space."""

from dataclasses import dataclass

import numpy as np

from ser_core.errors import InputError
from ser_core.geometry.angles import unit
from ser_core.geometry.projection import checked_points
from ser_core.seeding import stream
from ser_core.types import Degrees, FloatArray

ALL = 2000  # rows up to which every point is compared with every other
OTHERS = 1000  # rows that every point is compared with where there are more
_BLOCK_VALUES = 1 << 21


@dataclass(frozen=True)
class MapStress:
    """Stress of a map: difference between its distances and the angles in the space.

    Attributes:
        per_point: shape ``(B,)``, 0 where every distance is as long as the angle is wide.
        whole: of the map: Kruskal's stress with the best scale.
        degrees_per_unit: the scale: what one unit of the map stands for at best. It differs from map to map.
        others: with how many utterances every point was compared.
    """

    per_point: FloatArray
    whole: float
    degrees_per_unit: Degrees
    others: int


def map_stress(embeddings: FloatArray, points: FloatArray, *, sphere: bool = False) -> MapStress:
    """Measure the stress of every point.

    With the angles ``a`` in the space, the distances ``d`` on the map, on the sphere along it, and the scale
    ``s = Σ a d / Σ d²`` over all pairs::

        stress of i = sqrt( Σ_j (a_ij - s d_ij)² / Σ_j a_ij² )

    and the same with sums over all pairs for the whole. Where there are more than :data:`ALL` rows, j runs over
    :data:`OTHERS` of them, drawn at random, the same for all i.

    Embeddings are ``(B, D)``, points ``(B, 2)`` or ``(B, 3)``. With ``sphere`` the points lie on the unit sphere, where
    distances are angles themselves. Zeros where all angles are zero.

    Raises:
        InputError: as in :func:`ser_core.geometry.angles.unit`, for fewer than three rows, or if the shapes differ.

    References:
        Kruskal (1964), "Multidimensional scaling by optimizing goodness of fit to a nonmetric hypothesis",
        Psychometrika 29; per point as in Borg and Groenen (2005), "Modern Multidimensional Scaling", chapter 11.
    """
    vectors, places = unit(embeddings), checked_points(points, np.shape(points)[-1], sphere=sphere)
    if sphere:
        places = unit(places)
    total = len(vectors)
    if len(places) != total:
        raise InputError(
            f"Expected one point per embedding; got {total} embeddings and {len(places)} points. "
            "Give the map that was made of them."
        )
    drawn = np.arange(total) if total <= ALL else np.sort(
        stream(0, "map stress").choice(total, OTHERS, replace=False)
    )  # fmt: skip
    squares, products, lengths = np.zeros(total), np.zeros(total), np.zeros(total)  # of a², a d and d², per point
    for start in range(0, total, max(1, _BLOCK_VALUES // len(drawn))):
        rows = slice(start, start + max(1, _BLOCK_VALUES // len(drawn)))
        angles = _angles(vectors[rows], vectors[drawn])
        distances = (_angles if sphere else _distances)(places[rows], places[drawn])
        squares[rows] = np.square(angles).sum(axis=1)
        products[rows] = (angles * distances).sum(axis=1)
        lengths[rows] = np.square(distances).sum(axis=1)
    scale = float(products.sum() / lengths.sum()) if lengths.sum() > 0 else 0.0
    remaining = np.maximum(squares - 2 * scale * products + scale**2 * lengths, 0.0)
    per_point = np.sqrt(np.divide(remaining, squares, out=np.zeros(total), where=squares > 0))
    whole = float(np.sqrt(remaining.sum() / squares.sum())) if squares.sum() > 0 else 0.0
    return MapStress(per_point, whole, scale, len(drawn) - (total <= ALL))


def _angles(first: FloatArray, second: FloatArray) -> FloatArray:
    degrees: FloatArray = np.degrees(np.arccos(np.clip(first @ second.T, -1.0, 1.0)))
    return degrees


def _distances(first: FloatArray, second: FloatArray) -> FloatArray:
    total = np.zeros((len(first), len(second)))
    for axis in range(first.shape[1]):
        total += np.square(first[:, axis, None] - second[None, :, axis])
    return np.sqrt(total)
