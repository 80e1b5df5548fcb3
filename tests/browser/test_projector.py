"""The switch "Large, for a projector" enlarges the lessons' own pictures, and what plays them stays in sight."""

from typing import TYPE_CHECKING

import pytest

from app_in_browser import PATIENCE, go_to, settings, settle

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator

pytestmark = pytest.mark.browser
HEIGHT = 720
# How high the letters of a picture are on the screen, and how far what is written is wider than its cell.
LETTERS = "text => text.getBoundingClientRect().height"
BEYOND = """panel => Math.max(...[...panel.querySelectorAll('.degrees')].map((text, i) =>
  text.getBoundingClientRect().width - panel.querySelectorAll('rect.cell')[i].getBoundingClientRect().width))"""


def bottom(of: "Locator") -> float:
    box = of.bounding_box()
    assert box is not None
    return box["y"] + box["height"]


def test_pictures_grow_with_the_letters_and_what_plays_them_stays_in_sight(chromium: "Browser", address: str) -> None:
    context = chromium.new_context(viewport={"width": 1280, "height": HEIGHT})
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    go_to(page, address, "What a loss does")
    written = page.locator(".playground .degrees").first
    written.wait_for()
    usual = written.evaluate(LETTERS)
    with settings(page):
        page.get_by_text("Large, for a projector").click()
        settle(page)
    assert written.evaluate(LETTERS) >= 1.4 * usual
    assert page.locator(".playground .panel").first.evaluate(BEYOND) <= 0
    assert bottom(page.locator(".playground .ground").first) <= HEIGHT, "the points are in sight as a whole"
    go_to(page, address, "Watch a space form")
    for name in (".play", ".scrub"):
        assert bottom(page.locator(f".forming {name}")) <= HEIGHT
    go_to(page, address, "Who is in the test set")
    page.locator(".split-editor .cell").first.wait_for()
    name = page.locator(".split-editor .cell text").first
    assert name.evaluate(LETTERS) >= 1.4 * usual
    context.close()
