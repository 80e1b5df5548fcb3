"""Effective dimension and isotropy of embeddings."""

import numpy as np

from ser_core.geometry.angles import unit
from ser_core.types import FloatArray

_NOTHING = 1e-12  # a variance that is only rounding


def effective_dimension(embeddings: FloatArray) -> float:
    """Participation ratio of the covariance's eigenvalues: the number of directions, each weighed by its variance.

    ``(Σ λ)² / Σ λ²`` of embeddings ``(B, D)`` scaled to length one, from 1 (a line) to ``D`` (all directions alike); 0
    if all vectors are the same. Errors are those of :func:`ser_core.geometry.angles.unit`.

    References:
        Gao et al. (2017), "A theory of multineuronal dimensionality, dynamics and measurement", bioRxiv 214262.

    Examples:
        >>> effective_dimension(np.array([[1.0, 0.0], [-1.0, 0.0], [0.0, 1.0], [0.0, -1.0]]))
        2.0
    """
    units = np.atleast_2d(unit(embeddings))
    centred = units - units.mean(axis=0)
    # The smaller of the two products has the same eigenvalues, and neither sum needs them one by one.
    product = centred.T @ centred if len(units) > units.shape[1] else centred @ centred.T
    total = float(np.trace(product))
    if total < _NOTHING * len(units):
        return 0.0
    return total**2 / float(np.square(product).sum())


def isotropy(embeddings: FloatArray) -> float:
    """Compare the direction that embeddings point to least with the one they point to most.

    ``Z(c) = Σ exp(c·v)`` for unit vectors ``c`` and embeddings ``(B, D)`` scaled to length one; the smallest by the
    largest, over the eigenvectors of ``VᵀV`` in both senses, as the source approximates it. From exp(-2) = 0.14 (all
    point the same way) to 1 (no direction is preferred). Errors are those of :func:`ser_core.geometry.angles.unit`.

    References:
        Mu and Viswanath (2018), "All-but-the-Top: Simple and Effective Postprocessing for Word Representations", ICLR.
    """
    units = np.atleast_2d(unit(embeddings))
    rows, size = units.shape
    wide = rows < size
    axes = np.linalg.svd(units, full_matrices=False)[2] if wide else np.linalg.eigh(units.T @ units)[1].T
    along = units @ axes.T  # (B, min(B, D))
    sums = np.concatenate([np.exp(along).sum(axis=0), np.exp(-along).sum(axis=0)])
    if wide:  # and the directions at right angles to all vectors
        sums = np.append(sums, float(rows))
    return float(sums.min() / sums.max())
