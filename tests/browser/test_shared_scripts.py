"""What several components compute in the browser is what the core computes in Python: spectra, mel, levels, PCM."""

from typing import TYPE_CHECKING

import numpy as np
import pytest

from ser_core.audio.decibels import to_decibels
from ser_core.audio.pcm import from_base64, from_pcm16, to_base64, to_pcm16
from ser_core.features.front_end import FrontEnd, power_spectra
from ser_core.features.mel import hertz_to_mel, mel_to_hertz
from ser_core.written_numbers import fixed
from tests.browser.modules import evaluated

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

RATE = 16_000
SHARED = "in_browser/shared"
FOURIER = {f"{SHARED}/fourier.js": "RealTransform"}
MEL = {f"{SHARED}/frequencies.js": "hertzToMel, melToHertz"}
AXES = {f"{SHARED}/frequencies.js": "FrequencyRows, frequencyTicks"}
LEVELS = {f"{SHARED}/levels.js": "toDecibels"}
PCM = {f"{SHARED}/pcm.js": "toPcm16, fromPcm16, toBase64, fromBase64"}
NUMBERS = {f"{SHARED}/numbers.js": "fixed"}
COLOURS = {f"{SHARED}/colours.js": "writtenOn"}
SPECTRA = {"live_microphone/browser/spectrum.js": "Spectra, BINS, LOWEST, STEPS"}


@pytest.mark.parametrize("size", [4, 8, 256, 1024])
def test_the_transform_is_numpys(modules: "Page", random: np.random.Generator, size: int) -> None:
    values = random.normal(size=size)
    body = f"""const powers = new Float64Array({size // 2 + 1});
      new RealTransform({size}).addPowers(argument, powers); return [...powers];"""
    found = evaluated(modules, FOURIER, body, values.tolist())
    np.testing.assert_allclose(found, np.abs(np.fft.rfft(values)) ** 2, rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("scale", ["slaney", "htk"])
def test_both_mel_scales_are_the_cores(modules: "Page", scale: str) -> None:
    hertz = np.array([0.0, 30.0, 999.0, 1_000.0, 1_001.0, 4_000.0, 8_000.0])
    body = f"""const mel = argument.map(hertz => hertzToMel(hertz, '{scale}'));
      return [mel, mel.map(value => melToHertz(value, '{scale}')), argument.map(hertz => hertzToMel(hertz))];"""
    mel, back, by_default = evaluated(modules, MEL, body, hertz.tolist())
    np.testing.assert_allclose(mel, hertz_to_mel(hertz, scale), rtol=1e-12)
    np.testing.assert_allclose(back, mel_to_hertz(hertz_to_mel(hertz, scale), scale), rtol=1e-12, atol=1e-9)
    np.testing.assert_allclose(by_default, hertz_to_mel(hertz, "slaney"), rtol=1e-12)


@pytest.mark.parametrize("decimals", [0, 1, 3])
def test_numbers_are_written_as_the_core_writes_them(
    modules: "Page", random: np.random.Generator, decimals: int
) -> None:
    values = [-0.04, -0.3, -0.0004, -1.26, 0.04, *random.normal(size=30).tolist()]
    found = evaluated(modules, NUMBERS, f"return argument.map(value => fixed(value, {decimals}));", values)
    assert found == [fixed(value, decimals) for value in values]


def test_levels_are_the_cores(modules: "Page") -> None:
    powers = np.array([0.0, 1e-13, 1e-3, 0.5, 1.0, 4.0])
    body = "return [argument.map(power => toDecibels(power)), argument.map(power => toDecibels(power, -60))];"
    np.testing.assert_allclose(
        evaluated(modules, LEVELS, body, powers.tolist()), [to_decibels(powers), to_decibels(powers, lowest=-60)]
    )


def test_samples_become_the_same_16_bits_as_in_the_core_and_come_back(
    modules: "Page", random: np.random.Generator
) -> None:
    steps = random.integers(-39_000, 39_000, 20_000) + random.uniform(-0.49, 0.49, 20_000)  # halves round differently
    samples = (np.concatenate([steps, [0, 32_768, -32_768, 40_000, -40_000]]) / 32_768).astype(np.float32)
    body = """const values = toPcm16(argument), text = toBase64(values);
      return [[...values], text, [...fromBase64(text)], [...fromPcm16(values)], [...fromPcm16(values, 4)]];"""
    values, text, back, heard, louder = evaluated(modules, PCM, body, samples.tolist())
    np.testing.assert_array_equal(values, to_pcm16(samples))
    assert text == to_base64(to_pcm16(samples))
    np.testing.assert_array_equal(from_base64(text, longest=len(samples)), values)
    np.testing.assert_array_equal(back, values)
    np.testing.assert_array_equal(np.float32(heard), from_pcm16(to_pcm16(samples)))
    np.testing.assert_array_equal(np.float32(louder), 4 * from_pcm16(to_pcm16(samples)))


def test_the_levels_that_live_draws_are_those_of_the_models_front_end(
    modules: "Page", random: np.random.Generator
) -> None:
    times = np.arange(RATE) / RATE
    samples = (0.5 * np.sin(2 * np.pi * (200 * times + 3_000 * times**2)) + random.normal(0, 1e-3, RATE)).astype(
        np.float32
    )
    body = """const spectra = new Spectra();
      spectra.hear(Float32Array.from(argument));
      return Array.from({ length: spectra.columns }, (_, column) => {
        const at = spectra.placeOf(column);
        return [...spectra.levels.subarray(at, at + BINS)].map(level => LOWEST + level / STEPS);
      });"""
    found = np.array(evaluated(modules, SPECTRA, body, samples.tolist()))
    front_end = FrontEnd(kind="log-stft", window_seconds=0.032, hop_seconds=0.01, transform_length=512)
    powers, _ = power_spectra([samples], front_end)
    expected = to_decibels(powers[0, : len(found)].numpy() / (512 / 4) ** 2)  # a full-scale sine is at 0 dB
    audible = expected > -100
    np.testing.assert_allclose(found[audible], expected[audible], atol=0.26)  # kept in steps of half a decibel


@pytest.mark.parametrize("axis", ["linear", "mel"])
def test_rows_share_the_frequencies_without_a_gap(modules: "Page", axis: str) -> None:
    body = f"const {{ low, high }} = new FrequencyRows('{axis}', 200, 513, 8000); return [[...low], [...high]];"
    low, high = map(np.array, evaluated(modules, AXES, body))
    assert (high[0], low[-1]) == (512, 0)
    np.testing.assert_allclose(low[:-1], high[1:], rtol=1e-6)
    assert np.all(high > low)
    ticks = evaluated(modules, AXES, f"return frequencyTicks('{axis}', 8000, 200);")
    assert ticks[0] == 0
    assert ticks == sorted(ticks)
    assert 5 <= len(ticks) <= 10


def test_what_is_written_on_a_colour_stands_out_as_much_as_wcag_2_asks(
    modules: "Page", random: np.random.Generator
) -> None:
    colours = random.integers(0, 256, size=(500, 3))
    body = "return argument.map(writtenOn);"
    written = evaluated(modules, COLOURS, body, colours.tolist())
    parts = colours / 255
    linear = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
    luminance = linear @ [0.2126, 0.7152, 0.0722]
    on_black, under_white = (luminance + 0.05) / 0.05, 1.05 / (luminance + 0.05)
    assert written == np.where(on_black > under_white, "#000", "#fff").tolist()
    assert np.maximum(on_black, under_white).min() > 4.5


def test_colours_of_a_style_sheet_follow_the_theme_and_are_found_once_for_each(modules: "Page") -> None:
    body = """
      const element = document.createElement('figure');
      const style = element.style;
      style.setProperty('--edge', 'light-dark(#b3261e, #ff8a80)');
      document.body.append(element);
      const changes = [];
      const watched = new MutationObserver(noted => changes.push(...noted));
      watched.observe(element, { attributes: true });
      const variables = new Variables(element, ['--edge']), found = [];
      for (const scheme of ['light', 'dark']) {
        style.colorScheme = scheme;
        found.push(variables.read()[0]);
        watched.takeRecords();
        for (let time = 0; time < 5; time++) found.push(variables.read()[0]);
        changes.push(...watched.takeRecords());
      }
      return [found, changes.length];"""
    found, changes = evaluated(modules, {f"{SHARED}/colours.js": "Variables"}, body)
    assert found == 6 * ["rgb(179, 38, 30)"] + 6 * ["rgb(255, 138, 128)"]
    assert changes == 0, "reading again what has not changed makes the browser style the element again"


def test_the_marker_of_none_of_these_is_hatched_and_every_other_one_is_filled(modules: "Page") -> None:
    files = {f"{SHARED}/marker.js": "mark, markNone", f"{SHARED}/canvas.js": "penOf"}
    body = """const rows = [];
      for (const none of [true, false]) {
        const canvas = new OffscreenCanvas(48, 48), pen = penOf(canvas);
        pen.fillStyle = '#fff';
        pen.fillRect(0, 0, 48, 48);
        if (none) markNone(pen, [24, 24], 12, '#000', '#fff');
        else mark(pen, 'circle', [24, 24], 12, '#000', '#fff');
        rows.push([...pen.getImageData(14, 24, 20, 1).data].filter((_, i) => i % 4 === 0));
      }
      return rows;"""
    hatched, filled = (np.array(row) < 128 for row in evaluated(modules, files, body))
    assert np.count_nonzero(np.diff(hatched)) >= 4, "stripes"
    assert filled.all()
