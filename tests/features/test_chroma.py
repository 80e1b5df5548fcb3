"""Tuning and chroma of tones whose pitch is known, and of mixtures beside librosa."""

import librosa
import numpy as np
import pytest

from ser_core.features.chroma import PITCH_CLASSES, chroma
from ser_core.features.tuning import tuning_of

RATE = 22_050


def spectrogram(*hertz: float) -> np.ndarray:
    time = np.arange(RATE) / RATE
    return np.abs(librosa.stft(sum(np.sin(2 * np.pi * one * time) for one in hertz).astype(np.float32)))


@pytest.mark.parametrize("semitones", [-0.4, -0.15, 0.0, 0.25])
def test_the_tuning_is_how_far_tones_lie_from_concert_pitch(semitones):
    tones = spectrogram(*(440 * 2 ** ((step + semitones) / 12) for step in (0, 4, 7)))
    found = tuning_of(tones, sample_rate=RATE, bins_per_octave=12)
    assert found == pytest.approx(semitones, abs=0.03)
    assert found == pytest.approx(librosa.estimate_tuning(S=tones, sr=RATE), abs=0.011)


def test_silence_is_in_tune():
    assert tuning_of(np.zeros((1025, 4)), sample_rate=RATE, bins_per_octave=12) == 0


@pytest.mark.parametrize("name", ["A", "C", "F#"])
def test_a_tone_is_loudest_in_its_own_pitch_class(name):
    above_a = (PITCH_CLASSES.index(name) - PITCH_CLASSES.index("A")) % 12
    found = chroma(spectrogram(440 * 2 ** (above_a / 12)), sample_rate=RATE)
    assert found.shape[0] == 12
    assert {PITCH_CLASSES[place] for place in found[:, 4:-4].argmax(axis=0)} == {name}
    assert found.max() == 1
