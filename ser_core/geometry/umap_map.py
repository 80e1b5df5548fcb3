"""UMAP by angle, flat or on the unit sphere: neighbourhoods are kept, distances between groups are not."""

import warnings
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix

from ser_core.config import lookup
from ser_core.geometry.angles import unit
from ser_core.geometry.compiled import umap_class
from ser_core.geometry.neighbours import nearest
from ser_core.geometry.projection import check_between, checked_new, checked_points
from ser_core.jobs import Progress, Report
from ser_core.types import FloatArray, IntArray

STARTS = {"spectral": "from the eigenvectors of the neighbourhood graph", "random": "from positions drawn at random"}
EXACT_NEIGHBOURS = 20_000  # rows up to which all are compared with all: quicker than UMAP's own search is compiled
_BEFORE = 0.1  # share of the work before the points move, roughly


def umap(
    embeddings: FloatArray,
    dimensions: int = 2,
    *,
    neighbours: int = 15,
    min_distance: float = 0.1,
    iterations: int = 500,
    start: str = "spectral",
    seed: int = 0,
    sphere: bool = False,
    progress: Report | None = None,
) -> FloatArray:
    """Project ``(B, D)`` to float32 ``(B, dimensions)``, 2 or 3, with UMAP by angle.

    Args:
        neighbours: size of the neighbourhood that is kept, at least 2, below ``B``.
        min_distance: how tightly points may be packed, 0 to 1.
        iterations: how often every edge of the graph pulls, 10 to 5000.
        start: a name in :data:`STARTS`.
        sphere: lay the points out on the unit sphere, by great-circle distance; needs three dimensions.

    Raises:
        InputError: as in :func:`ser_core.geometry.projection.pca`, or if a parameter does not fit the number of rows.
        ConfigError: for an unknown start.

    References:
        McInnes, Healy and Melville (2018), "UMAP", arXiv 1802.03426.
    """
    points = unit(checked_points(embeddings, dimensions, sphere=sphere))
    check_between("neighbours", neighbours, 2, len(points) - 1)
    check_between("the smallest distance", min_distance, 0.0, 1.0)
    check_between("the iterations", iterations, 10, 5000)
    lookup("start", start, STARTS)
    known: tuple[Any, ...] = (None, None, None)
    if len(points) <= EXACT_NEIGHBOURS:
        known = (*_neighbours_of(points, points, neighbours), None)
    # The spectral start needs more points than axes, with room to spare.
    initial = start if len(points) > 4 * dimensions else "random"
    model = _model(
        neighbours,
        min_distance,
        n_components=2 if sphere else dimensions,
        output_metric="haversine" if sphere else "euclidean",
        init=initial,
        n_epochs=iterations,
        precomputed_knn=known,
        random_state=seed,
        tqdm_kwds=_followed(iterations, progress),
    )
    placed = _fitted(model, points).embedding_
    if sphere:  # umap-learn gives the angle from the pole and the one around it
        around = np.sin(placed[:, 0])
        placed = np.column_stack(
            [around * np.cos(placed[:, 1]), around * np.sin(placed[:, 1]), np.cos(placed[:, 0])]
        )  # (B, 3)
    return np.asarray(placed, dtype=np.float32)


def place_by_umap(
    new: FloatArray,
    embeddings: FloatArray,
    points: FloatArray,
    *,
    neighbours: int = 15,
    min_distance: float = 0.1,
    iterations: int = 500,
    seed: int = 0,
    sphere: bool = False,
) -> FloatArray:
    """Place new embeddings on a map that :func:`umap` made of others.

    A third of the map's iterations move each new point from the mean of its neighbours. On the sphere it stays there,
    in their mean direction weighed by UMAP's membership: umap-learn averages the two angles instead, which tears at the
    seam where one of them jumps.

    Args, result and errors are those of :meth:`ser_core.geometry.maps.MapRequest.place`; the keywords are the settings
    of the map.
    """
    reference = unit(checked_points(embeddings, points.shape[1], sphere=sphere))
    asked = unit(checked_new(new, reference.shape[1]))
    check_between("neighbours", neighbours, 2, len(reference) - 1)
    # UMAP's own search compares all pairs by a Python function, for minutes: it gets the neighbours instead.
    known = _neighbours_of(reference, reference, neighbours)
    settings: dict[str, Any] = {"transform_mode": "graph"} if sphere else {"n_components": points.shape[1]}
    model = _model(
        neighbours,
        min_distance,
        metric="precomputed",
        precomputed_knn=(*known, None),
        # What takes long was done when the map was made: the model gets its points instead of laying them out again.
        init=np.asarray(points, dtype=np.float32) if not sphere else "random",
        n_epochs=0,
        random_state=seed,
        **settings,
    )
    indices, distances = _neighbours_of(asked, reference, neighbours)
    rows = np.arange(0, indices.size + 1, neighbours)
    near = csr_matrix((distances.ravel(), indices.ravel(), rows), shape=(len(asked), len(reference)))  # (Q, B)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that distances are expected, which these are
        model = _fitted(model, _nothing_near(len(reference)))
        if sphere:
            membership = model.transform(near).tocsr()  # (Q, B)
            return unit(membership @ np.asarray(points, dtype=np.float64)).astype(np.float32)
        model.embedding_, model.n_epochs = np.asarray(points, dtype=np.float32), iterations
        return np.asarray(model.transform(near), dtype=np.float32)


def _nothing_near(count: int) -> Any:
    """Return an empty table of distances: UMAP requires one, but uses the precomputed neighbours."""
    none = np.zeros(0, dtype=np.int32)
    return csr_matrix((none.astype(np.float32), none, np.zeros(count + 1, dtype=np.int32)), shape=(count, count))


def _neighbours_of(asked: FloatArray, points: FloatArray, count: int) -> tuple[IntArray, FloatArray]:
    """Find the exact neighbours by angle, with their cosine distances, both of shape ``(Q, count)``."""
    indices, angles = nearest(asked, points, count)
    return indices, (1 - np.cos(np.radians(angles))).astype(np.float32)


def _model(neighbours: int, min_distance: float, **settings: Any) -> Any:
    return umap_class()(n_neighbors=neighbours, min_dist=min_distance, n_jobs=1, **{"metric": "cosine", **settings})


def _fitted(model: Any, points: Any) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # groups without a connection are what one wants to see, not a fault
        return model.fit(points.astype(np.float32))


def _followed(iterations: int, progress: Report | None) -> dict[str, Any] | None:
    """Let UMAP's progress bar, its only report, write to ``progress``."""
    if progress is None:
        return None
    progress(Progress(0.0))
    return {"file": _Bar(iterations, progress), "bar_format": "{n}", "desc": "", "disable": False, "mininterval": 0.2}


class _Bar:
    """What UMAP's progress bar takes for a terminal."""

    def __init__(self, iterations: int, progress: Report) -> None:
        self.iterations = iterations
        self.progress = progress

    def write(self, text: str) -> None:
        done = text.strip()
        if done.isdigit():
            self.progress(Progress(_BEFORE + (1 - _BEFORE) * min(1.0, int(done) / self.iterations)))

    def flush(self) -> None:
        """Have nothing to flush."""
