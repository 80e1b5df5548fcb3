"""How loud a recording is over time: its level in short stretches."""

import numpy as np

from ser_core.audio.decibels import to_decibels
from ser_core.types import FloatArray, Hertz, Seconds

STEP: Seconds = 0.01
WINDOW: Seconds = 0.04  # longer than two periods of a low voice: the level follows syllables, not single periods

_BLOCK = 2048  # frames held at once


def intensity_contour(samples: FloatArray, *, sample_rate: Hertz) -> tuple[FloatArray, FloatArray]:
    """Return times in seconds and levels in decibels relative to full scale of mono samples, both ``(T,)``.

    One frame each 10 ms: the mean square of its samples around their mean, weighted by a Hann window of 40 ms. Times
    are those of the frames' centres. Levels are at least -120; a full-scale sine has -3.01. Both are empty when the
    signal is shorter than one frame.
    """
    length, step = round(WINDOW * sample_rate), round(STEP * sample_rate)
    if len(samples) < length:
        return np.empty(0), np.empty(0)
    frames = np.lib.stride_tricks.sliding_window_view(samples, length)[::step]  # (T, length)
    window = np.hanning(length + 2)[1:-1]
    window /= window.sum()
    powers = np.empty(len(frames))
    for first in range(0, len(frames), _BLOCK):
        block = np.asarray(frames[first : first + _BLOCK], dtype=np.float64)
        powers[first : first + _BLOCK] = np.square(block) @ window - np.square(block @ window)
    times = (np.arange(len(frames)) * step + length / 2) / sample_rate
    return times, to_decibels(powers)
