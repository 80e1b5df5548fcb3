"""Louder or softer, and cut off."""

import numpy as np

from ser_core.types import Decibels, FloatArray, Hertz


def louder(samples: FloatArray, sample_rate: Hertz, strength: Decibels, random: np.random.Generator) -> FloatArray:
    """Multiply by a gain in decibels; nothing is cut at full scale.

    Examples:
        >>> louder(np.array([0.1]), 16_000, 20.0, np.random.default_rng(0)).tolist()
        [1.0]
    """
    return samples * 10 ** (strength / 20)


def clipped(samples: FloatArray, sample_rate: Hertz, strength: Decibels, random: np.random.Generator) -> FloatArray:
    """Cut off everything beyond a limit that lies so many decibels below the peak; 0 changes nothing.

    Examples:
        >>> clipped(np.array([0.05, -1.0, 0.5]), 16_000, 20.0, np.random.default_rng(0)).tolist()
        [0.05, -0.1, 0.1]
    """
    limit = np.abs(samples).max() * 10 ** (-strength / 20)
    return np.clip(samples, -limit, limit)
