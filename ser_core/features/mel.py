"""Mel scales, and the mel filter bank: filters of unit area, on Slaney's scale if nothing is said, as in librosa.

The browser draws with the same scales: ``ui/components/in_browser/shared/frequencies.js``.
"""

from functools import lru_cache
from typing import Literal, TypeAlias

import numpy as np

from ser_core.types import FloatArray, Hertz

MelScale: TypeAlias = Literal["slaney", "htk"]

_LINEAR_STEP = 200.0 / 3  # Hz per mel below the break
_BREAK_HERTZ = 1000.0
_BREAK_MEL = _BREAK_HERTZ / _LINEAR_STEP
_LOG_STEP = np.log(6.4) / 27.0
_HTK_BREAK_HERTZ = 700.0
_HTK_MEL = 2595.0  # mel per tenfold frequency


def hertz_to_mel(hertz: FloatArray, scale: MelScale = "slaney") -> FloatArray:
    """Convert frequencies in hertz, at least 0, to mel; float64 of the same shape.

    The models use ``slaney``: linear below 1 kHz, logarithmic above; ``htk`` is ``2595 log10(1 + hertz / 700)``.

    References:
        Slaney (1998), Auditory Toolbox, Interval Research technical report 1998-010; Young et al., The HTK Book.
    """
    hertz = np.asarray(hertz, dtype=np.float64)
    if scale == "htk":
        mel: FloatArray = _HTK_MEL * np.log10(1 + hertz / _HTK_BREAK_HERTZ)
        return mel
    above = _BREAK_MEL + np.log(np.maximum(hertz, _BREAK_HERTZ) / _BREAK_HERTZ) / _LOG_STEP
    return np.where(hertz < _BREAK_HERTZ, hertz / _LINEAR_STEP, above)


def mel_to_hertz(mel: FloatArray, scale: MelScale = "slaney") -> FloatArray:
    """Convert mel to frequencies in hertz; the inverse of :func:`hertz_to_mel`."""
    mel = np.asarray(mel, dtype=np.float64)
    if scale == "htk":
        return _HTK_BREAK_HERTZ * (10 ** (mel / _HTK_MEL) - 1)
    above = _BREAK_HERTZ * np.exp(_LOG_STEP * (np.maximum(mel, _BREAK_MEL) - _BREAK_MEL))
    return np.where(mel < _BREAK_MEL, mel * _LINEAR_STEP, above)


def band_centres(bands: int, *, lowest: float, highest: float) -> FloatArray:
    """Return the centre frequency of each band in hertz, shape ``(F,)``."""
    return _edges(bands, lowest, highest)[1:-1]


@lru_cache(maxsize=32)
def mel_filters(
    *,
    sample_rate: Hertz,
    transform_length: int,
    bands: int,
    lowest: float,
    highest: float,
    scale: MelScale = "slaney",
) -> FloatArray:
    """Build the triangular filters that turn a power spectrum into ``F`` mel bands between two frequencies in hertz.

    Weights are float32, ``(F, transform_length // 2 + 1)``; each filter has unit area in hertz on either scale.

    References:
        Slaney (1998), Auditory Toolbox, Interval Research technical report 1998-010.
    """
    bins = np.linspace(0.0, sample_rate / 2, transform_length // 2 + 1)
    filters: FloatArray = triangular_filters(_edges(bands, lowest, highest, scale), bins).astype(np.float32)
    filters.setflags(write=False)
    return filters


def triangular_filters(edges: FloatArray, bins: FloatArray) -> FloatArray:
    """Build filters of unit area that rise from one edge ``(F + 2,)`` to the next and fall to the one after it.

    Edges and ``bins`` are in hertz; the weights of the bins are float64, ``(F, bins)``.
    """
    rising = (bins[None, :] - edges[:-2, None]) / (edges[1:-1] - edges[:-2])[:, None]
    falling = (edges[2:, None] - bins[None, :]) / (edges[2:] - edges[1:-1])[:, None]
    triangles: FloatArray = np.maximum(0.0, np.minimum(rising, falling))
    return triangles * (2.0 / (edges[2:] - edges[:-2]))[:, None]


def _edges(bands: int, lowest: float, highest: float, scale: MelScale = "slaney") -> FloatArray:
    low, high = hertz_to_mel(np.array([lowest, highest]), scale)
    return mel_to_hertz(np.linspace(low, high, bands + 2), scale)
