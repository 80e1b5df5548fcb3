"""Lesson: a space that forms plays on opening, obeys keys and buttons, and a link brings back what is seen."""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from app_in_browser import settle

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser
expect = pytest.importorskip("playwright.sync_api").expect

Visit = Callable[[str], "Page"]
LESSON = "Watch a space form"
PIXELS = """canvas => {
  const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  let sum = 0;
  for (let i = 3; i < data.length; i += 4) sum = (sum * 31 + data[i] + data[i - 1]) % 1000003;
  return sum;
}"""


def test_the_lesson_plays_on_opening_without_a_press_and_the_picture_changes(visit: Visit) -> None:
    page = visit(LESSON)
    figure = page.locator(".forming[data-epoch]")
    expect(figure).to_have_attribute("data-epoch", re.compile("^[1-9]"))
    expect(page.get_by_role("button", name="Pause", exact=True)).to_be_visible()
    canvas = figure.locator("canvas")
    first = canvas.evaluate(PIXELS)
    page.wait_for_timeout(300)
    assert canvas.evaluate(PIXELS) != first
    expect(figure).to_have_attribute("data-epoch", "16")
    expect(canvas).to_have_attribute(
        "aria-label", re.compile("Epoch 16 of 16, triplet. Voices it learns from: .* right")
    )


def test_the_picture_is_played_paused_and_stepped_through_with_the_keyboard_alone(visit: Visit, address: str) -> None:
    page = visit("Home")
    page.goto(f"{address}/watch_a_space_form?second=triplets&epoch=5")
    figure = page.locator(".forming[data-epoch]")
    expect(figure).to_have_attribute("data-epoch", "5")
    figure.locator("canvas").focus()
    page.keyboard.press("ArrowRight")
    expect(figure).to_have_attribute("data-epoch", "6")
    page.keyboard.press("Home")
    expect(figure).to_have_attribute("data-epoch", "0")
    page.keyboard.press("Space")
    expect(figure).to_have_attribute("data-epoch", re.compile("^[1-9]"))
    page.keyboard.press("Space")
    expect(page.get_by_role("button", name="Play", exact=True)).to_be_visible()
    stopped = figure.get_attribute("data-epoch")
    page.wait_for_timeout(1500)
    assert figure.get_attribute("data-epoch") == stopped
    slider = figure.get_by_role("slider", name="Epoch")
    slider.focus()
    page.keyboard.press("End")
    expect(figure).to_have_attribute("data-epoch", "16")


def test_the_address_follows_what_is_seen_and_brings_it_back(visit: Visit) -> None:
    page = visit(LESSON)
    page.get_by_test_id("stButtonGroup").get_by_text("softmax again").click()
    settle(page)
    figure = page.locator(".forming[data-epoch]")
    figure.locator("canvas").focus()
    page.keyboard.press("End")
    page.keyboard.press("ArrowLeft")
    expect(figure).to_have_attribute("data-epoch", "15")
    page.wait_for_url(re.compile(r"second=softmax\+again&epoch=15|second=softmax%20again&epoch=15"))
    again = visit("Home")
    again.goto(page.url)
    other = again.locator(".forming[data-epoch]")
    expect(other).to_have_attribute("data-epoch", "15")
    expect(other.locator("canvas")).to_have_attribute("aria-label", re.compile("^Epoch 15 of 16, continued"))
    again.get_by_role("button", name="Reset").click()
    settle(again)
    fresh = again.locator(".forming[data-epoch]")
    expect(fresh.locator("canvas")).to_have_attribute("aria-label", re.compile("^Before training"))
    expect(again.get_by_role("button", name="Play", exact=True)).to_be_visible()
    again.get_by_role("button", name="Play", exact=True).click()
    expect(fresh.locator("canvas")).to_have_attribute("aria-label", re.compile("^Epoch 16 of 16, triplet"))


def test_the_same_with_ones_own_settings_is_one_press_away(visit: Visit) -> None:
    page = visit(LESSON)
    page.get_by_role("button", name="With your own settings →").click()
    page.get_by_role("heading", level=1, name="Train").wait_for()
    expect(page.get_by_role("button", name="Start training")).to_be_visible()
