"""Two or three dimensions out of many, to look at: PCA, UMAP and t-SNE."""

import warnings

import numpy as np

from ser_core.errors import InputError
from ser_core.geometry.angles import unit
from ser_core.geometry.neighbours import nearest
from ser_core.types import FloatArray

EXACT_NEIGHBOURS = 4096


def pca(embeddings: FloatArray, dimensions: int = 2) -> FloatArray:
    """Project onto the directions of largest variance.

    Args:
        embeddings: shape ``(B, D)``.
        dimensions: 2 or 3.

    Returns:
        float32, shape ``(B, dimensions)``. Each axis points so that its largest loading is positive, which makes the
        picture the same on every machine; axes beyond ``D`` are zero.

    Raises:
        InputError: for fewer than three rows, a value that is not finite, or another number of dimensions.
    """
    points = _checked(embeddings, dimensions)
    centred = points - points.mean(axis=0)
    if len(points) < points.shape[1]:
        axes = np.linalg.svd(centred, full_matrices=False)[2][:dimensions]  # (dimensions, D)
    else:  # many rows: the components of the small covariance are the same, in far less time
        axes = np.linalg.eigh(centred.T @ centred)[1].T[::-1][:dimensions]
    axes = axes * np.sign(axes[np.arange(len(axes)), np.abs(axes).argmax(axis=1)])[:, None]
    placed = np.zeros((len(points), dimensions), dtype=np.float32)
    placed[:, : len(axes)] = centred @ axes.T
    return placed


def umap(
    embeddings: FloatArray, dimensions: int = 2, *, neighbours: int = 15, min_distance: float = 0.1, seed: int = 0
) -> FloatArray:
    """Project with UMAP by angle: near neighbours stay near, distances between groups mean little.

    Args:
        embeddings: shape ``(B, D)``, no row of zero length.
        dimensions: 2 or 3.
        neighbours: size of the neighbourhood that is kept, at least 2, below ``B``.
        min_distance: how tightly points may be packed, 0 to 1.
        seed: of the random start; one seed gives one picture.

    Returns:
        float32, shape ``(B, dimensions)``.

    Raises:
        InputError: as in :func:`pca`, or for parameters that do not fit the number of rows.

    References:
        McInnes, Healy and Melville (2018), "UMAP", arXiv 1802.03426.
    """
    points = unit(_checked(embeddings, dimensions))
    _check_between("neighbours", neighbours, 2, len(points) - 1)
    _check_between("the smallest distance", min_distance, 0.0, 1.0)
    from umap import UMAP

    # Exact neighbours are quickly found among few points, and spare the compilation of UMAP's own search (8 s).
    known = None
    if len(points) <= EXACT_NEIGHBOURS:
        indices, angles = nearest(points, points, neighbours)
        known = (indices, (1 - np.cos(np.radians(angles))).astype(np.float32))
    # The spectral start needs more points than axes, with room to spare.
    start = "spectral" if len(points) > 4 * dimensions else "random"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # groups without a connection are what one wants to see, not a fault
        placed = UMAP(
            n_components=dimensions,
            n_neighbors=neighbours,
            min_dist=min_distance,
            metric="cosine",
            init=start,
            precomputed_knn=known or (None, None, None),
            random_state=seed,
            n_jobs=1,
        ).fit_transform(points.astype(np.float32))
    return np.asarray(placed, dtype=np.float32)


def tsne(embeddings: FloatArray, dimensions: int = 2, *, perplexity: float = 30.0, seed: int = 0) -> FloatArray:
    """Project with t-SNE by angle: groups show, their sizes and distances mean little.

    Args:
        embeddings: shape ``(B, D)``, no row of zero length.
        dimensions: 2 or 3.
        perplexity: about how many neighbours a point has, at least 1, below ``B``.
        seed: one seed gives one picture.

    Returns:
        float32, shape ``(B, dimensions)``.

    Raises:
        InputError: as in :func:`pca`, or for a perplexity that does not fit the number of rows.

    References:
        van der Maaten and Hinton (2008), "Visualizing data using t-SNE", JMLR 9.
    """
    points = unit(_checked(embeddings, dimensions))
    _check_between("the perplexity", perplexity, 1.0, len(points) - 1)
    from sklearn.manifold import TSNE

    # Among unit vectors the squared distance is 2 - 2 cos: the order by distance is the order by angle.
    placed = TSNE(
        n_components=dimensions, perplexity=perplexity, init=pca(points, dimensions) * 1e-4, random_state=seed
    ).fit_transform(points.astype(np.float32))
    return np.asarray(placed, dtype=np.float32)


def _checked(embeddings: FloatArray, dimensions: int) -> FloatArray:
    if dimensions not in (2, 3):
        raise InputError(f"Expected 2 or 3 dimensions; got {dimensions}. Nothing else can be drawn.")
    points = np.asarray(embeddings, dtype=np.float64)
    if points.ndim != 2 or len(points) < 3 or not points.shape[1]:
        raise InputError(
            f"Expected at least 3 embeddings, shape (B, D); got {points.shape}. Choose more utterances to draw."
        )
    if not np.isfinite(points).all():
        row = int(np.flatnonzero(~np.isfinite(points).all(axis=1))[0])
        raise InputError(
            f"Expected finite embeddings; got a value that is no number or infinite in row {row}. Leave that row out."
        )
    return points


def _check_between(name: str, value: float, lowest: float, highest: float) -> None:
    if not lowest <= value <= highest:
        raise InputError(
            f"Expected {name} between {lowest:g} and {highest:g} for this many utterances; got {value:g}. "
            "Choose a value in between, or more utterances."
        )
