"""Some twenty classical functionals of one clip: pitch, level, timing, spectrum. Nothing here needs Praat."""

import numpy as np
from numpy.typing import NDArray

from ser_core.audio.pitch import pitch_contour
from ser_core.types import FloatArray, Hertz

_FRAME, _HOP = 400, 160  # 25 ms and 10 ms at 16 kHz


def functionals(samples: FloatArray, *, sample_rate: Hertz = 16_000) -> dict[str, float]:
    """Measure one clip.

    Args:
        samples: mono speech, shape ``(N,)``, within [-1, 1].
        sample_rate: 16 kHz.

    Returns:
        Name (with its unit) → value; always the same names, always finite.
    """
    frames = np.lib.stride_tricks.sliding_window_view(np.asarray(samples, dtype=np.float64), _FRAME)[::_HOP]  # (T, N)
    power = np.abs(np.fft.rfft(frames * np.hanning(_FRAME), 512, axis=1)) ** 2  # (T, 257)
    level = 10.0 * np.log10(np.mean(frames**2, axis=1) + 1e-10)  # (T,)
    spoken = level > level.max() - 30.0
    first, last = np.flatnonzero(spoken)[[0, -1]]
    inside = spoken[first : last + 1]
    values = _pitch_values(samples, sample_rate)
    values |= _spectrum_values(power[spoken], sample_rate)
    loud = level[spoken]
    values |= {
        "level_mean_db": 10.0 * np.log10(np.mean(10.0 ** (loud / 10.0))),
        "level_spread_db": loud.std(),
        "level_range_db": float(np.ptp(np.percentile(loud, [10, 90]))),
        "level_slope_db": float(np.polyfit(np.linspace(-0.5, 0.5, loud.size), loud, 1)[0]),
        "duration_s": inside.size * _HOP / sample_rate,
        "pause_share": 1.0 - inside.mean(),
        "onsets_per_s": _onsets(level[first : last + 1]) / (inside.size * _HOP / sample_rate),
    }
    return {name: float(np.nan_to_num(value)) for name, value in values.items()}


def _pitch_values(samples: FloatArray, sample_rate: Hertz) -> dict[str, float]:
    _, hertz = pitch_contour(np.asarray(samples, dtype=np.float32), sample_rate=sample_rate)
    voiced = hertz[np.isfinite(hertz)]
    if voiced.size < 5:
        voiced = np.full(5, 100.0)
    semitones = 12.0 * np.log2(voiced / 100.0)
    steps = np.abs(np.diff(semitones))
    low, middle, high = np.percentile(semitones, [10, 50, 90])
    return {
        "pitch_mean_st": semitones.mean(),
        "pitch_median_st": middle,
        "pitch_low_st": low,
        "pitch_high_st": high,
        "pitch_range_st": high - low,
        "pitch_spread_st": semitones.std(),
        "pitch_slope_st": float(np.polyfit(np.linspace(-0.5, 0.5, semitones.size), semitones, 1)[0]),
        "pitch_roughness_st": float(np.median(steps)),
        "voiced_share": np.isfinite(hertz).mean(),
    }


def _spectrum_values(power: NDArray[np.float64], sample_rate: Hertz) -> dict[str, float]:
    hertz = np.fft.rfftfreq(512, 1.0 / sample_rate)
    mean = power.mean(axis=0)

    def band(low: float, high: float) -> float:
        return float(10.0 * np.log10(mean[(hertz >= low) & (hertz < high)].sum() + 1e-12))

    centroid = (power * hertz).sum(axis=1) / (power.sum(axis=1) + 1e-12)
    return {
        "tilt_db": band(1000, 8000) - band(50, 1000),
        "hammarberg_db": band(0, 2000) - band(2000, 5000),
        "top_band_db": band(5000, 8000) - band(50, 1000),
        "low_band_db": band(50, 300) - band(300, 1000),
        "middle_band_db": band(1000, 2500) - band(2500, 5000),
        "centroid_hz": centroid.mean(),
        "centroid_spread_hz": centroid.std(),
    }


def _onsets(level: NDArray[np.float64]) -> int:
    smooth = np.convolve(level, np.hanning(9) / np.hanning(9).sum(), mode="same")
    peaks = (smooth[1:-1] > smooth[:-2]) & (smooth[1:-1] >= smooth[2:]) & (smooth[1:-1] > smooth.max() - 20.0)
    return int(peaks.sum())
