"""Every named set of features has the values of the program that it is known from, and statistics by definition."""

import warnings

import librosa
import numpy as np
import pytest

from ser_core.features.feature_kinds import parts_of
from ser_core.features.feature_sets import FEATURE_SETS, feature_values, value_names
from ser_core.features.silence import silent_share
from ser_core.inputs.feature_sets import FEATURE_INPUTS
from tests.conftest import tiny_voice

RATES = {"mfcc-40": 16_000, "log-mel-128": 16_000, "spectral-193": 22_050}


@pytest.fixture
def voices(random):
    """Four voices of different pitch and tilt, with a pause before each, in the noise of a room."""
    found = []
    for pitch, tilt in ((110, 2.0), (180, 4.0), (240, 6.0), (330, 3.0)):
        voice = np.concatenate([np.zeros(3_000), 0.3 * tiny_voice(pitch, tilt, random)])
        found.append((voice + 1e-3 * random.standard_normal(voice.shape[0])).astype(np.float32))
    return found


def frames(signal, kind, sample_rate):
    return feature_values(signal, kind, sample_rate=sample_rate)


# ------------------------------------------------------------------------------------------------ librosa
def librosas_levels(signal, rate):
    power = librosa.feature.melspectrogram(
        y=signal,
        sr=rate,
        n_fft=2_048,
        win_length=rate // 40,
        hop_length=rate // 100,
        n_mels=128,
        htk=True,
        pad_mode="constant",
    )
    return librosa.power_to_db(power, ref=1.0, amin=1e-10, top_db=80.0)


def test_levels_and_cepstrum_are_librosas_on_the_scale_of_htk(voices):
    for signal in voices:
        expected = librosas_levels(signal, 16_000)
        np.testing.assert_allclose(frames(signal, "log-mel-128", 16_000), expected.T, atol=2e-2)
        coefficients = librosa.feature.mfcc(S=expected, n_mfcc=40)
        np.testing.assert_allclose(frames(signal, "mfcc-40", 16_000), coefficients.T, atol=5e-2)


def test_no_band_is_without_a_bin_at_any_sample_rate(random):
    signal = random.standard_normal(24_000).astype(np.float32)
    for rate in (8_000, 11_025, 16_000, 22_050, 44_100, 48_000):
        levels = frames(signal, "log-mel-128", rate)
        assert levels.min() > levels.max() - 79


@pytest.mark.filterwarnings("ignore::UserWarning")
@pytest.mark.parametrize("rate", [16_000, 22_050])
def test_the_193_values_are_librosas_frame_by_frame(voices, rate):
    for signal in voices[1:3]:
        spectrogram = np.abs(librosa.stft(signal))
        expected = np.vstack(
            [
                librosa.feature.mfcc(y=signal, sr=rate, n_mfcc=40),
                librosa.feature.chroma_stft(S=spectrogram, sr=rate),
                librosa.feature.melspectrogram(y=signal, sr=rate),
                librosa.feature.spectral_contrast(S=spectrogram, sr=rate),
                librosa.feature.tonnetz(y=librosa.effects.harmonic(signal), sr=rate),
            ]
        ).T
        found = frames(signal, "spectral-193", rate)
        assert found.shape == expected.shape
        np.testing.assert_allclose(found[:, :40], expected[:, :40], atol=1e-2)
        np.testing.assert_allclose(found[:, 40:52], expected[:, 40:52], atol=1e-3)
        np.testing.assert_allclose(found[:, 52:180], expected[:, 52:180], rtol=1e-3, atol=1e-6)
        np.testing.assert_allclose(found[:, 180:187], expected[:, 180:187], atol=1e-2)
        np.testing.assert_allclose(found[:, 187:], expected[:, 187:], atol=1e-2)


# ------------------------------------------------------------------------------------------------ pyAudioAnalysis
@pytest.mark.parametrize("rate", [8_000, 16_000, 44_100])
def test_the_short_term_features_are_pyaudioanalysis_frame_by_frame(voices, rate):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pyAudioAnalysis.ShortTermFeatures import feature_extraction
    for signal in voices[:2]:
        expected, names = feature_extraction(signal * 2.0**15, rate, 0.025 * rate, 0.010 * rate)
        found = frames(signal, "short-term-68", rate)
        assert len(value_names("short-term-68")) == len(names)
        np.testing.assert_allclose(found, expected.T, rtol=1e-4, atol=1e-5)
        np.testing.assert_array_equal(frames(signal, "short-term-34", rate), found[:, :34])


# ------------------------------------------------------------------------------------------------ statistics
@pytest.mark.parametrize("kind", FEATURE_INPUTS)
def test_statistics_are_mean_deviation_and_share_of_silence_of_the_frames(voices, kind):
    name, statistics = parts_of(kind)
    rate = RATES.get(name, 16_000)
    every = frames(voices[0], name, rate).astype(np.float64)
    mean, deviation = every.mean(axis=0), every.std(axis=0)
    expected = {
        "frames": every,
        "mean": mean[None],
        "hsf1": np.concatenate([mean, deviation])[None],
        "hsf2": np.concatenate([mean, deviation, [silent_share(voices[0])]])[None],
    }[statistics]
    found = frames(voices[0], kind, rate)
    assert found.dtype == np.float32
    assert found.shape[1] == len(value_names(kind)) == len(set(value_names(kind)))
    np.testing.assert_allclose(found, expected, rtol=1e-4, atol=1e-5)


def test_the_sets_have_the_sizes_that_their_names_say():
    sizes = {name: len(FEATURE_SETS[name].values) for name in FEATURE_SETS}
    assert sizes == {name: int(name.rpartition("-")[2]) for name in FEATURE_SETS}
    assert len(value_names("spectral-193-hsf1")) == 386


def test_silence_is_the_share_of_frames_below_three_tenths_of_the_mean_level(voices):
    for signal in voices:
        levels = librosa.feature.rms(y=signal + np.float32(1e-4))[0]
        expected = sum(level <= 0.3 * np.mean(levels) for level in levels) / len(levels)
        assert 0 < silent_share(signal) == pytest.approx(expected, abs=1e-9)
    assert silent_share(np.zeros(9_000, np.float32)) == 0
    half = np.concatenate([np.zeros(51_200, np.float32), np.ones(51_200, np.float32)])
    assert silent_share(half) == pytest.approx(0.5, abs=0.02)


# ------------------------------------------------------------------------------------------------ edges
@pytest.mark.parametrize("samples", [1, 100, 399, 2_000])
@pytest.mark.parametrize("kind", FEATURE_INPUTS)
def test_a_signal_of_any_length_and_silence_have_finite_values(kind, samples, random):
    for signal in (np.zeros(samples, np.float32), random.standard_normal(samples).astype(np.float32)):
        found = frames(signal, kind, 16_000)
        assert np.isfinite(found).all()
        assert len(found) == FEATURE_INPUTS[kind]().shape(samples / 16_000)[0]
