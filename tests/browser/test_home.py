"""Home in a browser: the map fills the first screen, a press is heard, and a sentence is answered on Listen."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from app_in_browser import drawn_map, press_on_map, settle

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


def test_one_press_on_the_map_is_heard_and_another_voice_follows(visit: Callable[[str], "Page"]) -> None:
    page = visit("Home")
    figure = drawn_map(page, VOICES)
    heard = []
    for number in (12, 80):
        press_on_map(page, figure, number)
        page.wait_for_function("document.querySelector('[data-testid=stAudio]')?.currentTime > 0.1")
        heard.append(page.evaluate("document.querySelector('[data-testid=stAudio]').src"))
    assert heard[0] != heard[1]


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
