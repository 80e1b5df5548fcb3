"""The band of a telephone line."""

from functools import lru_cache

import numpy as np

from ser_core.types import Decibels, FloatArray, Hertz

LINE_RATE: Hertz = 8_000
BAND = (300.0, 3_400.0)  # hertz, as in ITU-T G.712
_TAPS, _KAISER = 401, 8.0  # at 8 kHz: transitions some 100 Hz wide, beyond them -80 dB


def telephone(samples: FloatArray, sample_rate: Hertz, strength: Decibels, random: np.random.Generator) -> FloatArray:
    """Weaken everything outside 300 to 3400 Hz by so many decibels; nothing is delayed.

    The signal goes through a line of 8 kHz, where a symmetrical FIR filter (windowed sinc, Kaiser window) passes the
    band; of the rest, ``10^(−strength / 20)`` is added. Telephones have 40 dB and more.

    References:
        ITU-T G.712 (2001), Transmission performance characteristics of pulse code modulation channels.
    """
    import soxr
    from scipy.signal import oaconvolve

    at_line = samples if sample_rate == LINE_RATE else soxr.resample(samples, sample_rate, LINE_RATE)
    passed = oaconvolve(at_line, _band_pass(), mode="full")[_TAPS // 2 :][: len(at_line)]
    back = passed if sample_rate == LINE_RATE else soxr.resample(passed, LINE_RATE, sample_rate)
    band = np.zeros(len(samples))
    band[: len(back)] = back[: len(samples)]
    return band + 10 ** (-strength / 20) * (samples - band)


@lru_cache(maxsize=1)
def _band_pass() -> FloatArray:
    from scipy.signal import firwin

    taps: FloatArray = firwin(_TAPS, BAND, window=("kaiser", _KAISER), pass_zero=False, fs=LINE_RATE)
    return taps
