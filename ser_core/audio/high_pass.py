"""High-pass filter below the voice: removes offset, rumble and the fundamental of mains hum."""

from functools import lru_cache

import numpy as np

from ser_core.types import Decibels, FloatArray, Hertz, Seconds

TRANSITION: Hertz = 20  # from the highest removed to the lowest kept frequency
ATTENUATION: Decibels = 80.0  # below the transition
LOWEST_CUTOFF: Hertz = 20  # so that the transition ends above 0 Hz

_FITTED: Seconds = 0.25  # at each end, for the extrapolation of slow waves
_BLOCK = 1 << 20  # samples per filtered block
_RIDGE = 1e-9  # relative; regularises the extrapolation


def high_pass(samples: FloatArray, *, cutoff: float, sample_rate: Hertz) -> FloatArray:
    """Remove frequencies below the voice, without a delay.

    A symmetrical FIR low-pass (windowed sinc, Kaiser window) is subtracted. A filter needs samples beyond the ends;
    zeros or a mirror image would leave a step where a slow wave is cut off. Therefore the slow waves themselves are
    extrapolated: those below the transition that best fit the first and the last quarter of a second. So offset,
    rumble and hum are removed up to the ends, and any part of a recording can be filtered alone.

    Args:
        samples: shape ``(N,)``.
        cutoff: in hertz, at least :data:`LOWEST_CUTOFF`, where the amplitude is halved (-6 dB). The pass band begins
            10 Hz above it, the stop band (-80 dB) ends 10 Hz below it.

    Returns:
        float32, shape ``(N,)``.

    References:
        Kaiser (1974), Nonrecursive digital filter design using the I0-sinh window function.
        Boyd (2002), A comparison of numerical algorithms for Fourier extension of the first, second, and third kinds.
    """
    from scipy.signal import oaconvolve

    taps = _low_pass(cutoff, sample_rate)
    reach = len(taps) // 2
    length = min(len(samples), round(_FITTED * sample_rate))
    fit, beyond = _continuation(length, reach, cutoff - TRANSITION / 2, sample_rate)
    before = beyond @ (fit @ samples[:length])
    behind = (beyond @ (fit @ samples[::-1][:length]))[::-1]
    passed = np.empty(len(samples), dtype=np.float32)
    for first in range(0, len(samples), _BLOCK):  # to bound memory
        last = min(first + _BLOCK, len(samples))
        parts = (
            before[first:] if first < reach else before[:0],
            samples[max(0, first - reach) : last + reach],
            behind[: max(0, last + reach - len(samples))],
        )
        slow = oaconvolve(np.concatenate(parts, dtype=np.float64), taps, mode="valid")
        passed[first:last] = samples[first:last] - slow
    return passed


@lru_cache(maxsize=8)
def _low_pass(cutoff: float, sample_rate: Hertz) -> FloatArray:
    """Taps of a low-pass, an odd number, with sum 1."""
    from scipy.signal import firwin, kaiserord

    length, beta = kaiserord(ATTENUATION, TRANSITION / (sample_rate / 2))
    taps: FloatArray = firwin(length | 1, cutoff, window=("kaiser", beta), fs=sample_rate)
    return taps


@lru_cache(maxsize=8)
def _continuation(length: int, beyond: int, highest: float, sample_rate: Hertz) -> tuple[FloatArray, FloatArray]:
    """Prepare the extrapolation of slow waves before the first of ``length`` samples.

    Returns:
        A matrix ``(waves, length)`` that fits them by least squares with a small ridge, and a matrix
        ``(beyond, waves)`` that extrapolates them.
    """
    period = 2 * (length + beyond) / sample_rate
    seconds = np.arange(-beyond, length) / sample_rate
    phases = 2 * np.pi * np.outer(seconds, np.arange(1, int(highest * period) + 1)) / period
    waves = np.concatenate([np.ones((len(seconds), 1)), np.cos(phases), np.sin(phases)], axis=1)
    left, sizes, right = np.linalg.svd(waves[beyond:], full_matrices=False)
    fit = (right.T * (sizes / (sizes**2 + _RIDGE * sizes[0] ** 2))) @ left.T
    return fit, waves[:beyond]
