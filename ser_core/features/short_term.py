"""Thirty-four short-term features by Giannakopoulos's definitions: time domain, spectrum, cepstrum, chroma."""

from functools import lru_cache

import numpy as np

from ser_core.features.cepstrum import cepstrum
from ser_core.features.mel import triangular_filters
from ser_core.types import FloatArray, Hertz

_WINDOW, _STEP = 0.025, 0.010  # seconds
_PARTS = 10  # of a frame, and of a spectrum, whose entropy is taken
_ROLL_OFF = 0.9  # of the energy, that lies below
_COEFFICIENTS = 13
_LINEAR, _LOGARITHMIC = 13, 27  # filters
_FIRST_EDGE, _LINEAR_STEP, _LOG_STEP = 133.33, 200 / 3, 1.0711703
_LOWEST_A = 27.5  # hertz, A0
_TINY = np.finfo(np.float64).eps
_FROM_A = ("A", "A#", "B", "C", "C#", "D", "D#", "E", "F", "F#", "G", "G#")
NAMES = (
    "zero-crossing rate",
    "energy",
    "entropy of energy",
    "spectral centroid",
    "spectral spread",
    "spectral entropy",
    "spectral flux",
    "spectral roll-off",
    *(f"cepstral coefficient {number}" for number in range(1, _COEFFICIENTS + 1)),
    *(f"chroma {name}" for name in _FROM_A),
    "deviation of chroma",
)


def short_term_features(signal: FloatArray, sample_rate: Hertz) -> FloatArray:
    """Compute the features of a signal ``(N,)`` in frames of 25 ms every 10 ms, float64 ``(T, 34)``.

    The signal loses its mean and is scaled to a peak of 1 first, so that its level does not matter. One that is shorter
    than a frame is continued with zeros. The definitions are those of pyAudioAnalysis as it runs, so that its figures
    can be compared: :func:`_filters` and :func:`_pitch_classes` say where that differs from what is meant.

    References:
        Giannakopoulos (2015), pyAudioAnalysis: an open-source Python library for audio signal analysis, PLOS ONE.
    """
    frames = _frames(signal, sample_rate)
    length = frames.shape[1]
    bins = length // 2
    magnitude = np.abs(np.fft.rfft(frames))[:, :bins] / bins
    power = magnitude**2
    total = power.sum(axis=1)
    crossings = np.abs(np.diff(np.sign(frames))).sum(axis=1) / 2 / (length - 1)
    classes = power @ _pitch_classes(bins, sample_rate) / np.where(total > 0, total, _TINY)[:, None]
    levels = np.log10(magnitude @ _filters(bins, sample_rate) + _TINY)
    columns = [
        crossings,
        (frames**2).mean(axis=1),
        _entropy(frames),
        *_centroid_and_spread(magnitude),
        _entropy(magnitude),
        _flux(magnitude),
        _roll_off(power, total),
    ]
    return np.column_stack([*columns, cepstrum(levels, _COEFFICIENTS), classes, classes.std(axis=1)])


def with_changes(frames: FloatArray) -> FloatArray:
    """Append to features ``(T, F)`` their change since the frame before, 0 for the first: ``(T, 2 F)``."""
    return np.hstack([frames, np.diff(frames, axis=0, prepend=frames[:1])])


def short_term_steps(samples: int, sample_rate: Hertz) -> int:
    """Return the number of frames of a signal of so many samples."""
    return 1 + max(0, samples - int(_WINDOW * sample_rate)) // int(_STEP * sample_rate)


def _frames(signal: FloatArray, sample_rate: Hertz) -> FloatArray:
    window, step = int(_WINDOW * sample_rate), int(_STEP * sample_rate)
    samples = signal.astype(np.float64) - signal.mean(dtype=np.float64)
    samples /= np.abs(samples).max() + 1e-10
    samples = np.pad(samples, (0, max(0, window - samples.shape[0])))
    return np.lib.stride_tricks.sliding_window_view(samples, window)[::step]


def _entropy(values: FloatArray) -> FloatArray:
    """Return the entropy in bits of the energy in ten parts of each row; a rest of less than ten values is left out."""
    size = values.shape[1] // _PARTS
    energy = (values[:, : size * _PARTS] ** 2).reshape(len(values), _PARTS, size).sum(axis=2)
    shares = energy / ((values**2).sum(axis=1) + _TINY)[:, None]
    entropy: FloatArray = -(shares * np.log2(shares + _TINY)).sum(axis=1)
    return entropy


def _centroid_and_spread(magnitude: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return mean and deviation of frequency by magnitude, as shares of half the sample rate."""
    places = np.arange(1, magnitude.shape[1] + 1) / magnitude.shape[1]
    largest = magnitude.max(axis=1, keepdims=True)
    weights = magnitude / np.where(largest > 0, largest, 1)
    weight = weights.sum(axis=1) + _TINY
    centroid = weights @ places / weight
    spread = np.sqrt((weights * (places - centroid[:, None]) ** 2).sum(axis=1) / weight)
    return centroid, spread


def _flux(magnitude: FloatArray) -> FloatArray:
    """Return the squared change of the spectrum, taken as shares of its sum, since the frame before."""
    shares = magnitude / (magnitude + _TINY).sum(axis=1, keepdims=True)
    flux: FloatArray = (np.diff(shares, axis=0, prepend=shares[:1]) ** 2).sum(axis=1)
    return flux


def _roll_off(power: FloatArray, total: FloatArray) -> FloatArray:
    """Return the bin, as a share of all, up to which nine tenths of the energy lie."""
    reached = power.cumsum(axis=1) + _TINY > _ROLL_OFF * total[:, None]
    share: FloatArray = reached.argmax(axis=1) / power.shape[1]
    return share


@lru_cache(maxsize=8)
def _filters(bins: int, sample_rate: Hertz) -> FloatArray:
    """Build 13 filters at equal distances and 27 at equal ratios, ``(bins, 40)``, as in Slaney's Auditory Toolbox.

    The tool counts the bins as if they reached to the sample rate; they reach to half of it, so that every filter lies
    an octave lower than its frequencies say. It is kept, since published figures were computed with it.
    """
    linear = _FIRST_EDGE + _LINEAR_STEP * np.arange(_LINEAR)
    logarithmic = linear[-1] * _LOG_STEP ** np.arange(1, _LOGARITHMIC + 3)
    filters = triangular_filters(np.concatenate([linear, logarithmic]), np.arange(bins) * sample_rate / bins)
    return filters.T


@lru_cache(maxsize=8)
def _pitch_classes(bins: int, sample_rate: Hertz) -> FloatArray:
    """Build the weights with which the power of every bin counts for its pitch class, ``(bins, 12)``, from A on.

    Meant is the mean power of all bins that are nearest to one semitone. The tool keeps the highest of them alone, and
    divides it by the number of bins at another semitone, that of the bin whose index is the semitone's. Both are kept.
    """
    semitones = np.rint(12 * np.log2(np.arange(1, bins + 1) * sample_rate / (2 * bins) / _LOWEST_A)).astype(int)
    counts = np.bincount(semitones)[semitones]
    weights = np.zeros((bins, len(_FROM_A)))
    for semitone in np.unique(semitones):
        highest = np.flatnonzero(semitones == semitone)[-1]
        weights[highest, semitone % len(_FROM_A)] = 1 / counts[semitones[semitone]]
    return weights
