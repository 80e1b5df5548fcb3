"""Agreement of k-means clusters with the classes."""

import warnings
from collections.abc import Iterable, Sequence

import numpy as np

from ser_core.errors import InputError
from ser_core.geometry.angles import unit
from ser_core.labels import codes
from ser_core.types import FloatArray

STARTS = 10


def cluster_agreement(embeddings: FloatArray, labels: Iterable[str], order: Sequence[str], *, seed: int = 0) -> float:
    """Normalised mutual information of the classes and of the clusters that k-means finds, as many as classes.

    Embeddings ``(B, D)`` are scaled to length one; the tightest of ten starts of k-means counts. From 0 (clusters are
    independent of the classes) to 1 (they are the classes); normalised by the mean of both entropies.

    Raises:
        InputError: if fewer than two classes occur, or as in :func:`ser_core.geometry.angles.unit`.

    References:
        Manning, Raghavan and Schütze (2008), "Introduction to Information Retrieval", section 16.3.
        Used for embeddings by Musgrave, Belongie and Lim (2020), "A Metric Learning Reality Check", ECCV.
    """
    units, numbers = np.atleast_2d(unit(embeddings)), codes(labels, order)
    classes = len(np.unique(numbers))
    if classes < 2:
        raise InputError("Expected utterances of at least two classes; got one. Choose a split that has more.")
    from sklearn.cluster import KMeans
    from sklearn.metrics import normalized_mutual_info_score

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # fewer distinct points than clusters: then some stay empty
        found = KMeans(n_clusters=classes, n_init=STARTS, random_state=seed).fit_predict(units.astype(np.float32))
    return float(normalized_mutual_info_score(numbers, found))
