"""The look of every page: nothing too small to read, content right below the menu, and large on a projector."""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from app_in_browser import go_to, path_of, settle
from ui.frame import MENU

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser
expect = pytest.importorskip("playwright.sync_api").expect

SMALL = """() => {
  const found = new Set(), texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const text = texts.currentNode, around = document.createRange(), parent = text.parentElement;
    around.selectNodeContents(text);
    const { width, height } = around.getBoundingClientRect();
    if (!text.textContent.trim() || !width || !height || parent.closest('style, script, noscript, svg')) continue;
    if (parent.closest('[data-testid="stIconMaterial"]')) continue;
    const { fontSize } = getComputedStyle(parent);
    if (parseFloat(fontSize) < 16) found.add(`${fontSize}: ${text.textContent.trim().slice(0, 40)}`);
  }
  return [...found];
}"""
PAGES = ("Home", "Library", "Intended use", "Listen", "Train", "Compare", "Recording studio", "Geometry audit")


def has_size(page: "Page", pixels: int) -> None:
    """Wait until the page's letters have a size; a busy server takes a while to answer a switch."""
    page.wait_for_function(f"getComputedStyle(document.documentElement).fontSize === '{pixels}px'")


@pytest.mark.parametrize("width", [1280, 390])
def test_no_text_of_a_page_is_smaller_than_16_pixels(visit: Callable[[str], "Page"], address: str, width: int) -> None:
    page = visit("Home")
    page.set_viewport_size({"width": width, "height": 720})
    for title in PAGES:
        page.goto(f"{address}/{path_of(title)}")
        page.get_by_role("heading", level=1).first.wait_for()
        settle(page)
        assert page.evaluate(SMALL) == [], title


def test_a_page_begins_with_its_title_right_below_the_menu(visit: Callable[[str], "Page"]) -> None:
    page = visit("Intended use")
    page.set_viewport_size({"width": 1280, "height": 720})
    heading = page.get_by_role("heading", level=1).bounding_box()
    switch = page.get_by_text("For experts").bounding_box()
    text = page.get_by_text("In one sentence").bounding_box()
    assert heading is not None
    assert switch is not None
    assert text is not None
    assert heading["y"] < 72
    assert abs(heading["y"] + heading["height"] / 2 - switch["y"] - switch["height"] / 2) < 4  # one row
    assert text["y"] < 130


def test_the_question_of_a_lesson_is_read_whole_on_a_phone(visit: Callable[[str], "Page"], address: str) -> None:
    page = visit("Home")
    page.set_viewport_size({"width": 390, "height": 844})
    for title in MENU["Lessons"].values():
        page.goto(f"{address}/{path_of(title)}")
        question = page.locator(".st-key-page-top-chosen p")
        expect(question).to_have_text(re.compile(r"^Lesson \d · .*\?$"))
        settle(page)
        assert question.evaluate("text => text.scrollWidth <= text.clientWidth"), title
        box = question.bounding_box()
        assert box is not None
        assert box["x"] >= 0, title
        assert box["x"] + box["width"] <= 390, title


def test_the_switch_for_a_projector_enlarges_all_pages_by_half_and_back(
    visit: Callable[[str], "Page"], address: str
) -> None:
    page = visit("Intended use")
    has_size(page, 16)
    page.get_by_role("button", name="Settings").click()
    page.get_by_text("Large, for a projector").click()
    settle(page)
    has_size(page, 24)
    go_to(page, address, "Train")
    has_size(page, 24)
    go_to(page, address, "Intended use")
    page.get_by_role("button", name="Settings").click()
    page.get_by_text("Large, for a projector").click()
    settle(page)
    has_size(page, 16)
