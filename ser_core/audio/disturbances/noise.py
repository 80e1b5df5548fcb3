"""Noise at a ratio to the speech: white, pink, and the babble of other voices."""

from collections.abc import Sequence

import numpy as np

from ser_core.audio.activity import speech_spans
from ser_core.audio.disturbances.base import Change
from ser_core.errors import InputError
from ser_core.types import Decibels, FloatArray, Hertz

VOICES = 6  # that babble together: enough for none of them to be followed
_PINK_FROM: Hertz = 20  # below, pink noise is flat: its power would have no bound


def speech_power(samples: FloatArray, sample_rate: Hertz) -> float:
    """Return the mean square of samples ``(N,)`` while somebody speaks, of all of them where nobody does."""
    spans = speech_spans(samples.astype(np.float32), sample_rate=sample_rate)
    parts = [samples[round(start * sample_rate) : round(end * sample_rate)] for start, end in spans]
    active = np.concatenate(parts) if parts else samples
    return float(np.mean(np.square(active, dtype=np.float64)))


def added(samples: FloatArray, noise: FloatArray, sample_rate: Hertz, ratio: Decibels) -> FloatArray:
    """Add noise ``(N,)`` so that the power of the speech over that of the noise is ``ratio`` decibels.

    The power of speech is that of :func:`speech_power`, so that pauses play no part; silence is returned as it is.
    """
    power = float(np.mean(np.square(noise)))
    if not power:
        return samples
    scale = float(np.sqrt(speech_power(samples, sample_rate) / power * 10 ** (-ratio / 10)))
    return samples + scale * noise


def in_white_noise(
    samples: FloatArray, sample_rate: Hertz, strength: Decibels, random: np.random.Generator
) -> FloatArray:
    """Add Gaussian noise of equal power in every hertz."""
    return added(samples, random.standard_normal(len(samples)), sample_rate, strength)


def in_pink_noise(
    samples: FloatArray, sample_rate: Hertz, strength: Decibels, random: np.random.Generator
) -> FloatArray:
    """Add Gaussian noise of equal power in every octave from 20 Hz."""
    return added(samples, pink(len(samples), sample_rate, random), sample_rate, strength)


def pink(length: int, sample_rate: Hertz, random: np.random.Generator) -> FloatArray:
    """Draw pink noise ``(N,)``: white noise whose spectrum is divided by the root of the frequency."""
    from scipy.fft import next_fast_len

    size = next_fast_len(length, real=True)
    spectrum = np.fft.rfft(random.standard_normal(size))
    hertz = np.maximum(np.fft.rfftfreq(size, 1 / sample_rate), _PINK_FROM)
    return np.asarray(np.fft.irfft(spectrum / np.sqrt(hertz), size)[:length])


def babble(clips: Sequence[FloatArray]) -> Change:
    """Return a disturbance that adds the babble of six voices at a ratio in decibels, as white noise is added.

    Args:
        clips: speech of the sample rate that is disturbed, ``(M,)`` each; a voice is one of them from a random place
            on, again and again, brought to the power of the others.

    Raises:
        InputError: if there is no clip with any sound.
    """
    sounding = [np.asarray(clip, dtype=np.float64) for clip in clips if np.any(clip)]
    if not sounding:
        raise InputError("Expected clips of speech for the babble; got none with any sound. Give recordings of voices.")

    def change(samples: FloatArray, sample_rate: Hertz, strength: Decibels, random: np.random.Generator) -> FloatArray:
        voices = np.zeros(len(samples))
        for number in random.integers(len(sounding), size=VOICES):
            clip = sounding[number]
            turned = np.roll(clip, -int(random.integers(len(clip)))) / np.sqrt(np.mean(np.square(clip)))
            voices += np.resize(turned, len(samples))
        return added(samples, voices, sample_rate, strength)

    return change
