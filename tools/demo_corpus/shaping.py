"""Filters on the finished speech: spectral tilt, breath, intensity contour, level. NumPy and SciPy only."""

import numpy as np
from numpy.typing import NDArray
from scipy.signal import butter, lfilter, sosfilt

Samples = NDArray[np.float64]


def tilt(samples: Samples, gain: float, *, sample_rate: float, corner: float = 1000.0) -> Samples:
    """Raise or lower everything above a corner frequency with a first-order shelf.

    Args:
        samples: shape ``(N,)``.
        gain: decibels far above the corner; 0 far below it.
        sample_rate: in hertz.
        corner: geometric middle of the slope, in hertz.
    """
    amount = 10.0 ** (gain / 20.0)
    warped = 2.0 * sample_rate * np.tan(np.pi * corner / sample_rate)
    zero, pole = warped / np.sqrt(amount), warped * np.sqrt(amount)
    double = 2.0 * sample_rate  # H(s) = amount (s + zero) / (s + pole), by the bilinear transform
    numerator = amount * np.array([double + zero, zero - double]) / (double + pole)
    return np.asarray(lfilter(numerator, [1.0, (pole - double) / (double + pole)], samples))


def envelope(samples: Samples, *, sample_rate: float, width: float = 0.03) -> Samples:
    """Smooth root-mean-square contour, shape ``(N,)``."""
    window = np.hanning(max(3, int(width * sample_rate)))
    power = np.convolve(samples**2, window / window.sum(), mode="same")
    return np.sqrt(np.maximum(power, 0.0))


def breathe(samples: Samples, amount: float, *, sample_rate: float, random: np.random.Generator) -> Samples:
    """Add aspiration noise above 1.5 kHz that follows the voice's intensity; ``amount`` in dB above -38 dB."""
    noise = random.normal(size=samples.shape[0])
    noise = sosfilt(butter(2, [1500.0, 0.45 * sample_rate], "bandpass", fs=sample_rate, output="sos"), noise)
    noise = noise / noise.std() * envelope(samples, sample_rate=sample_rate)
    return samples + noise * 10.0 ** ((amount - 38.0) / 20.0)


def stress(samples: Samples, exponent: float, *, sample_rate: float) -> Samples:
    """Widen (exponent > 0) or level out (< 0) the intensity contour, by at most 8 dB."""
    contour = envelope(samples, sample_rate=sample_rate, width=0.06)
    floor = 0.05 * contour.max()
    relative = np.maximum(contour, floor) / np.sqrt(np.mean(contour**2))
    return samples * np.clip(relative**exponent, 0.4, 2.5)


def level(samples: Samples, target: float, *, sample_rate: float) -> Samples:
    """Scale to ``target`` dBFS over the spoken parts; peaks beyond -1.5 dBFS lower the whole clip."""
    contour = envelope(samples, sample_rate=sample_rate)
    spoken = contour > 0.1 * contour.max()
    scaled = samples * 10.0 ** (target / 20.0) / np.sqrt(np.mean(samples[spoken] ** 2))
    return scaled * min(1.0, 10.0 ** (-1.5 / 20.0) / float(np.abs(scaled).max()))
