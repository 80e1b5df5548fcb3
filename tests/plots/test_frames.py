"""What the browser gets to draw frames: the sound, its loudest part, its pitch, and the settings of a source."""

import dataclasses

import numpy as np
import pytest

from ser_core.audio.high_pass import high_pass
from ser_core.audio.pcm import from_base64, from_pcm16
from ser_core.errors import InputError
from ser_core.features.front_end import FrontEnd
from ser_core.plots.frames import EXCERPT, framed_sound, loudest_excerpt, of_whole_recording, settings_of

RATE = 16_000
NO_PITCH = (np.zeros(0), np.zeros(0))
STFT = dataclasses.replace(FrontEnd(), kind="log-stft", window="hamming", window_seconds=0.02)


def test_the_excerpt_is_where_the_recording_is_loudest():
    samples = np.full(3 * RATE, 1e-3, dtype=np.float32)
    samples[RATE : RATE + RATE // 5] = 0.5
    begins = loudest_excerpt(samples, RATE)
    assert 1 <= begins <= 1.2 - EXCERPT + 1e-9
    assert loudest_excerpt(samples[: RATE // 20], RATE) == 0
    with pytest.raises(InputError, match=r"^Expected samples"):
        loudest_excerpt(np.zeros(0, dtype=np.float32), RATE)


def test_the_sound_crosses_with_and_without_the_high_pass_of_a_source(random):
    samples = random.normal(0, 0.1, RATE).astype(np.float32)
    sent = framed_sound(samples, sample_rate=RATE, title="noise", pitch=NO_PITCH, cutoffs={0.0, 75.0})
    for cutoff, expected in (("0", samples), ("75", high_pass(samples, cutoff=75, sample_rate=RATE))):
        received = from_pcm16(from_base64(sent.samples[cutoff], longest=RATE)) * sent.full_scale
        np.testing.assert_allclose(received, expected, atol=0.6 * sent.full_scale / 32_768)
    assert set(sent.samples) == {"0", "75"}


def test_a_sound_shorter_than_the_excerpt_is_its_own_excerpt_and_silence_has_no_voice():
    sent = framed_sound(np.zeros(RATE // 20, dtype=np.float32), sample_rate=RATE, title="nothing", pitch=NO_PITCH)
    assert (sent.begins, sent.excerpt, sent.voice) == (0.0, 0.05, None)


def test_the_voice_is_the_median_of_what_is_voiced_and_gaps_stay_gaps(random):
    pitch = (np.array([0.0, 0.1, 0.2, 0.3]), np.array([120.0, np.nan, 100.0, 200.0]))
    samples = random.normal(0, 0.1, RATE).astype(np.float32)
    sent = framed_sound(samples, sample_rate=RATE, title="voice", pitch=pitch)
    assert sent.voice == 120
    assert sent.pitch_hertz == [120.0, None, 100.0, 200.0]
    assert sent.pitch_times == [0.0, 0.1, 0.2, 0.3]


def test_settings_are_those_of_the_front_end_in_milliseconds():
    sent = settings_of(dataclasses.replace(STFT, high_pass_hertz=75.0, hop_seconds=0.01))
    assert (sent["kind"], sent["taper"], sent["window"], sent["hop"]) == ("log-stft", "hamming", 20, 10)
    assert (sent["transform"], sent["rate"], sent["high_pass"], sent["range"]) == (512, RATE, 75.0, 80.0)


def test_what_cuts_or_continues_a_recording_is_left_out_so_that_all_of_it_is_seen():
    cut = dataclasses.replace(STFT, trim=True, level=True, duration_seconds=4.0, longest_seconds=2.0)
    whole = of_whole_recording(cut)
    assert (whole.trim, whole.level, whole.duration_seconds, whole.longest_seconds) == (False, False, 0.0, 0.0)
    assert (whole.kind, whole.window_seconds, whole.hop_seconds) == (cut.kind, cut.window_seconds, cut.hop_seconds)
    assert of_whole_recording(dataclasses.replace(FrontEnd(), kind="waveform")).kind == "log-mel"
