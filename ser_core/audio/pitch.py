"""The fundamental frequency over time, from NumPy alone."""

import numpy as np

from ser_core.types import FloatArray, Hertz, IntArray, Seconds

STEP: Seconds = 0.01
WINDOW: Seconds = 0.032
LOWEST, HIGHEST = 60.0, 650.0  # hertz

_CANDIDATES = 6
_VOICED_BELOW = 0.35  # cumulative mean normalised difference; a periodic frame comes near 0, noise near 1
_QUIET: float = 1e-4  # a frame with less than this share of the loudest frame's power (-40 dB) is unvoiced
_LONG_LAG_COST = 0.04  # per octave: a period's multiples fit as well as the period
_JUMP_COST = 0.5  # per octave and step
_SWITCH_COST = 0.1  # from voiced to unvoiced and back
_BLOCK = 2048  # frames held at once


def pitch_contour(samples: FloatArray, *, sample_rate: Hertz) -> tuple[FloatArray, FloatArray]:
    """Follow the fundamental frequency of a voice between :data:`LOWEST` and :data:`HIGHEST`.

    The period candidates of each frame are the dips of YIN's cumulative mean normalised difference function; a
    Viterbi path through them prefers deep dips, short periods and small jumps, which removes most octave errors.

    Returns the times of the frames' centres in seconds, ``(T,)``, one each 10 ms, and the frequency in hertz, ``(T,)``,
    NaN where unvoiced. Both are empty when the mono signal is shorter than one frame (about 50 ms).

    References:
        de Cheveigné and Kawahara (2002), "YIN, a fundamental frequency estimator for speech and music", JASA 111.
    """
    longest_lag = int(np.ceil(sample_rate / LOWEST)) + 1
    shortest_lag = max(2, int(sample_rate / HIGHEST))
    window, step = round(WINDOW * sample_rate), round(STEP * sample_rate)
    length = window + longest_lag
    count = 1 + (len(samples) - length) // step
    if count < 1:
        return np.empty(0), np.empty(0)
    samples = np.asarray(samples, dtype=np.float32)
    every_frame = np.lib.stride_tricks.sliding_window_view(samples, length)[::step]  # (T, length)

    lags, costs, powers = (np.empty((count, _CANDIDATES)), np.empty((count, _CANDIDATES)), np.empty(count))
    for first in range(0, count, _BLOCK):
        block = slice(first, min(first + _BLOCK, count))
        frames = every_frame[block] - every_frame[block].mean(axis=1, keepdims=True)
        powers[block] = np.square(frames).mean(axis=1)
        difference = _normalised_difference(frames, window, longest_lag)
        lags[block], costs[block] = _dips(difference, shortest_lag)

    audible = powers > max(_QUIET * float(powers.max()), 1e-12)
    costs[~audible] = np.inf
    chosen = _best_path(lags, costs)  # (T,), -1 where unvoiced
    hertz = np.full(count, np.nan)
    voiced = np.flatnonzero(chosen >= 0)
    hertz[voiced] = sample_rate / lags[voiced, chosen[voiced]]
    times = (np.arange(count) * step + length / 2) / sample_rate
    return times, hertz


def _normalised_difference(frames: FloatArray, window: int, longest_lag: int) -> FloatArray:
    """YIN's d′ for lags 0 to ``longest_lag``; ``(T, longest_lag + 1)``."""
    size = 1 << int(np.ceil(np.log2(frames.shape[1])))  # the circular wrap stays beyond the lags that are used
    head = np.fft.rfft(frames[:, :window], size)
    correlation = np.fft.irfft(np.conj(head) * np.fft.rfft(frames, size), size)[:, : longest_lag + 1]
    energy = np.cumsum(np.pad(np.square(frames, dtype=np.float64), ((0, 0), (1, 0))), axis=1)
    shifted = energy[:, window : window + longest_lag + 1] - energy[:, : longest_lag + 1]
    difference = np.maximum(shifted[:, :1] + shifted - 2 * correlation, 0.0)
    running = np.cumsum(difference[:, 1:], axis=1) / np.arange(1, longest_lag + 1)
    normalised: FloatArray = np.ones_like(difference)
    np.divide(difference[:, 1:], running, out=normalised[:, 1:], where=running > 0)
    return normalised


def _dips(difference: FloatArray, shortest_lag: int) -> tuple[FloatArray, FloatArray]:
    """The best local minima of each frame: their lags, refined by a parabola, and their costs; ``(T, candidates)``."""
    before, middle, after = difference[:, :-2], difference[:, 1:-1], difference[:, 2:]  # middle[:, i] is lag i + 1
    octaves = np.log2(np.arange(1, middle.shape[1] + 1) / shortest_lag)
    usable = (middle < before) & (middle <= after) & (middle < _VOICED_BELOW) & (octaves >= 0)
    cost = np.where(usable, middle + _LONG_LAG_COST * octaves, np.inf)
    best: IntArray = np.argpartition(cost, _CANDIDATES, axis=1)[:, :_CANDIDATES]
    left, centre, right = (np.take_along_axis(part, best, axis=1) for part in (before, middle, after))
    curvature = left - 2 * centre + right
    shift = np.where(curvature > 0, 0.5 * (left - right) / np.where(curvature > 0, curvature, 1.0), 0.0)
    return best + 1 + np.clip(shift, -0.5, 0.5), np.take_along_axis(cost, best, axis=1)


def _best_path(lags: FloatArray, costs: FloatArray) -> IntArray:
    """The cheapest path; the state after the candidates is "unvoiced", which costs as much as the worst dip."""
    count, candidates = costs.shape
    octave = np.log2(lags)  # (T, candidates)
    switch = np.zeros((candidates + 1, candidates + 1))
    switch[-1, :-1] = switch[:-1, -1] = _SWITCH_COST
    total = np.append(costs[0], _VOICED_BELOW)
    origin: IntArray = np.zeros((count, candidates + 1), dtype=np.int64)
    for frame in range(1, count):
        switch[:-1, :-1] = _JUMP_COST * np.abs(octave[frame - 1][:, None] - octave[frame][None, :])
        ways = total[:, None] + switch
        origin[frame] = ways.argmin(axis=0)
        total = ways.min(axis=0) + np.append(costs[frame], _VOICED_BELOW)
    path: IntArray = np.empty(count, dtype=np.int64)
    path[-1] = int(total.argmin())
    for frame in range(count - 1, 0, -1):
        path[frame - 1] = origin[frame, path[frame]]
    path[path == candidates] = -1
    return path
