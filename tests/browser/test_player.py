"""The player on Listen: it sounds, and both pictures stand over one time axis."""

import itertools
import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
import pytest

from app_in_browser import place_in_player
from tests.browser.player import POSITION, RATE, SELECTION, SPAN, brightness, bring, drag, wav

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

pytestmark = pytest.mark.browser
expect = pytest.importorskip("playwright.sync_api").expect

Visit = Callable[[str], "Page"]
PLAYING = "figure => figure.speechPlayer.sound.playing"


def until(page: "Page", figure: "Locator", condition: str, argument: object = None) -> None:
    page.wait_for_function(
        f"([figure, argument]) => {{ const player = figure.speechPlayer; return {condition}; }}",
        arg=[figure.element_handle(), argument],
    )


def test_it_sounds_the_place_moves_and_it_stops_at_the_end(figure: "Locator") -> None:
    page = figure.page
    figure.get_by_role("button", name="Play").click()
    until(page, figure, "player.position() > 0.3 && player.sound.level() > -50")
    figure.get_by_role("button", name="Pause").click()
    expect(figure.get_by_role("button", name="Play")).to_be_visible()
    stopped = figure.evaluate(POSITION)
    page.wait_for_timeout(300)
    assert figure.evaluate(POSITION) == stopped
    figure.get_by_role("application").focus()
    page.keyboard.press("End")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Space")
    until(page, figure, "!player.sound.playing && player.position() === 0")
    expect(figure.get_by_role("button", name="Play")).to_be_visible()


def test_only_the_selection_sounds_and_it_goes_around_on_demand(figure: "Locator") -> None:
    page = figure.page
    drag(page, figure, 0.5, 0.8)
    start, end = figure.evaluate(SELECTION)
    figure.get_by_role("button", name="Play selection").click()
    until(page, figure, "!player.sound.playing")
    assert figure.evaluate(POSITION) == start
    figure.get_by_label("Loop").check()
    figure.get_by_role("button", name="Play selection").click()
    page.wait_for_timeout(900)
    places = []
    for _ in range(20):
        places.append(figure.evaluate(POSITION))
        page.wait_for_timeout(30)
    assert figure.evaluate(PLAYING)
    assert all(start <= place <= end for place in places)
    assert any(later < former for former, later in itertools.pairwise(places)), "it came around"
    figure.get_by_label("Loop").uncheck()
    until(page, figure, "!player.sound.playing")


def test_both_pictures_follow_one_time_axis_through_wheel_keys_and_drag(visit: Visit) -> None:
    random = np.random.default_rng(0)
    samples = 1e-4 * random.normal(size=4 * RATE)
    moment = 2.5
    samples[round(moment * RATE) - 40 : round(moment * RATE) + 40] = 0.9 * random.choice([-1, 1], 80)
    figure = bring(visit("Listen"), wav(samples))
    page = figure.page
    figure.get_by_label("Intensity").uncheck()

    def expect_burst_at_its_place() -> None:
        page.mouse.move(0, 0)
        wave, spectrogram = brightness(figure, "wave"), brightness(figure, "spectrogram")
        from_, to = figure.evaluate(SPAN)
        expected = (moment - from_) / (to - from_) * wave.shape[1]
        dark = (wave < 110).sum(axis=0)
        loud = spectrogram.mean(axis=0) - spectrogram.min()
        width = max(4, 0.005 / (to - from_) * wave.shape[1] * 1.5)
        for profile, name in ((dark, "waveform"), (loud, "spectrogram")):
            middle = np.mean(np.flatnonzero(profile > 0.8 * profile.max()))
            assert middle == pytest.approx(expected, abs=width), name

    figure.get_by_label("Window").select_option("wide")
    expect_burst_at_its_place()
    canvas = figure.get_by_role("application")
    place = place_in_player(figure, 2.2)
    page.mouse.click(*place)
    page.mouse.move(*place)
    for _ in range(4):
        page.mouse.wheel(0, -200)
    page.wait_for_timeout(200)
    zoomed = figure.evaluate(SPAN)
    assert zoomed[1] - zoomed[0] < 1.5
    assert place_in_player(figure, 2.2)[0] == pytest.approx(place[0], abs=4), "what lay under the mouse stays there"
    expect_burst_at_its_place()
    for key in ("+", "-", "PageUp", "PageDown"):
        canvas.press(key)
    assert figure.evaluate(SPAN) == pytest.approx(zoomed)
    x, y = place_in_player(figure, 2.3, -0.05)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 150, y, steps=4)
    page.mouse.up()
    moved = figure.evaluate(SPAN)
    assert moved[0] > zoomed[0]
    assert moved[1] - moved[0] == pytest.approx(zoomed[1] - zoomed[0])
    expect_burst_at_its_place()
    canvas.press("0")
    assert figure.evaluate(SPAN) == [0, 4]
    canvas.press("End")
    assert figure.evaluate(POSITION) == 4
    canvas.press("Home")
    assert figure.evaluate(POSITION) == 0


def test_a_rising_tone_is_drawn_where_it_is(visit: Visit) -> None:
    from ser_core.features.mel import hertz_to_mel

    seconds = np.arange(3 * RATE) / RATE
    figure = bring(visit("Listen"), wav(0.5 * np.sin(2 * np.pi * (500 * seconds + 1_000 * seconds**2))))
    if figure.get_by_label("Pitch").is_enabled():
        figure.get_by_label("Pitch").uncheck()
    for band, axis in itertools.product(("wide", "narrow"), ("linear", "mel")):
        figure.get_by_label("Window").select_option(band)
        figure.get_by_label("Frequency").select_option(axis)
        levels = brightness(figure, "spectrogram")
        rows, columns = levels.shape
        for moment in (0.25, 1.0, 1.9, 2.7):
            hertz = 500 + 2_000 * moment
            column = levels[:, round(moment / 3 * columns)]
            height = hertz / 8_000 if axis == "linear" else float(hertz_to_mel(hertz) / hertz_to_mel(8_000))
            loudest = np.flatnonzero(column > 0.99 * column.max()).mean()
            assert rows - loudest == pytest.approx(height * rows, abs=4), (band, axis, moment)


def test_what_the_mouse_points_at_is_told_with_units(figure: "Locator") -> None:
    page = figure.page
    page.mouse.move(*place_in_player(figure, 0.5, 0.5))
    expect(figure.locator(".readout")).to_have_text(
        re.compile(r"^0\.\d{3} s · \d+ Hz · −?\d+ dB · intensity −\d+\.\d dB( · pitch \d+ Hz)?$")
    )
    x, y = place_in_player(figure, 0.5, 1)
    page.mouse.move(x, y - 60)
    expect(figure.locator(".readout")).to_have_text(re.compile(r"^0\.\d{3} s · amplitude −?0"))
    page.mouse.move(0, 0)
    expect(figure.locator(".readout")).to_have_text(re.compile(r"^Shown: all of \d"))
