"""The frame of the app: its pages, their addresses, and several visitors at once."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from app_in_browser import PATIENCE, answer_on, bring_sound, choose, go_to, overflow, running_app, settings, settle

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser
expect = pytest.importorskip("playwright.sync_api").expect

Visit = Callable[[str], "Page"]
SECTIONS = {
    "Hear": ["Listen", "Live", "Long recordings"],
    "Record": ["Recording studio", "Your voice"],
    "Models": ["Train", "Compare", "Library"],
    "Geometry": ["Embedding space", "Two spaces", "Geometry audit"],
    "Lessons": [
        "What a loss does",
        "Watch a space form",
        "Who is in the test set",
        "What a frame is",
        "A stranger's voice",
    ],
}
TITLES = ("Home", "Intended use", *(title for titles in SECTIONS.values() for title in titles))


def test_the_menu_leads_to_every_page_without_an_error(visit: Visit, address: str) -> None:
    page = visit("Home")
    for title in (*TITLES, "Home"):
        go_to(page, address, title)
        expect(page.get_by_test_id("stException")).to_have_count(0)
        expect(page.get_by_test_id("stAlertContentError")).to_have_count(0)


def test_a_page_opens_from_its_own_address_in_an_app_that_nobody_has_seen_yet(
    chromium: "Browser", tmp_path: Path
) -> None:
    with running_app(tmp_path / "workspace", tmp_path / "app.log") as address:
        context = chromium.new_context(viewport={"width": 1280, "height": 900})
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        page.goto(f"{address}/listen")
        expect(page.get_by_role("heading", level=1, name="Listen")).to_be_visible()
        settle(page)
        expect(page.get_by_role("link", name="Home", exact=True)).to_be_visible()
        expect(page.get_by_test_id("stTopNavSection")).to_have_text(list(SECTIONS))
        context.close()


def test_every_page_is_reached_with_the_keyboard_alone(visit: Visit) -> None:
    page = visit("Home")
    sections = page.get_by_test_id("stTopNavSection")
    for number, titles in enumerate(SECTIONS.values()):
        for place, title in enumerate(titles):
            sections.nth(number).focus()
            page.keyboard.press("Enter")
            items = page.get_by_test_id("stTopNavPopover").get_by_role("menuitem")
            expect(items).to_have_text(titles)
            expect(items.first).to_be_focused()
            for _ in range(place):
                page.keyboard.press("ArrowDown")
            expect(items.nth(place)).to_be_focused()
            page.keyboard.press("Enter")
            expect(page.get_by_role("heading", level=1, name=title)).to_be_visible()
            settle(page)


def test_on_a_narrow_screen_the_menu_opens_at_the_side_with_every_page(chromium: "Browser", address: str) -> None:
    context = chromium.new_context(viewport={"width": 390, "height": 844})
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    go_to(page, address, "Home")
    page.get_by_test_id("stExpandSidebarButton").click()
    links = page.get_by_test_id("stSidebarNav").get_by_role("link")
    expect(links).to_have_text(list(TITLES))
    assert overflow(page) == []
    links.filter(has_text="Two spaces").click()
    expect(page.get_by_role("heading", level=1, name="Two spaces")).to_be_visible()
    context.close()


def test_a_second_visitor_sees_the_same_finished_run_and_keeps_a_state_of_their_own(
    trained: Any, visit: Visit, address: str
) -> None:
    first = visit("Listen")
    bring_sound(first, "Upload a file")
    choose(first, "Model", trained.run)

    second = visit("Train")
    choose(second, "Run", trained.run)
    expect(second.get_by_text("Finished.")).to_be_visible()
    go_to(second, address, "Listen")
    expect(answer_on(second)).to_be_visible()  # of the clip with which the page opens, not of the other's
    choose(second, "Model", re.compile("^Demo"))

    go_to(first, address, "Home")
    go_to(first, address, "Listen")
    expect(answer_on(first)).to_have_count(0)
    bring_sound(first, "Demo clip")
    with settings(first):
        expect(first.get_by_role("combobox", name="Model", exact=True)).to_have_value(re.compile(trained.run))
    expect(answer_on(first)).to_be_visible()


@pytest.mark.parametrize(("first", "second", "model"), [
    ("Listen", "Embedding space", "^Demo"),
    ("Embedding space", "Listen", "^RAVDESS"),
])  # fmt: skip
def test_a_model_that_a_page_would_not_take_by_itself_stays_chosen_from_page_to_page(
    visit: Visit, address: str, first: str, second: str, model: str
) -> None:
    page = visit(first)
    with settings(page):
        expect(page.get_by_role("combobox", name="Model", exact=True)).not_to_have_value(re.compile(model))
    choose(page, "Model", re.compile(model))
    for title in (second, first, "Home", second, first):
        go_to(page, address, title)
        if title != "Home":
            with settings(page):
                expect(page.get_by_role("combobox", name="Model", exact=True)).to_have_value(re.compile(model))
