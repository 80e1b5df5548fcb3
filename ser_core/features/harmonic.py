"""The harmonic part of a signal: what lasts in time, without what strikes across all frequencies."""

import numpy as np
import torch
from torch import Tensor

from ser_core.types import FloatArray

_WIDTH = 31  # frames, and bins, of which medians are taken


def harmonic_part(spectra: Tensor, samples: int, *, hop_length: int) -> FloatArray:
    """Return the harmonic part of a signal ``(N,)`` of so many samples, float32, from its transform ``(bins, T)``.

    The transform is that of :func:`ser_core.features.front_end.complex_spectra` with a Hann window of full length.

    References:
        Fitzgerald (2010), Harmonic/percussive separation using median filtering, DAFx; soft masks of squares, as in
        :func:`librosa.effects.harmonic`.
    """
    magnitude = spectra.abs().numpy()
    lasting = _running_median(magnitude) ** 2
    striking = _running_median(magnitude.T).T ** 2
    both = lasting + striking
    mask = np.where(both > 0, lasting / np.where(both > 0, both, 1), 0.5)
    transform_length = 2 * (spectra.shape[0] - 1)
    signal = torch.istft(
        spectra * torch.from_numpy(mask),
        n_fft=transform_length,
        hop_length=hop_length,
        window=torch.hann_window(transform_length),
        center=True,
        length=samples,
    )
    part: FloatArray = signal.numpy()
    return part


def _running_median(values: FloatArray) -> FloatArray:
    """Take the median along the last axis of ``(A, B)``, mirrored at both ends.

    The rows are laid end to end: for one axis alone, scipy has an algorithm that is many times faster.
    """
    from scipy.ndimage import median_filter

    half = _WIDTH // 2
    padded = np.pad(values, ((0, 0), (half, half)), mode="symmetric")
    filtered: FloatArray = median_filter(padded.ravel(), size=_WIDTH)
    return filtered.reshape(padded.shape)[:, half : half + values.shape[1]]
