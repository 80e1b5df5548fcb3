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

    Args:
        embeddings: shape ``(B, D)``, no row of zero length; scaled to length one.
        labels: one class per row.
        order: the classes; as many clusters as occur are looked for.
        seed: of the ten starts of k-means, of which the tightest result counts.

    Returns:
        From 0 (clusters tell nothing of the class) to 1 (they are the classes); mutual information by the mean of both
        entropies.

    Raises:
        InputError: if fewer than two classes occur, or as in :func:`ser_core.geometry.angles.unit`.

    References:
        Manning, Raghavan and Schütze (2008), "Introduction to Information Retrieval", section 16.3.
        Used for embeddings by Musgrave, Belongie and Lim (2020), "A Metric Learning Reality Check", ECCV.
    """
    units, numbers = np.atleast_2d(unit(embeddings)), codes(labels, order)
    classes = len(np.unique(numbers))
    if classes < 2:
        raise InputError("Expected utterances of at least two emotions; got one. Choose a split that has more.")
    from sklearn.cluster import KMeans
    from sklearn.metrics import normalized_mutual_info_score

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # fewer distinct points than clusters: then some stay empty
        found = KMeans(n_clusters=classes, n_init=STARTS, random_state=seed).fit_predict(units.astype(np.float32))
    return float(normalized_mutual_info_score(numbers, found))
