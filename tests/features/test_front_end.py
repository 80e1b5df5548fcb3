"""The front end computes what librosa computes, in batches that change nothing."""

import librosa
import numpy as np
import pytest
import torch

from ser_core.audio.high_pass import high_pass
from ser_core.errors import ConfigError, InputError
from ser_core.features import FrontEnd, frames_of
from ser_core.features.front_end import decibels, power_spectra
from ser_core.features.mel import band_centres, hertz_to_mel, mel_filters, mel_to_hertz

# One of the signals is shorter than a frame, of which librosa warns.
pytestmark = pytest.mark.filterwarnings("ignore:n_fft=.* is too large")

PLAIN = {"trim": False, "level": False}


@pytest.fixture
def signals(random: np.random.Generator) -> list[np.ndarray]:
    time = np.arange(8_000) / 16_000
    tone = 0.5 * np.sin(2 * np.pi * 300 * time) + 0.01 * random.standard_normal(time.size)
    return [item.astype(np.float32) for item in (tone, random.standard_normal(5_003) * 0.1, tone[:100])]


def relative_to_peak(found: np.ndarray, expected: np.ndarray) -> float:
    return float(np.abs(found - expected).max() / expected.max())


@pytest.mark.parametrize("window", ["hann", "hamming"])
@pytest.mark.parametrize(("window_seconds", "transform_length"), [(0.032, 512), (0.025, 512), (0.02, 1024)])
def test_power_spectra_equal_librosa_with_the_same_padding(signals, window, window_seconds, transform_length):
    front_end = FrontEnd(window=window, window_seconds=window_seconds, transform_length=transform_length)
    spectra, counts = power_spectra(signals, front_end)
    for signal, spectrum, count in zip(signals, spectra, counts, strict=True):
        expected = librosa.stft(
            signal,
            n_fft=transform_length,
            hop_length=front_end.hop_length,
            win_length=front_end.window_length,
            window=window,
            center=True,
            pad_mode="constant",
        )
        power = np.abs(expected.T) ** 2
        assert count == power.shape[0] == 1 + len(signal) // front_end.hop_length
        assert relative_to_peak(spectrum[:count].numpy(), power) < 1e-4


def test_log_mel_frames_equal_librosas(signals):
    front_end = FrontEnd(mel_bands=40, lowest_hertz=80.0, highest_hertz=7_000.0, **PLAIN)
    for signal, frames in zip(signals, frames_of(signals, front_end), strict=True):
        power = librosa.feature.melspectrogram(
            y=signal, sr=16_000, n_fft=512, hop_length=256, pad_mode="constant", n_mels=40, fmin=80, fmax=7_000
        )
        expected = librosa.power_to_db(power, ref=1.0, amin=1e-10, top_db=80.0).T
        assert frames.shape == expected.shape == (1 + len(signal) // 256, 40)
        assert frames.dtype == torch.float32
        np.testing.assert_allclose(frames.numpy(), expected, atol=0.02)


def test_log_stft_frames_equal_librosas(signals):
    front_end = FrontEnd(kind="log-stft", dynamic_range_decibels=60.0, **PLAIN)
    assert front_end.feature_count == 257
    power = np.abs(librosa.stft(signals[0], n_fft=512, hop_length=256, pad_mode="constant")) ** 2
    expected = librosa.power_to_db(power, ref=1.0, amin=1e-10, top_db=60.0).T
    np.testing.assert_allclose(frames_of(signals[:1], front_end)[0].numpy(), expected, atol=0.02)


@pytest.mark.parametrize(
    ("bands", "lowest", "highest"), [(64, 50.0, 8_000.0), (26, 0.0, 4_000.0), (128, 20.0, 7_600.0)]
)
def test_mel_filters_equal_librosas(bands, lowest, highest):
    found = mel_filters(sample_rate=16_000, transform_length=512, bands=bands, lowest=lowest, highest=highest)
    expected = librosa.filters.mel(sr=16_000, n_fft=512, n_mels=bands, fmin=lowest, fmax=highest)
    np.testing.assert_allclose(found, expected, atol=1e-7)


def test_the_mel_scale_and_its_inverse_equal_librosas():
    hertz = np.array([0.0, 66.7, 999.9, 1_000.0, 1_000.1, 4_321.0, 8_000.0])
    np.testing.assert_allclose(hertz_to_mel(hertz), librosa.hz_to_mel(hertz))
    np.testing.assert_allclose(mel_to_hertz(hertz_to_mel(hertz)), hertz, atol=1e-9)
    np.testing.assert_allclose(hertz_to_mel(hertz, "htk"), librosa.hz_to_mel(hertz, htk=True))
    np.testing.assert_allclose(mel_to_hertz(hertz_to_mel(hertz, "htk"), "htk"), hertz, atol=1e-9)


def test_band_centres_are_where_the_filters_are_highest():
    centres = band_centres(20, lowest=50.0, highest=8_000.0)
    filters = mel_filters(sample_rate=16_000, transform_length=8_192, bands=20, lowest=50.0, highest=8_000.0)
    assert np.abs(filters.argmax(axis=1) * 16_000 / 8_192 - centres).max() < 2.0


@pytest.mark.parametrize("kind", ["log-mel", "log-stft"])
def test_an_utterance_has_the_same_frames_alone_and_in_a_batch(signals, kind):
    front_end = FrontEnd(kind=kind, **PLAIN)
    for together, signal in zip(frames_of(signals, front_end), signals, strict=True):
        torch.testing.assert_close(together, frames_of([signal], front_end)[0], atol=0.02, rtol=0)


def test_decibels_have_a_floor_below_the_peak_and_never_meet_the_logarithm_of_zero():
    power = torch.tensor([[1.0, 1e-3], [1e-9, 0.0]])
    torch.testing.assert_close(decibels(power, 50.0), torch.tensor([[0.0, -30.0], [-50.0, -50.0]]))
    assert torch.isfinite(decibels(torch.zeros(2, 2), 80.0)).all()


def test_level_makes_the_distance_to_the_microphone_unimportant(random):
    time = np.arange(16_000) / 16_000
    signal = (0.3 * np.sin(2 * np.pi * 200 * time) * (np.sin(2 * np.pi * 3 * time) > 0)).astype(np.float32)
    signal += 1e-4 * random.standard_normal(time.size).astype(np.float32)
    near, far = frames_of([signal, 0.05 * signal], FrontEnd())
    torch.testing.assert_close(near, far, atol=0.2, rtol=0)


def test_of_a_long_utterance_the_middle_is_taken():
    signal = np.concatenate([np.zeros(16_000), 0.5 * np.ones(8_000), np.zeros(16_000)]).astype(np.float32)
    frames = frames_of([signal], FrontEnd(longest_seconds=0.5, **PLAIN))[0]
    expected = frames_of([signal[16_000:24_000]], FrontEnd(**PLAIN))[0]
    torch.testing.assert_close(frames, expected)


@pytest.mark.parametrize("signal", [np.zeros(0, np.float32), np.zeros((2, 100), np.float32)])
def test_a_signal_that_is_none_gets_advice(signal):
    with pytest.raises(InputError, match="Read it with ser_core.audio.read_audio"):
        frames_of([signal], FrontEnd())


@pytest.mark.parametrize(
    ("settings", "advice"),
    [
        ({"window_seconds": 0.1}, "shorter window_seconds"),
        ({"hop_seconds": 0.0}, "front_end.hop_seconds between 0.001 and 10; got 0. Correct the recipe or --set"),
        ({"lowest_hertz": float("nan")}, "below half the sample rate"),
        ({"transform_length": 99_999_999_999}, "front_end.transform_length between 1 and 16384"),
        ({"sample_rate": 0}, "front_end.sample_rate between 1000 and 96000"),
        ({"highest_hertz": 9_000.0}, "below half the sample rate"),
        ({"lowest_hertz": 8_000.0}, "below half the sample rate"),
        ({"mel_bands": 0}, "Correct the recipe"),
        ({"high_pass_hertz": 5.0}, "Use 75, below every voice, or 0"),
        ({"dynamic_range_decibels": 0.0}, "Correct the recipe"),
    ],
)
def test_settings_that_cannot_exist_get_advice(settings, advice):
    with pytest.raises(ConfigError, match=advice):
        FrontEnd(**settings)


@pytest.mark.parametrize(
    "name", ["window_seconds", "hop_seconds", "longest_seconds", "duration_seconds", "dynamic_range_decibels"]
)
@pytest.mark.parametrize("value", [float("nan"), float("inf"), -1.0])
def test_what_is_no_number_infinite_or_below_zero_is_refused(name, value):
    with pytest.raises(ConfigError, match=f"Expected front_end.{name} between .*; got {value:g}. Correct the recipe"):
        FrontEnd(**{name: value})


# ------------------------------------------------------------------------------------------------ a chosen duration


def test_four_seconds_at_half_windows_of_twenty_milliseconds_are_four_hundred_frames_of_257_bins(random):
    lian = FrontEnd("log-stft", window="hamming", window_seconds=0.02, hop_seconds=0.01, duration_seconds=4.0, **PLAIN)
    signals = [random.standard_normal(length).astype(np.float32) for length in (16_000, 64_000, 100_001)]
    assert [tuple(frames.shape) for frames in frames_of(signals, lian)] == [(400, 257)] * 3


def test_a_short_utterance_ends_in_its_last_frame_repeated_and_a_long_one_is_cut(random):
    whole = FrontEnd(hop_seconds=0.01, **PLAIN)
    one_second = FrontEnd(hop_seconds=0.01, duration_seconds=1.0, **PLAIN)
    short, long = (random.standard_normal(length).astype(np.float32) for length in (8_000, 40_000))
    (free,), (fixed,) = frames_of([short], whole), frames_of([short], one_second)
    assert torch.equal(fixed[: len(free)], free)
    assert torch.equal(fixed[len(free) :], free[-1:].expand(100 - len(free), -1))
    (beginning,) = frames_of([long[:16_000]], whole)
    torch.testing.assert_close(frames_of([long], one_second)[0], beginning[:100])


def test_a_duration_shorter_than_a_hop_is_refused():
    with pytest.raises(ConfigError, match="one hop; got 0.001 with a hop of 0.016. Use 0 to keep every length"):
        FrontEnd(duration_seconds=0.001)


def test_of_more_than_fourteen_seconds_the_middle_is_taken(random):
    dai = FrontEnd(hop_seconds=0.01, longest_seconds=14.0, **PLAIN)
    signal = random.standard_normal(16 * 16_000).astype(np.float32)
    (found,), (middle,) = frames_of([signal], dai), frames_of([signal[16_000 : 15 * 16_000]], dai)
    assert torch.equal(found, middle)


def test_what_lies_below_the_voice_is_taken_out_before_anything_else(signals):
    front_end = FrontEnd(high_pass_hertz=75, **PLAIN)
    rumbling = [signal + 0.3 * np.sin(np.arange(len(signal)) * 2 * np.pi * 30 / 16_000) for signal in signals[:2]]
    passed = [high_pass(signal, cutoff=75, sample_rate=16_000) for signal in rumbling]
    for found, expected in zip(frames_of(rumbling, front_end), frames_of(passed, FrontEnd(**PLAIN)), strict=True):
        torch.testing.assert_close(found, expected)
    assert not torch.allclose(frames_of(rumbling, front_end)[0], frames_of(rumbling, FrontEnd(**PLAIN))[0], atol=1.0)
