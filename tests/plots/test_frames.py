"""The picture of frames: its windows are the front end's, its spectrogram is what a model gets."""

import dataclasses

import numpy as np
import pytest
import torch

from ser_core.errors import InputError
from ser_core.features.front_end import FrontEnd, frames_of
from ser_core.plots.frames import (
    EXCERPT,
    frames_figure,
    frequencies_of,
    loudest_excerpt,
    of_whole_recording,
    taper_of,
)

RATE = 16_000
MEL = FrontEnd(trim=False, level=False)
STFT = dataclasses.replace(MEL, kind="log-stft", window="hamming", window_seconds=0.02)


@pytest.mark.parametrize(("name", "made"), [("hann", torch.hann_window), ("hamming", torch.hamming_window)])
def test_the_taper_that_is_drawn_is_the_one_that_frames_are_made_with(name, made):
    front_end = dataclasses.replace(MEL, window=name)
    np.testing.assert_allclose(taper_of(front_end), made(front_end.window_length).numpy(), atol=1e-6)


def test_the_excerpt_is_where_the_recording_is_loudest():
    samples = np.full(3 * RATE, 1e-3, dtype=np.float32)
    samples[RATE : RATE + RATE // 5] = 0.5
    begins = loudest_excerpt(samples, RATE)
    assert 1 <= begins <= 1.2 - EXCERPT + 1e-9
    assert loudest_excerpt(samples[: RATE // 20], RATE) == 0
    with pytest.raises(InputError, match=r"^Expected samples"):
        loudest_excerpt(np.zeros(0, dtype=np.float32), RATE)


@pytest.mark.parametrize("front_end", [MEL, STFT])
def test_the_spectrogram_is_what_a_model_gets(front_end, random):
    samples = random.normal(0, 0.1, RATE).astype(np.float32)
    figure = frames_figure(samples, front_end)
    (heatmap,) = [trace for trace in figure.data if trace.type == "heatmap"]
    levels = frames_of([samples], front_end)[0].numpy()
    np.testing.assert_allclose(np.asarray(heatmap.z).T, np.maximum(levels - levels.max(), -70), atol=1e-4)
    np.testing.assert_allclose(np.diff(heatmap.x), front_end.hop_seconds)
    assert len(frequencies_of(front_end)) == levels.shape[1]


def test_a_windows_distance_and_length_are_hop_and_window(random):
    samples = random.normal(0, 0.1, RATE).astype(np.float32)
    windows = [trace for trace in frames_figure(samples, MEL).data if trace.type == "scatter"][1:9]
    middles = [float(np.mean(trace.x)) for trace in windows]
    np.testing.assert_allclose(np.diff(middles), MEL.hop_seconds, atol=1e-9)
    for trace in windows:
        assert np.ptp(trace.x) == pytest.approx(MEL.window_seconds)


def test_what_cuts_or_continues_a_recording_is_left_out_so_that_all_of_it_is_seen():
    cut = dataclasses.replace(STFT, trim=True, level=True, duration_seconds=4.0, longest_seconds=2.0)
    whole = of_whole_recording(cut)
    assert (whole.trim, whole.level, whole.duration_seconds, whole.longest_seconds) == (False, False, 0.0, 0.0)
    assert (whole.kind, whole.window_seconds, whole.hop_seconds) == (cut.kind, cut.window_seconds, cut.hop_seconds)
    assert of_whole_recording(dataclasses.replace(MEL, kind="waveform")).kind == "log-mel"
