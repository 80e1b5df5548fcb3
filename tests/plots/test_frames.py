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
from ser_core.plots.style import ACCENT, INK, SECOND

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
    window, hop = MEL.window_seconds, MEL.hop_seconds
    figure = frames_figure(samples, MEL)
    row = [trace for trace in figure.data if trace.xaxis == "x" and trace.line.color in (ACCENT, SECOND)]
    windows = [line for trace in row for line in lines_of(trace)]
    middles = sorted(float(np.mean(line)) for line in windows)
    assert len(windows) >= EXCERPT / hop - 1
    np.testing.assert_allclose(np.diff(middles), hop, atol=1e-9)
    for line in windows:
        assert np.ptp(line) == pytest.approx(window)


def lines_of(trace):
    """Return the x of each line of a trace; gaps are NaN."""
    x = np.asarray(trace.x, dtype=float)
    return [part[~np.isnan(part)] for part in np.split(x, np.flatnonzero(np.isnan(x))) if not np.isnan(part).all()]


def test_every_mel_band_is_drawn_in_a_few_traces_that_are_quick_to_draw(random):
    for bands in (20, 64):
        front_end = dataclasses.replace(MEL, mel_bands=bands)
        figure = frames_figure(random.normal(0, 0.1, RATE).astype(np.float32), front_end)
        assert sum(len(lines_of(trace)) for trace in figure.data if trace.xaxis == "x2") == bands
        assert len(figure.data) < 10


def test_the_pitch_has_a_dark_edge_so_that_it_is_seen_on_bright_colours_too(random):
    pitch = (np.array([0.1, 0.2]), np.array([120.0, 130.0]))
    figure = frames_figure(random.normal(0, 0.1, RATE).astype(np.float32), MEL, pitch=pitch)
    edge, line = [trace for trace in figure.data if trace.name == "pitch"]
    assert (edge.line.color, line.line.color) == (INK, "#FFFFFF")
    assert edge.line.width >= line.line.width + 4


def test_for_a_projector_letters_are_half_as_large_again_and_the_picture_is_lower(random):
    samples = random.normal(0, 0.1, RATE).astype(np.float32)
    usual, large = frames_figure(samples, MEL), frames_figure(samples, MEL, large=True)
    axis = usual.layout.template.layout.xaxis
    assert large.layout.xaxis.tickfont.size >= 1.5 * axis.tickfont.size
    assert large.layout.yaxis3.title.font.size >= 1.5 * axis.title.font.size
    assert large.layout.height < usual.layout.height


def test_what_cuts_or_continues_a_recording_is_left_out_so_that_all_of_it_is_seen():
    cut = dataclasses.replace(STFT, trim=True, level=True, duration_seconds=4.0, longest_seconds=2.0)
    whole = of_whole_recording(cut)
    assert (whole.trim, whole.level, whole.duration_seconds, whole.longest_seconds) == (False, False, 0.0, 0.0)
    assert (whole.kind, whole.window_seconds, whole.hop_seconds) == (cut.kind, cut.window_seconds, cut.hop_seconds)
    assert of_whole_recording(dataclasses.replace(MEL, kind="waveform")).kind == "log-mel"
