"""Tonal centroids: where the pitch classes of a frame lie on the circles of fifths, minor and major thirds."""

from functools import lru_cache

import numpy as np
import torch

from ser_core.features.chroma import PITCH_CLASSES, by_strongest
from ser_core.features.tuning import tuning_of
from ser_core.types import FloatArray, Hertz

_OCTAVES = 7
_BINS = 36  # per octave
_LOWEST = 32.703  # hertz, C1
_LEFT_OUT = 0.01  # of each filter's weights, the smallest, as in librosa: in silence they outweigh the others
_TUNING_TRANSFORM = 2_048
CENTROIDS = ("fifths x", "fifths y", "minor thirds x", "minor thirds y", "major thirds x", "major thirds y")


def tonnetz(signal: FloatArray, *, sample_rate: Hertz, hop_length: int) -> FloatArray:
    """Compute the tonal centroids of a float32 signal ``(N,)``, as a rule its harmonic part: ``(6, T)``, from -1 to 1.

    ``hop_length`` is divisible by 64, so that each of seven octaves can be heard at half the rate of the one above.

    References:
        Harte, Sandler and Gasser (2006), Detecting harmonic change in musical audio; constant-Q bins as in
        :func:`librosa.feature.tonnetz`.
    """
    classes = by_strongest(_folding() @ _constant_q(signal, sample_rate=sample_rate, hop_length=hop_length))
    total = classes.sum(axis=0)
    centroids: FloatArray = _circles() @ (classes / np.where(total > 0, total, 1))
    return centroids


def _constant_q(signal: FloatArray, *, sample_rate: Hertz, hop_length: int) -> FloatArray:
    """Compute magnitudes of 36 bins in each of seven octaves, ``(252, T)``, octave by octave at half the rate.

    References:
        Schörkhuber and Klapuri (2010), Constant-Q transform toolbox for music processing.
    """
    import soxr

    magnitude = _transform(signal, _TUNING_TRANSFORM, hop_length, torch.hann_window(_TUNING_TRANSFORM)).abs().numpy()
    filters = _filters(sample_rate, tuning_of(magnitude, sample_rate=sample_rate, bins_per_octave=_BINS))
    length = 2 * (filters.shape[1] - 1)
    frames = 1 + signal.shape[0] // hop_length
    octaves = []
    for octave in range(_OCTAVES):
        spectra = _transform(signal, length, hop_length >> octave, torch.ones(length))
        octaves.append((filters @ spectra[:, :frames]).abs().numpy())
        halved = soxr.resample(signal, 2, 1, quality="HQ") * np.float32(np.sqrt(2))
        signal = np.zeros((signal.shape[0] + 1) // 2, np.float32)
        signal[: halved.shape[0]] = halved[: signal.shape[0]]
    return np.concatenate(octaves[::-1])


def _transform(signal: FloatArray, length: int, hop_length: int, window: torch.Tensor) -> torch.Tensor:
    return torch.stft(
        torch.from_numpy(signal),
        n_fft=length,
        hop_length=hop_length,
        window=window,
        center=True,
        pad_mode="constant",
        return_complex=True,
    )


@lru_cache(maxsize=128)
def _filters(sample_rate: Hertz, tuning: float) -> torch.Tensor:
    """Build the filters of the highest octave in frequency, ``(36, bins)``; those of others have the same shape."""
    import librosa

    hertz = _LOWEST * 2 ** ((np.arange(_OCTAVES * _BINS) + tuning) / _BINS)
    wavelets, lengths = librosa.filters.wavelet(
        freqs=hertz[-_BINS:], sr=sample_rate, filter_scale=1, norm=1, pad_fft=True
    )
    size = wavelets.shape[1]
    filters = np.fft.fft(wavelets * np.sqrt(lengths)[:, None] / size, axis=1)[:, : size // 2 + 1]
    kept = librosa.util.sparsify_rows(filters, quantile=_LEFT_OUT).toarray()
    return torch.from_numpy(kept.astype(np.complex64))


@lru_cache(maxsize=1)
def _folding() -> FloatArray:
    """Add the bins of one pitch class in all octaves, ``(12, 252)``."""
    import librosa

    folding: FloatArray = librosa.filters.cq_to_chroma(
        _OCTAVES * _BINS, bins_per_octave=_BINS, n_chroma=len(PITCH_CLASSES), fmin=_LOWEST
    )
    return folding


def _circles() -> FloatArray:
    """Place the twelve pitch classes on three circles, ``(6, 12)``: sine and cosine of each, the last half as wide."""
    classes = np.arange(len(PITCH_CLASSES))
    quarter = np.tile([0.5, 0.0], 3)[:, None]  # the cosine of a quarter less is the sine
    turns = np.repeat([7 / 6, 3 / 2, 2 / 3], 2)[:, None] * classes - quarter
    radius = np.array([1, 1, 1, 1, 0.5, 0.5])[:, None]
    circles: FloatArray = radius * np.cos(np.pi * turns)
    return circles
