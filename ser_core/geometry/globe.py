"""Class directions on a map that lies on the unit sphere."""

import numpy as np

from ser_core.errors import InputError
from ser_core.geometry.angles import unit
from ser_core.geometry.maps import PCA, MapRequest
from ser_core.geometry.neighbours import nearest
from ser_core.types import FloatArray

_AROUND = 15  # utterances, of a map whose settings name no number of neighbours
_NO_DIRECTION = 1e-9  # a mean of unit vectors that is shorter points nowhere


def globe_tips(request: MapRequest, directions: FloatArray, embeddings: FloatArray, points: FloatArray) -> FloatArray:
    """Find where directions point to on a map on the sphere.

    PCA is linear before it pushes points out, so it places a direction as it places an utterance: exactly. UMAP has
    no such rule; there a direction points to the mean of its nearest utterances on the map, as many as its setting
    ``neighbours`` says.

    Args:
        request: the map, on the sphere.
        directions: shape ``(K, D)``.
        embeddings: of the utterances on the map, shape ``(B, D)``.
        points: where these lie, of length one, shape ``(B, 3)``.

    Returns:
        Unit vectors, shape ``(K, 3)``.

    Raises:
        InputError: for a map that is not on the sphere, or if a direction has no place on it.
    """
    if not request.sphere:
        raise InputError(
            f"Expected a map on the unit sphere; got {request.caption}. Choose 3 dimensions on the sphere."
        )
    if request.method == PCA:
        return unit(request.place(directions, embeddings, points))
    around = int(dict(request.settings).get("neighbours", _AROUND))
    rows, _ = nearest(directions, embeddings, around)  # (K, n)
    means = unit(points)[rows].mean(axis=1)  # (K, 3)
    if (np.linalg.norm(means, axis=1) < _NO_DIRECTION).any():
        raise InputError(
            "Expected the utterances nearest to a direction on one side of the sphere; they cancel each other. "
            "Choose another seed, or PCA on the sphere."
        )
    return unit(means)
