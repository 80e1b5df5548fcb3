"""Projection to two or three dimensions: PCA, flat or on the unit sphere; and checks shared by all maps."""

from dataclasses import dataclass

import numpy as np

from ser_core.errors import InputError
from ser_core.geometry.angles import unit
from ser_core.types import FloatArray

_NO_SHARE = 1e-9  # a unit vector with so little in the three main directions has no place on their sphere


def pca(embeddings: FloatArray, dimensions: int = 2, *, sphere: bool = False) -> FloatArray:
    """Project ``(B, D)`` onto the two or three directions of largest variance; float32, ``(B, dimensions)``.

    Each axis points so that its largest loading is positive, which makes the picture the same on every machine; axes
    beyond ``D`` are zero. On the ``sphere``, in three dimensions, vectors are scaled to length one and not centred, so
    that the directions hold the largest part of their squared length; then each point is pushed out onto the unit
    sphere.

    Raises:
        InputError: for fewer than three rows, a value that is not finite, another number of dimensions, or a row that
            has no place on the sphere.
    """
    return place_by_pca(embeddings, embeddings, dimensions, sphere=sphere)


def place_by_pca(new: FloatArray, embeddings: FloatArray, dimensions: int = 2, *, sphere: bool = False) -> FloatArray:
    """Place new embeddings ``(Q, D)`` exactly on the map that :func:`pca` makes of ``embeddings`` ``(B, D)``.

    Raises:
        InputError: as in :func:`pca`, or if the sizes differ.
    """
    return pca_map(embeddings, dimensions, sphere=sphere).place(new)


@dataclass(frozen=True)
class PcaMap:
    """Fitted PCA map, which can place further embeddings.

    Attributes:
        middle: what lies at the origin, shape ``(D,)``.
        axes: shape ``(dimensions, D)``; fewer rows where ``D`` is smaller.
        dimensions: 2 or 3.
        sphere: whether points are pushed out onto the unit sphere.
    """

    middle: FloatArray
    axes: FloatArray
    dimensions: int
    sphere: bool

    def place(self, new: FloatArray) -> FloatArray:
        """Place embeddings ``(Q, D)``; float32 ``(Q, dimensions)``; errors are those of :func:`place_by_pca`."""
        asked = checked_new(new, len(self.middle))
        if self.sphere:
            asked = unit(asked)
        placed = np.zeros((len(asked), self.dimensions))
        placed[:, : len(self.axes)] = (asked - self.middle) @ self.axes.T
        return (_pushed_out(placed) if self.sphere else placed).astype(np.float32)


def pca_map(embeddings: FloatArray, dimensions: int = 2, *, sphere: bool = False) -> PcaMap:
    """Fit the PCA map of embeddings ``(B, D)``; raises InputError as in :func:`pca`."""
    points = checked_points(embeddings, dimensions, sphere=sphere)
    if sphere:
        points = unit(points)
    middle = np.zeros(points.shape[1]) if sphere else points.mean(axis=0)
    return PcaMap(middle, _axes(points - middle, dimensions), dimensions, sphere)


def checked_points(embeddings: FloatArray, dimensions: int, *, sphere: bool = False) -> FloatArray:
    """Check embeddings for a map, and return them in double precision; raises InputError as in :func:`pca`."""
    if dimensions not in (2, 3):
        raise InputError(f"Expected 2 or 3 dimensions; got {dimensions}. Nothing else can be drawn.")
    if sphere and dimensions != 3:
        raise InputError("Expected 3 dimensions for a map on the sphere; got 2. Choose 3, or a flat map.")
    points = np.asarray(embeddings, dtype=np.float64)
    if points.ndim != 2 or len(points) < 3 or not points.shape[1]:
        raise InputError(
            f"Expected at least 3 embeddings, shape (B, D); got {points.shape}. Choose more utterances to draw."
        )
    _check_finite(points)
    return points


def checked_new(new: FloatArray, size: int) -> FloatArray:
    """Return embeddings to place, ``(Q, size)``, in double precision; raises InputError if they do not fit."""
    asked = np.atleast_2d(np.asarray(new, dtype=np.float64))
    if asked.ndim != 2 or asked.shape[1] != size:
        raise InputError(
            f"Expected embeddings of {size} dimensions to place on the map; got {asked.shape}. "
            "Take them from the model that the map was made with."
        )
    _check_finite(asked)
    return asked


def check_between(name: str, value: float, lowest: float, highest: float) -> None:
    """Refuse a parameter that does not fit the number of rows; raises InputError if it is outside."""
    if not lowest <= value <= highest:
        raise InputError(
            f"Expected {name} between {lowest:g} and {highest:g} for this many utterances; got {value:g}. "
            "Choose a value in between, or more utterances."
        )


def _axes(centred: FloatArray, dimensions: int) -> FloatArray:
    axes: FloatArray
    if len(centred) < centred.shape[1]:
        axes = np.linalg.svd(centred, full_matrices=False)[2][:dimensions]  # (dimensions, D)
    else:  # many rows: the components of the small covariance are the same, in far less time
        axes = np.linalg.eigh(centred.T @ centred)[1].T[::-1][:dimensions]
    axes *= np.sign(axes[np.arange(len(axes)), np.abs(axes).argmax(axis=1)])[:, None]
    return axes


def _pushed_out(placed: FloatArray) -> FloatArray:
    lengths = np.linalg.norm(placed, axis=1)
    if (lengths < _NO_SHARE).any():
        row = int(np.flatnonzero(lengths < _NO_SHARE)[0])
        raise InputError(
            f"Expected vectors with a share in the three main directions; row {row} is at right angles to all of "
            "them and has no place on their sphere. Choose PCA in three dimensions, or UMAP on the sphere."
        )
    return unit(placed)


def _check_finite(points: FloatArray) -> None:
    if not np.isfinite(points).all():
        row = int(np.flatnonzero(~np.isfinite(points).all(axis=1))[0])
        raise InputError(f"Expected finite embeddings; got a NaN or infinite value in row {row}. Leave that row out.")
