"""A term of the glossary explains itself by pointer, keyboard and tap, and never outside the window."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from app_in_browser import PATIENCE, go_to
from ui.components.glossary import explanation

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser
expect = pytest.importorskip("playwright.sync_api").expect


def test_a_term_explains_itself_to_a_pointer_and_to_the_keyboard(visit: Callable[[str], "Page"]) -> None:
    page = visit("What a frame is")
    tip = page.get_by_role("tooltip")
    frame, spectrum = (page.get_by_role("button", name=name, exact=True) for name in ("frame", "spectrum"))
    expect(tip).to_have_count(0)  # a closed one is not there for a screen reader either
    frame.hover()
    expect(tip).to_have_text(explanation("frame"))
    tip.hover()  # it can be pointed at, and stays
    expect(tip).to_have_text(explanation("frame"))
    page.get_by_role("heading", level=1).hover()
    expect(tip).to_have_count(0)

    frame.focus()
    expect(tip).to_have_text(explanation("frame"))
    page.keyboard.press("Tab")
    expect(spectrum).to_be_focused()
    expect(tip).to_have_text(explanation("spectrum"))
    expect(spectrum).to_have_accessible_description(explanation("spectrum"))
    page.keyboard.press("Escape")
    expect(tip).to_have_count(0)
    expect(spectrum).to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(tip).to_have_text(explanation("frame"))
    frame.blur()
    expect(tip).to_have_count(0)


def test_only_one_explanation_is_open_whatever_has_the_focus_and_wherever_the_pointer_is(
    visit: Callable[[str], "Page"],
) -> None:
    page = visit("Embedding space")
    term, box = page.get_by_role("button", name="Map of the embedding", exact=True), page.locator(".tip[popover]")
    help_of_figure = page.get_by_test_id("stMetric").first.get_by_test_id("stTooltipHoverTarget")
    term.focus()
    expect(box).to_be_visible()
    help_of_figure.hover()
    expect(page.get_by_text("every neighbour is kept")).to_be_visible()
    expect(box).to_be_hidden()
    help_of_figure.locator("button, [tabindex]").first.focus()
    term.hover()
    expect(box).to_be_visible()
    expect(page.get_by_text("every neighbour is kept")).to_be_hidden()


def test_a_tapped_term_of_a_component_is_explained_inside_the_screen_of_a_phone(
    chromium: "Browser", address: str
) -> None:
    context = chromium.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    go_to(page, address, "What a loss does")
    tip = page.get_by_role("tooltip")
    for name in ("loss", "margin", "gradient"):
        page.locator(".playground .term").filter(has_text=name).tap()
        expect(tip).to_have_text(explanation(name))
        box = tip.bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["y"] >= 0
        assert box["x"] + box["width"] <= 390
        assert box["y"] + box["height"] <= 844
    page.locator(".playground .task").tap()
    expect(tip).to_have_count(0)
    context.close()
