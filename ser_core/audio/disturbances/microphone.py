"""The colour of another microphone."""

import numpy as np

from ser_core.types import Decibels, FloatArray, Hertz

_LOWEST: Hertz = 63  # centre of the first octave
_TAPS = 1_023


def coloured(samples: FloatArray, sample_rate: Hertz, strength: Decibels, random: np.random.Generator) -> FloatArray:
    """Raise and lower octave bands by random gains of at most so many decibels; nothing is delayed.

    The gain of each octave from 63 Hz is drawn uniformly; between their centres decibels are linear in the logarithm of
    the frequency, below the first and above the last constant. The filter is a symmetrical FIR.
    """
    from scipy.signal import firwin2, oaconvolve

    hertz, decibels = response(sample_rate, strength, random)
    grid = np.linspace(0, sample_rate / 2, 512)
    gains = np.interp(np.log(np.maximum(grid, _LOWEST)), np.log(hertz), decibels)
    taps = firwin2(_TAPS, grid, 10 ** (gains / 20), fs=sample_rate)
    filtered: FloatArray = oaconvolve(samples, taps, mode="full")[_TAPS // 2 :][: len(samples)]
    return filtered


def response(sample_rate: Hertz, strength: Decibels, random: np.random.Generator) -> tuple[FloatArray, FloatArray]:
    """Draw the gains of a microphone: centres of octaves in hertz, ``(n,)``, and decibels, ``(n,)``."""
    octaves = int(np.log2(sample_rate / 2 / _LOWEST)) + 1
    return _LOWEST * 2.0 ** np.arange(octaves), random.uniform(-strength, strength, octaves)
