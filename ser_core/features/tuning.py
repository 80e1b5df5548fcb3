"""How far an utterance lies from concert pitch, as a share of a bin of an octave."""

import numpy as np

from ser_core.types import FloatArray, Hertz

_LOWEST, _HIGHEST = 150.0, 4_000.0  # hertz, between which peaks are looked for
_LEAST = 0.1  # of the largest magnitude of a frame
_PARTS = 100  # the tuning is found to a hundredth of a bin
_CONCERT_PITCH = 440.0


def tuning_of(magnitude: FloatArray, *, sample_rate: Hertz, bins_per_octave: int) -> float:
    """Estimate the tuning from a magnitude spectrogram ``(bins, T)``: from -0.5 to below 0.5; 0 without any peak.

    The peaks of every frame are interpolated; the louder half of them tells which distance to the bins of an octave
    from A4 = 440 Hz is the most frequent, as in :func:`librosa.estimate_tuning`.
    """
    transform_length = 2 * (magnitude.shape[0] - 1)
    first = int(np.ceil(_LOWEST * transform_length / sample_rate))
    last = min(int(np.ceil(_HIGHEST * transform_length / sample_rate)), magnitude.shape[0] - 1)
    # Peaks above the highest frequency count for what is loud, nothing else.
    least = _LEAST * magnitude.max(axis=0)
    below, here, above = (magnitude[first + step : last + step] for step in (-1, 0, 1))
    below, here, above = (np.where(values > least, values, 0) for values in (below, here, above))
    bins, frames = np.nonzero((here > below) & (here >= above))
    bins += first
    if bins.size == 0:
        return 0.0
    left, middle, right = (magnitude[bins + step, frames] for step in (-1, 0, 1))
    slope, curve = (right - left) / 2, right + left - 2 * middle
    inside = np.abs(slope) < np.abs(curve)
    shift = np.where(inside, -slope / np.where(inside, curve, 1), 0)
    heights = middle + 0.5 * slope * shift
    loud = heights >= np.median(heights)
    pitches = (bins[loud] + shift[loud]) * sample_rate / transform_length
    distance = np.mod(bins_per_octave * np.log2(pitches / (_CONCERT_PITCH / 16)), 1.0)
    distance[distance >= 0.5] -= 1.0
    edges = np.linspace(-0.5, 0.5, _PARTS + 1)
    counts, _ = np.histogram(distance, edges)
    return float(edges[np.argmax(counts)])
