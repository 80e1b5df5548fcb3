"""How loud a signal is, how much of it is clipped, and one level for all."""

import numpy as np

from ser_core.audio.activity import speech_spans
from ser_core.audio.decibels import SILENCE, to_decibels
from ser_core.types import BoolArray, Decibels, FloatArray, Hertz

FULL_SCALE = 0.99  # 8-bit files reach 127/128
SPEECH_LEVEL: Decibels = -26.0  # customary for tests of speech codecs (ITU-T P.830)
PEAK_LIMIT: Decibels = -0.1


def level_dbfs(samples: FloatArray) -> Decibels:
    """Return the root mean square level of samples ``(N,)`` relative to full scale, at least -120 dB.

    A full-scale square wave has 0 dB, a full-scale sine -3.01.

    Examples:
        >>> level_dbfs(np.ones(8))
        0.0
    """
    if not samples.size:
        return SILENCE
    return float(to_decibels(np.mean(np.square(samples, dtype=np.float64))))


def peak_dbfs(samples: FloatArray) -> Decibels:
    """Return the largest magnitude of a signal of shape ``(N,)`` in decibels relative to full scale, at least -120."""
    return float(to_decibels(float(np.abs(samples).max(initial=0.0)) ** 2))


def clipped_fraction(samples: FloatArray) -> float:
    """Return the fraction, 0 to 1, of samples ``(N,)`` or ``(N, channels)`` that are cut off at full scale.

    A sample counts when it and a neighbour on the same side both reach 99 % of full scale: a single peak of a signal
    that was scaled to full scale does not.

    Examples:
        >>> clipped_fraction(np.array([0.0, 1.0, 1.0, 0.0]))
        0.5
        >>> clipped_fraction(np.array([0.0, 1.0, 0.0, 0.0]))
        0.0
    """
    return count_clipped(samples) / samples.size if samples.size else 0.0


def count_clipped(samples: FloatArray) -> int:
    """Count the samples that are cut off at full scale; see :func:`clipped_fraction`."""
    if not samples.size or (samples.max() < FULL_SCALE and samples.min() > -FULL_SCALE):
        return 0
    return sum(_count_in_runs(side) for side in (samples >= FULL_SCALE, samples <= -FULL_SCALE))


def normalise_level(samples: FloatArray, *, sample_rate: Hertz = 16_000) -> FloatArray:
    """Scale samples ``(N,)`` so that their speech has one level, whatever the recording's gain was; float32.

    The level is taken over the speech alone, or over everything where there is none. Scaling is linear: a peak that
    would pass :data:`PEAK_LIMIT` limits the gain instead of being cut. Digital silence is unchanged.
    """
    samples = np.asarray(samples, dtype=np.float32)
    peak = float(np.abs(samples).max(initial=0.0))
    if peak == 0.0:
        return samples
    spans = speech_spans(samples, sample_rate=sample_rate)
    parts = [samples[round(start * sample_rate) : round(end * sample_rate)] for start, end in spans]
    level = level_dbfs(np.concatenate(parts) if parts else samples)
    gain = min(10 ** ((SPEECH_LEVEL - level) / 20), 10 ** (PEAK_LIMIT / 20) / peak)
    return samples * np.float32(gain)


def _count_in_runs(at_limit: BoolArray) -> int:
    beside = np.zeros_like(at_limit)
    beside[1:] |= at_limit[:-1]
    beside[:-1] |= at_limit[1:]
    return int(np.count_nonzero(at_limit & beside))
