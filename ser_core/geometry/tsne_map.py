"""t-SNE by angle; new points can be placed on an existing map."""

from typing import Any

import numpy as np

from ser_core.config import lookup
from ser_core.geometry.angles import unit
from ser_core.geometry.projection import check_between, checked_new, checked_points, pca
from ser_core.jobs import Progress, Report
from ser_core.seeding import stream
from ser_core.types import FloatArray, IntArray

STARTS = {"PCA": "from PCA, with a hundredth of it as noise", "random": "from positions drawn at random"}
EARLY_ITERATIONS = 250  # in which similar points attract each other more, so that groups find together
_SPREAD = 1e-4  # of the start: points that begin far apart hardly find together (Kobak and Berens, 2019)
_BEFORE = 0.05  # share of the work before the points move, roughly
_EVERY = 10  # iterations between two calls of progress


def tsne(
    embeddings: FloatArray,
    dimensions: int = 2,
    *,
    perplexity: float = 30.0,
    exaggeration: float = 1.0,
    iterations: int = 500,
    start: str = "PCA",
    seed: int = 0,
    progress: Report | None = None,
) -> FloatArray:
    """Project ``(B, D)`` to float32 ``(B, dimensions)``, 2 or 3, with t-SNE by the cosine distance, 1 - cos.

    openTSNE lays the points out: by Barnes-Hut's tree, in two dimensions and from 10,000 points by interpolation on a
    grid. The neighbours are exact.

    Args:
        perplexity: about how many neighbours a point has, at least 1, at most a third of the others.
        exaggeration: how much stronger than in t-SNE itself similar points attract each other, 1 to 30; 4 looks much
            like UMAP.
        iterations: 50 to 5000, after :data:`EARLY_ITERATIONS` in which the attraction is 12 times as strong.
        start: a name in :data:`STARTS`. From PCA, the large-scale arrangement is PCA's and differs little between
            seeds; at random, it is the seed's.

    Raises:
        InputError: as in :func:`ser_core.geometry.projection.pca`, or if a parameter does not fit the number of rows.
        ConfigError: for an unknown start.

    References:
        van der Maaten and Hinton (2008), "Visualizing data using t-SNE", JMLR 9. Poličar, Stražar and Zupan (2024),
        "openTSNE", Journal of Statistical Software 109. Kobak and Berens (2019), "The art of using t-SNE for
        single-cell transcriptomics", Nature Communications 10. Kobak and Linderman (2021), "Initialization is critical
        for preserving global data structure in both t-SNE and UMAP", Nature Biotechnology 39. Böhm, Berens and Kobak
        (2022), "Attraction-Repulsion Spectrum in Neighbor Embeddings", JMLR 23, for the exaggeration.
    """
    points = unit(checked_points(embeddings, dimensions))
    check_between("the perplexity", perplexity, 1.0, most_perplexity(len(points)))
    check_between("the exaggeration", exaggeration, 1.0, 30.0)
    check_between("the iterations", iterations, 50, 5000)
    lookup("start", start, STARTS)
    from openTSNE import TSNE

    if progress is not None:
        progress(Progress(0.0))
    placed = TSNE(
        n_components=dimensions,
        exaggeration=exaggeration,
        early_exaggeration_iter=EARLY_ITERATIONS,
        n_iter=iterations,
        negative_gradient_method=_gradient(dimensions),
        n_jobs=1,
        callbacks=None if progress is None else _Steps(EARLY_ITERATIONS + iterations, progress),
        callbacks_every_iters=_EVERY,
    ).fit(
        affinities=_affinities(points, perplexity),
        initialization=_start(points, dimensions, start, seed),
    )
    return np.asarray(placed, dtype=np.float32)


def place_by_tsne(
    new: FloatArray, embeddings: FloatArray, points: FloatArray, *, perplexity: float = 30.0
) -> FloatArray:
    """Place new embeddings on a map that :func:`tsne` made of others with this perplexity.

    Each new point is placed by itself: it is attracted by its neighbours on the map and repelled by all others there,
    and does not see the other new ones. openTSNE places with its own default perplexity of 5, for near neighbours only.

    Args, result and errors are those of :meth:`ser_core.geometry.maps.MapRequest.place`.
    """
    reference = unit(checked_points(embeddings, points.shape[1]))
    asked = unit(checked_new(new, reference.shape[1]))
    check_between("the perplexity", perplexity, 1.0, most_perplexity(len(reference)))
    from openTSNE import TSNEEmbedding

    # openTSNE moves the middle of the map to zero before it places: what it places is moved back.
    places = np.array(points, dtype=np.float64, order="C")
    middle = (places.max(axis=0) + places.min(axis=0)) / 2
    there = TSNEEmbedding(
        places,
        affinities=_affinities(reference, perplexity),
        negative_gradient_method=_gradient(points.shape[1]),
        n_jobs=1,
    )
    closest = min(5.0, perplexity)
    return np.asarray(there.transform(asked, perplexity=closest) + middle, dtype=np.float32)


def most_perplexity(rows: int) -> float:
    """Return the largest perplexity for so many rows: a third of the others, as neighbours thrice as many count."""
    return max(1.0, (rows - 1) / 3)


class _ByAngle:
    """The exact neighbours by angle, in the form in which openTSNE asks for them."""

    def __init__(self, points: FloatArray, count: int) -> None:
        from sklearn.neighbors import NearestNeighbors

        # Many neighbours are wanted and none of them by its exact rank: scikit-learn's search is the quicker one here.
        self.index = NearestNeighbors(algorithm="brute").fit(points)
        self.k = count
        self.n_samples = len(points)

    def build(self) -> tuple[IntArray, FloatArray]:
        return self._found(*self.index.kneighbors(n_neighbors=self.k))

    def query(self, new: FloatArray, count: int) -> tuple[IntArray, FloatArray]:
        return self._found(*self.index.kneighbors(new, n_neighbors=count))

    @staticmethod
    def _found(chords: FloatArray, rows: IntArray) -> tuple[IntArray, FloatArray]:
        return rows, np.square(chords) / 2  # among unit vectors, 1 - cos is half the squared chord


class _Steps:
    """What openTSNE calls: counts on over both of its phases, each of which counts from one."""

    def __init__(self, iterations: int, progress: Report) -> None:
        self.iterations = iterations
        self.progress = progress
        self.done = 0

    def __call__(self, iteration: int, error: float, points: Any) -> bool:
        self.done += _EVERY
        self.progress(Progress(_BEFORE + (1 - _BEFORE) * min(1.0, self.done / self.iterations)))
        return False


def _affinities(points: FloatArray, perplexity: float) -> Any:
    from openTSNE.affinity import PerplexityBasedNN

    count = min(len(points) - 1, max(1, int(3 * perplexity)))
    return PerplexityBasedNN(perplexity=perplexity, knn_index=_ByAngle(points, count), n_jobs=1)


def _gradient(dimensions: int) -> str:
    return "auto" if dimensions == 2 else "bh"  # the grid is flat


def _start(points: FloatArray, dimensions: int, start: str, seed: int) -> FloatArray:
    random = stream(seed, "t-SNE", "start")
    if start == "random":
        return random.normal(scale=_SPREAD, size=(len(points), dimensions))
    places = pca(points, dimensions).astype(np.float64)
    spread = float(places[:, 0].std())
    places *= _SPREAD / spread if spread > 0 else 0.0
    return places + random.normal(scale=_SPREAD / 100, size=places.shape)
