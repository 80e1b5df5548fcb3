"""Home in a browser: the map fills the first screen, a press is heard, and a sentence is answered on Listen."""

import io
from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image

from app_in_browser import drawn_map, place_on_map, press_on_map, settle

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser
expect = pytest.importorskip("playwright.sync_api").expect

VOICES = "Map of 103 voices"


@pytest.mark.parametrize(("width", "height"), [(1280, 720), (390, 844)])
def test_the_map_covers_half_of_the_first_screen_and_the_microphone_is_on_it(
    visit: Callable[[str], "Page"], width: int, height: int
) -> None:
    page = visit("Home")
    page.set_viewport_size({"width": width, "height": height})
    page.reload()
    canvas = drawn_map(page, VOICES).locator("canvas").first.bounding_box()
    settle(page)
    assert canvas is not None
    seen = min(height, canvas["y"] + canvas["height"]) - canvas["y"]
    assert canvas["width"] * seen >= width * height / 2
    microphone = page.get_by_test_id("stAudioInputActionButton").bounding_box()
    assert microphone is not None
    assert microphone["y"] + microphone["height"] < height


@pytest.mark.parametrize(("width", "height"), [(1280, 720), (390, 844)])
def test_no_text_is_cut_off(visit: Callable[[str], "Page"], width: int, height: int) -> None:
    page = visit("Home")
    page.set_viewport_size({"width": width, "height": height})
    page.reload()
    figure = drawn_map(page, VOICES)
    settle(page)
    line = page.locator(".st-key-page-top-chosen p")
    assert line.inner_text() == "103 voices: 43 of people, 60 artificial"
    assert line.evaluate("line => line.scrollWidth <= line.clientWidth")
    assert figure.locator(".legend").evaluate("legend => legend.scrollWidth <= legend.clientWidth")
    if width > height:
        last = page.get_by_text("For acted emotion: no diagnosis").bounding_box()
        assert last is not None
        assert last["y"] + last["height"] < height


def test_one_press_on_the_map_is_heard_a_second_one_again_and_another_voice_follows(
    visit: Callable[[str], "Page"],
) -> None:
    page = visit("Home")
    figure = drawn_map(page, VOICES)
    figure.evaluate(
        """figure => {
          window.heard = [];
          window.player = figure.pointMap.sound.player;
          window.player.addEventListener('playing', () => window.heard.push(window.player.src));
        }"""
    )
    for begun, number in enumerate((12, 12, 80), start=1):
        press_on_map(page, figure, number)
        page.wait_for_function(f"window.heard.length === {begun} && window.player.currentTime > 0.1")
    first, again, other = page.evaluate("window.heard")
    assert first == again
    assert first != other


def test_artificial_voices_are_really_drawn_smaller_than_people(visit: Callable[[str], "Page"]) -> None:
    page = visit("Home")
    figure = drawn_map(page, VOICES)
    settle(page)
    places = np.array([place_on_map(figure, number) for number in range(103)])
    shot = np.asarray(Image.open(io.BytesIO(page.screenshot())).convert("RGB")).astype(int)
    apart = np.linalg.norm(places[:, None] - places[None], axis=2) + 1e6 * np.eye(103)
    drawn = {}
    for number in np.flatnonzero(apart.min(axis=1) > 20):
        x, y = places[number].round().astype(int)
        around = shot[y - 9 : y + 10, x - 9 : x + 10]
        drawn[number] = (np.abs(around - around[0, 0]).max(axis=2) > 60).sum()
    people, artificial = (
        [count for number, count in drawn.items() if (number >= 43) == made] for made in (False, True)
    )
    assert min(len(people), len(artificial)) > 5
    assert min(people) > max(artificial)


def test_what_is_heard_moves_nothing_on_the_page(visit: Callable[[str], "Page"]) -> None:
    page = visit("Home")
    figure = drawn_map(page, VOICES)
    before = page.get_by_text("Try your voice").bounding_box()
    press_on_map(page, figure, 12)
    page.get_by_test_id("stAudio").wait_for(state="attached")
    settle(page)
    assert page.get_by_text("Try your voice").bounding_box() == before


def test_a_sentence_at_the_microphone_is_answered_after_one_more_press(visit: Callable[[str], "Page"]) -> None:
    page = visit("Home")
    recorder = page.get_by_test_id("stAudioInput")
    recorder.get_by_role("button", name="Record", exact=True).click()
    page.wait_for_timeout(2500)
    recorder.get_by_role("button", name="Stop recording").click()
    expect(page.get_by_role("heading", level=1, name="Listen")).to_be_visible()
    settle(page)
    expect(page.get_by_role("figure", name="Waveform and spectrogram")).to_be_visible()
