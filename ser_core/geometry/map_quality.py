"""Quality of a map: trustworthiness, continuity and overlap of nearest neighbours."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ser_core.errors import InputError
from ser_core.geometry.angles import unit
from ser_core.geometry.projection import checked_points
from ser_core.seeding import stream
from ser_core.types import FloatArray, IntArray

NEIGHBOURS = 10
ALL = 2000  # rows up to which every one is looked at
MOST = 1000  # rows looked at where there are more,
FEWEST = 200  # and at least, where these are very many
RANKED = 200_000_000  # distances that so many rows have to others, at most
_BLOCK_VALUES = 1 << 21  # distances measured at once: 16 MB,
_BLOCK_ROWS = 16  # but not of fewer rows, since every block reads all vectors


@dataclass(frozen=True)
class MapQuality:
    """How well a map preserves neighbourhoods.

    Attributes:
        trustworthiness: 1 when no point has a false neighbour on the map; about 0.5 for a map at random.
        continuity: 1 when no point has lost a neighbour on the map; about 0.5 for a map at random.
        overlap: mean share of the nearest neighbours in the space that are among the nearest on the map, 0 to 1.
        by_chance: the overlap of a map at random, ``k / (B - 1)``.
        neighbours: how many were looked at, k.
        rows: of how many utterances the neighbours were looked at; their ranks always count all.
        total: utterances on the map, B.
    """

    trustworthiness: float
    continuity: float
    overlap: float
    by_chance: float
    neighbours: int
    rows: int
    total: int


def map_quality(
    embeddings: FloatArray, points: FloatArray, *, neighbours: int = NEIGHBOURS, seed: int = 0
) -> MapQuality:
    """Compare the neighbourhoods of a map with those of the space.

    With ``r(i, j)`` the rank of j among the neighbours of i in the space, ``r'(i, j)`` the same on the map, ``U`` the
    k nearest on the map that are not among the k nearest in the space, and ``V`` those of the space that are not on
    the map::

        trustworthiness = 1 - 2 / (B k (2B - 3k - 1)) Σ_i Σ_{j in U_i} (r(i, j) - k)
        continuity      = 1 - 2 / (B k (2B - 3k - 1)) Σ_i Σ_{j in V_i} (r'(i, j) - k)

    In the space, near is by angle; on the map, by distance. Where there are more than :data:`ALL` rows, the outer sum
    is over :data:`MOST` of them, drawn at random, instead of B; over fewer where these would have more than
    :data:`RANKED` distances to others, down to :data:`FEWEST`.

    Embeddings are ``(B, D)``, points ``(B, 2)`` or ``(B, 3)``; k is below half of ``B``, or the largest such number.

    Raises:
        InputError: as in :func:`ser_core.geometry.angles.unit`, for fewer than five rows, or if the shapes differ.

    References:
        Venna and Kaski (2001), "Neighborhood preservation in nonlinear projection methods: an experimental study",
        ICANN, for trustworthiness and continuity. Lee and Verleysen (2009), "Quality assessment of dimensionality
        reduction: Rank-based criteria", Neurocomputing 72, for the overlap, which they call Q_NX.
    """
    vectors, places = unit(embeddings), checked_points(points, np.shape(points)[-1])
    total = len(vectors)
    if len(places) != total or total < 5:
        raise InputError(
            f"Expected a map of at least 5 embeddings, a point each; got {total} embeddings and {len(places)} points. "
            "Choose more utterances, and the map that was made of them."
        )
    count = min(neighbours, (total - 1) // 2)
    rows = _drawn(total, seed)
    false, lost, kept = 0, 0, 0
    block = max(_BLOCK_ROWS, _BLOCK_VALUES // total)
    for start in range(0, len(rows), block):
        part = rows[start : start + block]
        cosines = vectors[part] @ vectors.T
        in_space = _to_others(np.negative(np.round(cosines, 12, out=cosines), out=cosines), part)  # (block, B)
        on_map = _to_others(_squared_distances(places[part], places), part)
        for space, place in zip(in_space, on_map, strict=True):
            near_in_space, near_on_map = _nearest(space, count), _nearest(place, count)
            made_up = np.setdiff1d(near_on_map, near_in_space)
            false += sum(_rank(space, one) - count for one in made_up)
            lost += sum(_rank(place, one) - count for one in np.setdiff1d(near_in_space, near_on_map))
            kept += count - len(made_up)
    scale = 2.0 / (len(rows) * count * (2 * total - 3 * count - 1))
    return MapQuality(
        trustworthiness=1 - scale * false,
        continuity=1 - scale * lost,
        overlap=kept / (len(rows) * count),
        by_chance=count / (total - 1),
        neighbours=count,
        rows=len(rows),
        total=total,
    )


def seed_overlaps(maps: Sequence[FloatArray], *, neighbours: int = NEIGHBOURS) -> FloatArray:
    """Return the share of common nearest neighbours of every two maps, shape ``(maps, maps)``, 1 on the diagonal.

    The maps are of the same rows, each ``(B, 2)`` or ``(B, 3)``; see :func:`map_quality` for the rest.

    Raises:
        InputError: if there are fewer than two maps or fewer than five rows, or the maps are of different rows.
    """
    if len(maps) < 2 or len({len(one) for one in maps}) != 1 or len(maps[0]) < 5:
        raise InputError(
            f"Expected at least two maps of the same rows, 5 or more; got {[len(one) for one in maps]} rows. "
            "Compute the same map under several seeds."
        )
    total = len(maps[0])
    count = min(neighbours, (total - 1) // 2)
    rows = _drawn(total, seed=0)
    shared = np.zeros((len(maps), len(maps)))
    block = max(1, _BLOCK_VALUES // (total * len(maps)))
    places = [checked_points(one, one.shape[1]) for one in maps]
    for start in range(0, len(rows), block):
        part = rows[start : start + block]
        near = np.zeros((len(maps), len(part), total), dtype=np.float32)  # sums of ones stay whole far beyond a block
        for number, one in enumerate(places):
            distances = _to_others(_squared_distances(one[part], one), part)
            np.put_along_axis(near[number], np.stack([_nearest(row, count) for row in distances]), 1, axis=1)
        flat = near.reshape(len(maps), -1)
        shared += flat @ flat.T
    return shared / (len(rows) * count)


def _drawn(total: int, seed: int) -> IntArray:
    if total <= ALL:
        return np.arange(total)
    size = int(np.clip(RANKED // total, FEWEST, MOST))
    return np.sort(stream(seed, "map quality").choice(total, size, replace=False))


def _to_others(distances: FloatArray, rows: IntArray) -> FloatArray:
    """Give every row itself the largest distance."""
    distances[np.arange(len(rows)), rows] = np.inf
    return distances


def _nearest(distances: FloatArray, count: int) -> IntArray:
    """The nearest, shape ``(count,)``. Of equal distances the first rows are taken."""
    near = np.flatnonzero(distances <= np.partition(distances, count - 1)[count - 1])
    return near[np.argsort(distances[near], kind="stable")[:count]]


def _rank(distances: FloatArray, row: int) -> int:
    """How many are as near as a row, itself counted; equal distances keep the order of the rows."""
    nearer, equal = distances < distances[row], distances[: row + 1] == distances[row]
    return int(np.count_nonzero(nearer) + np.count_nonzero(equal))


def _squared_distances(some: FloatArray, points: FloatArray) -> FloatArray:
    total = np.zeros((len(some), len(points)))
    for own, others in zip(some.T, np.ascontiguousarray(points.T), strict=True):
        apart = own[:, None] - others
        total += np.square(apart, out=apart)
    return total
