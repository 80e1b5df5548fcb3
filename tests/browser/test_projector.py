"""The switch "Large, for a projector" enlarges the lessons' own pictures; they and their controls are seen together."""

from itertools import combinations
from typing import TYPE_CHECKING

import pytest

from app_in_browser import PATIENCE, go_to, settings, settle

if TYPE_CHECKING:
    from playwright.sync_api import Browser, FloatRect, Locator

pytestmark = pytest.mark.browser
HEIGHT = 720
# How high the letters of a picture are on the screen, and how far what is written is wider than its cell.
LETTERS = "text => text.getBoundingClientRect().height"
TABLE_LETTERS = """table => {
  const grid = table.querySelector('[style*="--gdg-base-font-style"]');
  return Number(/([\\d.]+)px/.exec(getComputedStyle(grid).getPropertyValue('--gdg-base-font-style'))[1]);
}"""
BEYOND = """panel => Math.max(...[...panel.querySelectorAll('.degrees')].map((text, i) =>
  text.getBoundingClientRect().width - panel.querySelectorAll('rect.cell')[i].getBoundingClientRect().width))"""


def bottom(of: "Locator") -> float:
    box = of.bounding_box()
    assert box is not None
    return box["y"] + box["height"]


def overlap(one: "FloatRect | None", other: "FloatRect | None") -> bool:
    """Tell whether two boxes share more than the room that fonts leave above and below letters."""
    assert one is not None
    assert other is not None
    width = min(one["x"] + one["width"], other["x"] + other["width"]) - max(one["x"], other["x"])
    height = min(one["y"] + one["height"], other["y"] + other["height"]) - max(one["y"], other["y"])
    return width > 0 and height > 0.35 * min(one["height"], other["height"])


def test_pictures_grow_with_the_letters_and_are_seen_whole_with_their_controls(  # without scrolling
    chromium: "Browser", address: str
) -> None:
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
    for act in ("step", "run", "undo", "reset"):
        assert bottom(page.locator(f".playground [data-act={act}]")) <= HEIGHT
    for panel in page.locator(".playground .panel").all():
        assert bottom(panel.locator(".ground")) <= HEIGHT, "the points"
        assert bottom(panel.locator(".matrix")) <= HEIGHT, "the angles between the emotions"
        assert bottom(panel.locator(".curve")) <= HEIGHT, "the loss over the steps"
    names = [name.bounding_box() for name in page.locator(".playground .panel").first.locator(".role").all()]
    assert not any(overlap(one, other) for one, other in combinations(names, 2)), "anchor, positive, negative"
    go_to(page, address, "Watch a space form")
    for name in (".play", ".scrub", ".legend"):
        assert bottom(page.locator(f".forming {name}")) <= HEIGHT
    go_to(page, address, "Who is in the test set")
    page.locator(".split-editor .cell").first.wait_for()
    name = page.locator(".split-editor .cell text").first
    assert name.evaluate(LETTERS) >= 1.4 * usual
    for part in ("[data-split=random]", "[data-act=reset]", ".verdict", ".picture", ".scores"):
        assert bottom(page.locator(f".split-editor {part}")) <= HEIGHT, part
    written = [text.bounding_box() for text in page.locator(".split-editor .scores .told").filter(visible=True).all()]
    assert not any(overlap(one, other) for one, other in combinations(written, 2)), "what is written beside the dots"
    context.close()


def test_a_table_that_is_seen_when_the_switch_is_pressed_grows_with_the_page(chromium: "Browser", address: str) -> None:
    context = chromium.new_context(viewport={"width": 1280, "height": HEIGHT})
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    go_to(page, address, "Two spaces")
    table = page.get_by_test_id("stDataFrame").filter(visible=True).first
    table.wait_for()
    usual = table.evaluate(TABLE_LETTERS)
    with settings(page):
        page.get_by_text("Large, for a projector").click()
        settle(page)
    for _ in range(50):
        if table.evaluate(TABLE_LETTERS) != usual:
            break
        page.wait_for_timeout(100)
    assert table.evaluate(TABLE_LETTERS) == pytest.approx(1.5 * usual)
    context.close()


def test_in_the_low_window_of_an_old_projector_the_lessons_with_pictures_of_their_own_need_no_scrolling(
    chromium: "Browser", address: str
) -> None:
    low = 600
    context = chromium.new_context(viewport={"width": 1024, "height": low})
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    go_to(page, address, "What a loss does")
    with settings(page):
        page.get_by_text("Large, for a projector").click()
        settle(page)
    page.locator(".playground .degrees.close").first.wait_for()
    for act in ("step", "run", "undo", "reset"):
        assert bottom(page.locator(f".playground [data-act={act}]")) <= low
    panels = page.locator(".playground .panel").all()
    assert len(panels) == 2
    for panel in panels:
        assert panel.evaluate(BEYOND) <= 0
        for part in (".ground", ".matrix", ".curve"):
            assert bottom(panel.locator(part)) <= low, part
        axes = panel.locator(".curve .axes").bounding_box()
        assert axes is not None
        assert axes["height"] >= 30, "the loss over the steps is drawn"
    go_to(page, address, "Who is in the test set")
    page.locator(".split-editor .cell").first.wait_for()
    for part in ("[data-split=random]", "[data-act=reset]", ".verdict", ".cell >> nth=-1", ".dot >> nth=-1"):
        assert bottom(page.locator(f".split-editor {part}")) <= low, part
    written = [text.bounding_box() for text in page.locator(".split-editor .scores .told").filter(visible=True).all()]
    assert not any(overlap(one, other) for one, other in combinations(written, 2)), "what is written beside the dots"
    context.close()
