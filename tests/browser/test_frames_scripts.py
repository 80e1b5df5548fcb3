"""The frames that the lesson computes in the browser are the core's: windows, mel filters, decibels.

Tolerances: the sound crosses with 16 bits, so levels differ by at most 0.05 dB down to 40 dB below the loudest point,
and by 0.35 dB down to the faintest that is drawn, 70 dB below it, where a colour stands for 0.27 dB; weights of windows
and filters by at most 1e-6 of the largest.
"""

import dataclasses
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import soundfile
import torch

from ser_core.corpora import open_corpus
from ser_core.features.front_end import FrontEnd, frames_of
from ser_core.features.mel import band_centres, mel_filters
from ser_core.plots.frames import framed_sound, of_whole_recording, settings_of
from ser_core.recipes import load_recipe
from tests.browser.modules import evaluated
from ui.views.frames.lesson import LOW_VOICE, SOURCES

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

LESSON = "frames_lesson/browser"
TOLERANCES = ((40, 0.05), (70, 0.35))  # how far below the loudest point, and by how much levels may differ there: dB


@pytest.fixture(scope="module")
def voice() -> np.ndarray:
    samples, _ = soundfile.read(open_corpus("emodb-clips").root / LOW_VOICE, dtype="float32")
    return samples[: 16_000 + 123]


@pytest.fixture
def computed(modules: "Page", voice: np.ndarray) -> Callable[[FrontEnd, dict[str, int]], dict[str, Any]]:
    """Let the browser compute the frames of the voice as a source has them, or with something set in its place."""

    def compute(front_end: FrontEnd, setting: dict[str, int]) -> dict[str, Any]:
        cutoff = front_end.high_pass_hertz
        sound = framed_sound(voice, sample_rate=16_000, title="", pitch=(np.zeros(0),) * 2, cutoffs={cutoff})
        files = {
            f"{LESSON}/lesson.js": "soundOf",
            f"{LESSON}/front_end.js": "frontEndOf, settingOf",
            f"{LESSON}/spectra.js": "levelsOf, frameCount",
        }
        body = """const { source, sound, setting } = argument;
          const frontEnd = frontEndOf(source, { ...settingOf(source), ...setting });
          const samples = soundOf(sound).signals[frontEnd.high_pass];
          const count = frameCount(samples.length, frontEnd);
          const { levels, loudest } = levelsOf(samples, frontEnd, Array.from({ length: count }, (_, i) => i));
          return { levels: [...levels], loudest, count, hop: frontEnd.hop, transform: frontEnd.transform };"""
        argument = {"source": settings_of(front_end), "sound": dataclasses.asdict(sound), "setting": setting}
        return dict(evaluated(modules, files, body, argument))

    return compute


@pytest.mark.parametrize(
    "setting", [{}, {"window": 5, "hop": 2}, {"window": 100, "hop": 11}, {"window": 33, "hop": 7, "bands": 20}], ids=str
)
@pytest.mark.parametrize("source", SOURCES)
def test_the_frames_of_every_source_are_those_of_the_core_whatever_is_set(
    computed: Callable[..., dict[str, Any]], voice: np.ndarray, source: str, setting: dict[str, int]
) -> None:
    front_end = of_whole_recording(load_recipe(source).front_end)
    found = computed(front_end, setting)
    same = dataclasses.replace(
        front_end,
        window_seconds=setting.get("window", 1000 * front_end.window_seconds) / 1000,
        hop_seconds=found["hop"] / 1000,
        mel_bands=setting.get("bands", front_end.mel_bands),
        transform_length=found["transform"],
    )
    assert found["hop"] >= setting.get("hop", 0)
    expected = frames_of([voice], same)[0].numpy()
    levels = np.reshape(found["levels"], (found["count"], -1))
    assert levels.shape == expected.shape
    assert found["loudest"] == pytest.approx(expected.max(), abs=0.01)
    for depth, tolerance in TOLERANCES:
        floor = expected.max() - depth
        np.testing.assert_allclose(np.maximum(levels, floor), np.maximum(expected, floor), atol=tolerance)


@pytest.mark.parametrize(("kind", "made"), [("hann", torch.hann_window), ("hamming", torch.hamming_window)])
@pytest.mark.parametrize("length", [80, 1_601])
def test_windows_are_torchs(modules: "Page", kind: str, made: Callable[[int], torch.Tensor], length: int) -> None:
    weights = evaluated(
        modules, {"in_browser/shared/fourier.js": "taper"}, "return [...taper(...argument)]", [kind, length]
    )
    np.testing.assert_allclose(weights, made(length).numpy(), atol=1e-6)


@pytest.mark.parametrize(("transform", "bands", "lowest"), [(512, 64, 50.0), (1024, 128, 0.0), (2048, 10, 50.0)])
def test_mel_filters_and_their_centres_are_the_cores(
    modules: "Page", transform: int, bands: int, lowest: float
) -> None:
    body = """return [melFilters(argument).map(({ first, weights }) => ({ first, weights: [...weights] })),
      bandCentres(argument.bands, argument.lowest, argument.highest)];"""
    argument = {"rate": 16_000, "transform": transform, "bands": bands, "lowest": lowest, "highest": 8_000}
    sparse, centres = evaluated(
        modules, {"in_browser/shared/mel_filters.js": "melFilters, bandCentres"}, body, argument
    )
    filters = np.zeros((bands, transform // 2 + 1))
    for row, one in zip(filters, sparse, strict=True):
        row[one["first"] : one["first"] + len(one["weights"])] = one["weights"]
    expected = mel_filters(sample_rate=16_000, transform_length=transform, bands=bands, lowest=lowest, highest=8_000.0)
    np.testing.assert_allclose(filters, expected, atol=1e-6 * expected.max())
    np.testing.assert_allclose(centres, band_centres(bands, lowest=lowest, highest=8_000.0))


def test_the_windows_over_the_loudest_part_lie_a_hop_apart_with_their_middles_in_it(modules: "Page") -> None:
    numbers = evaluated(
        modules, {f"{LESSON}/picture.js": "windowsInside"}, "return windowsInside(...argument)", [1.003, 0.15, 0.01]
    )
    assert numbers == list(range(101, 116))
