"""Cepstral coefficients: the cosine transform of levels in decibels over mel bands."""

from functools import lru_cache

import numpy as np

from ser_core.types import FloatArray


def cepstrum(levels: FloatArray, count: int) -> FloatArray:
    """Return the first coefficients of logarithmic band levels ``(T, bands)`` as ``(T, count)``.

    References:
        Davis and Mermelstein (1980), Comparison of parametric representations for monosyllabic word recognition,
        IEEE Transactions on Acoustics, Speech, and Signal Processing 28(4); the cosine transform is orthonormal here.
    """
    coefficients: FloatArray = levels @ _cosines(levels.shape[1], count).astype(levels.dtype)
    return coefficients


@lru_cache(maxsize=8)
def _cosines(bands: int, count: int) -> FloatArray:
    """Build the orthonormal basis, ``(bands, count)``."""
    angles = np.pi * np.outer(np.arange(bands) + 0.5, np.arange(count)) / bands
    basis: FloatArray = np.sqrt(2 / bands) * np.cos(angles)
    basis[:, 0] /= np.sqrt(2)
    basis.setflags(write=False)
    return basis
