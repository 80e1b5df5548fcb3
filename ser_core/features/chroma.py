"""Chroma: how much of a spectrum belongs to each of the twelve pitch classes."""

from functools import lru_cache

import numpy as np

from ser_core.features.tuning import tuning_of
from ser_core.types import FloatArray, Hertz

PITCH_CLASSES = ("C", "C#", "D", "D#", "E", "F", "F#", "G", "G#", "A", "A#", "B")


def chroma(magnitude: FloatArray, *, sample_rate: Hertz) -> FloatArray:
    """Compute the pitch classes of a spectrogram ``(bins, T)``, each frame by its strongest; ``(12, T)`` from 0 to 1.

    The spectrogram may be one of magnitude or of power; the filters are librosa's for the utterance's own tuning.

    References:
        Ellis (2007), Chroma feature analysis and synthesis; McFee et al., :func:`librosa.feature.chroma_stft`.
    """
    tuning = tuning_of(magnitude, sample_rate=sample_rate, bins_per_octave=len(PITCH_CLASSES))
    return by_strongest(_filters(sample_rate, 2 * (magnitude.shape[0] - 1), tuning) @ magnitude)


def by_strongest(values: FloatArray) -> FloatArray:
    """Divide every frame of non-negative values ``(F, T)`` by its largest; a frame of zeros stays."""
    largest = values.max(axis=0)
    scaled: FloatArray = values / np.where(largest > 0, largest, 1)
    return scaled


@lru_cache(maxsize=128)
def _filters(sample_rate: Hertz, transform_length: int, tuning: float) -> FloatArray:
    import librosa

    filters: FloatArray = librosa.filters.chroma(sr=sample_rate, n_fft=transform_length, tuning=tuning)
    return filters
