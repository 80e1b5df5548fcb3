"""Spectral contrast: how far the peaks of an octave rise above its valleys."""

from itertools import pairwise

import numpy as np
import torch
from torch import Tensor

from ser_core.features.front_end import decibels
from ser_core.types import Hertz

BANDS = 7  # below 200 Hz, five octaves, and all above
LOWEST_RATE: Hertz = 12_801  # so that the last band, from 6.4 kHz, begins below half of it
_FIRST_EDGE = 200.0
_SHARE = 0.02  # of a band's bins, that are its peaks, and its valleys
_RANGE = 80.0  # decibels


def spectral_contrast(magnitude: Tensor, *, sample_rate: Hertz) -> Tensor:
    """Compute the contrast of a magnitude spectrogram ``(bins, T)`` in decibels, ``(7, T)``.

    Which bins belong to which band follows :func:`librosa.feature.spectral_contrast`, and so does that decibels
    (ten times the logarithm) are taken of magnitudes.

    References:
        Jiang et al. (2002), Music type classification by spectral contrast feature, ICME.
    """
    hertz = np.linspace(0, sample_rate / 2, magnitude.shape[0])
    edges = np.concatenate([[0.0], _FIRST_EDGE * 2.0 ** np.arange(BANDS)])
    peaks, valleys = [], []
    for number, (low, high) in enumerate(pairwise(edges)):
        inside = np.flatnonzero((hertz >= low) & (hertz <= high))
        first = inside[0] - (number > 0)
        last = inside[-1] + 1 if number < BANDS - 1 else len(hertz)
        size = max(1, int(np.rint(_SHARE * (last - first))))
        band = magnitude[first : last - (number < BANDS - 1)]
        peaks.append(band.topk(size, dim=0).values.mean(dim=0))
        valleys.append(band.topk(size, dim=0, largest=False).values.mean(dim=0))
    return decibels(torch.stack(peaks), _RANGE) - decibels(torch.stack(valleys), _RANGE)
