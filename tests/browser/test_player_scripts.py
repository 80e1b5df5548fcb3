"""What the player computes in the browser, script by script, against NumPy, librosa and plain loops."""

from typing import TYPE_CHECKING

import numpy as np
import pytest

from tests.browser.modules import evaluated

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

RATE = 16_000
HANN = {"wide": 80, "narrow": 480}  # 5 ms and 30 ms


PLAYER = "speech_player/browser"
SPECTRUM = {f"{PLAYER}/spectrum.js": "Spectrum, BANDS"}
SPAN = {f"{PLAYER}/span.js": "Span, timeTicks"}
ENVELOPE = {f"{PLAYER}/envelope.js": "Envelope"}


def chirp(seconds: float = 1.0) -> np.ndarray:
    times = np.arange(round(seconds * RATE)) / RATE
    return 0.8 * np.sin(2 * np.pi * (200 * times + 3_000 * times**2))


@pytest.mark.parametrize("band", ["wide", "narrow"])
def test_every_column_of_a_chirp_is_librosas(modules: "Page", random: np.random.Generator, band: str) -> None:
    import librosa

    samples, hop = chirp() + random.normal(scale=1e-3, size=RATE), 200
    body = f"""const spectrum = new Spectrum(argument, {RATE}, BANDS.{band}.seconds);
      const columns = [];
      for (let centre = 0; centre <= argument.length; centre += {hop}) columns.push([...spectrum.column(centre)]);
      return [spectrum.length, spectrum.size, columns];"""
    length, size, columns = evaluated(modules, SPECTRUM, body, samples.tolist())
    assert length == HANN[band]
    theirs = librosa.stft(samples, n_fft=size, hop_length=hop, win_length=length, window="hann", pad_mode="constant")
    full_scale = (length / 4) ** 2  # a sine's power at its peak: half the sum of the window, squared
    expected = 10 * np.log10(np.abs(theirs) ** 2 / full_scale + 1e-20)
    np.testing.assert_allclose(np.transpose(columns), expected, atol=1e-3)


def test_distant_columns_are_the_mean_power_of_four_frames(modules: "Page", random: np.random.Generator) -> None:
    samples, hop, centre = random.normal(size=8_000), 1_024, 4_096
    body = f"return [...new Spectrum(argument, {RATE}, 0.005).column({centre}, {hop})];"
    found = evaluated(modules, SPECTRUM, body, samples.tolist())
    window = 0.5 - 0.5 * np.cos(2 * np.pi * np.arange(80) / 80)
    powers = []
    for offset in (-384, -128, 128, 384):
        frame = samples[centre + offset - 40 : centre + offset + 40] * window
        powers.append(np.abs(np.fft.rfft(frame, 256)) ** 2 / (window.sum() / 2) ** 2)
    np.testing.assert_allclose(found, 10 * np.log10(np.mean(powers, axis=0)), atol=1e-6)


def test_the_loudest_point_is_found_and_silence_has_none(modules: "Page") -> None:
    body = f"return new Spectrum(argument, {RATE}, 0.03).loudest();"
    quiet = 0.01 * np.sin(2 * np.pi * 1_000 * np.arange(RATE) / RATE)
    assert evaluated(modules, SPECTRUM, body, quiet.tolist()) == pytest.approx(-40, abs=0.05)
    assert evaluated(modules, SPECTRUM, body, [0.0] * RATE) == 0
    assert evaluated(modules, SPECTRUM, body, [0.5]) < 0, "one sample"


def test_zoom_keeps_its_place_and_nothing_leaves_the_sound(modules: "Page") -> None:
    body = """const span = new Span(10), found = [];
      const note = () => found.push(span.state());
      span.zoom(4, 2); note();
      span.move(-50); note();
      span.zoom(1e9, 1); note();
      span.move(1e9); note();
      span.zoom(1e-9, 3); note();
      span.show(9, 30); note();
      span.show(4, 5); span.reveal(4.5); note();
      span.reveal(7); note();
      return [found, new Span(0.002).state(), new Span(1 / 16000).state()];"""
    found, short, sample = evaluated(modules, SPAN, body)
    np.testing.assert_allclose(
        found,
        [[1.5, 4], [0, 2.5], [0.996, 1.006], [9.99, 10], [0, 10], [0, 10], [4, 5], [6.95, 7.95]],
    )
    assert short == [0, 0.002]
    assert sample == [0, 1 / 16_000]


@pytest.mark.parametrize("stretch", [(0.0, 1.8), (0.54, 0.55), (3_590.0, 3_600.0), (0.0, 300.0), (1.00013, 1.00019)])
def test_moments_at_the_time_axis_are_round_told_apart_and_have_room(
    modules: "Page", stretch: tuple[float, float]
) -> None:
    ticks, decimals = evaluated(
        modules, SPAN, "const shown = timeTicks(...argument, 700); return [shown.ticks, shown.decimals];", [*stretch]
    )
    assert 3 <= len(ticks) <= 11
    assert all(stretch[0] - 1e-6 <= tick <= stretch[1] + 1e-6 for tick in ticks)
    assert len({f"{tick:.{decimals}f}" for tick in ticks}) == len(ticks)
    assert np.diff(ticks).min() * 700 / (stretch[1] - stretch[0]) >= 69
    np.testing.assert_allclose(ticks, np.round(ticks, decimals), atol=1e-9)


def test_the_envelope_finds_the_extremes_of_every_stretch(modules: "Page", random: np.random.Generator) -> None:
    samples = random.normal(size=1_000)
    pairs = [sorted(random.choice(1_001, 2, replace=False).tolist()) for _ in range(200)] + [[0, 1_000], [63, 65]]
    body = "const e = new Envelope(argument[0]); return argument[1].map(pair => e.between(...pair));"
    found = evaluated(modules, ENVELOPE, body, [samples.tolist(), pairs])
    np.testing.assert_allclose(found, [[min(samples[a:b]), max(samples[a:b])] for a, b in pairs], rtol=1e-6)


def test_a_picture_from_tiles_shows_the_column_under_each_pixel(modules: "Page") -> None:
    samples = chirp(2.0)
    body = f"""const samples = Float32Array.from(argument);
      const grey = [0, 255].map(part => '#' + part.toString(16).padStart(2, '0').repeat(3));
      const tiles = new Tiles(samples, {RATE}, grey, {{ band: 'wide', axis: 'mel', range: 70, rows: 50 }});
      tiles.look({{ band: 'narrow', axis: 'linear', range: 60, rows: 100 }});
      const canvas = new OffscreenCanvas(400, 100), pen = canvas.getContext('2d');
      const box = {{ x: 0, y: 0, width: 400, height: 100 }};
      const nothing = tiles.draw(pen, box, new Span(2), 0);
      const span = new Span(2, [0.5, 1.5]);
      const all = tiles.draw(pen, box, span, Infinity);
      const pixels = pen.getImageData(0, 0, 400, 100).data;
      const {{ spectrum, loudest }} = tiles.band();
      const columns = [50, 200, 350].map(x => [...spectrum.column(Math.round((0.5 + (x + 0.5) / 400) * {RATE}))]);
      return [nothing, all, [...pixels].filter((_, i) => i % 4 === 0), columns, loudest];"""
    imports = {f"{PLAYER}/tiles.js": "Tiles", f"{PLAYER}/span.js": "Span"}
    nothing, everything, pixels, columns, loudest = evaluated(modules, imports, body, samples.tolist())
    assert (nothing, everything) == (False, True)
    picture = np.reshape(pixels, (100, 400))
    for x, column in zip((50, 200, 350), columns, strict=True):
        shares = np.clip(1 + (np.array(column) - loudest) / 60, 0, 1) * 255
        middles = (np.arange(100)[::-1] + 0.5) / 100 * 512
        expected = [max(shares[int(np.ceil(m - 2.56)) : int(m + 2.56) + 1]) for m in middles]
        difference = np.abs(picture[:, x] - expected)
        assert np.median(difference) < 6
        assert abs(int(np.argmax(picture[:, x])) - int(np.argmax(expected))) <= 1
