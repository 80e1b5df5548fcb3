"""Listen in a browser: a sentence is typed and rated; its picture is drawn, by keyboard, on a desk and on a phone."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from app_in_browser import overflow, settle
from ui.views.listen.sentence import TITLE

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser
expect = pytest.importorskip("playwright.sync_api").expect


@pytest.mark.parametrize(("width", "height"), [(1280, 720), (390, 844)])
def test_a_typed_sentence_is_rated_in_a_picture(visit: Callable[[str], "Page"], width: int, height: int) -> None:
    page = visit("Listen")
    page.set_viewport_size({"width": width, "height": height})
    settle(page)
    page.get_by_text(TITLE).click()
    field = page.get_by_label("A sentence, in English")
    expect(field).to_be_visible()
    settle(page)
    expect(page.get_by_role("heading", name="Pleasant, excited")).to_be_visible()
    field.fill("The terrible war killed many children")
    field.press("Enter")
    expect(page.get_by_role("heading", name="Unpleasant")).to_be_visible()
    settle(page)
    for key in ("sentence-plane", "sentence-words"):
        drawn = page.locator(f".st-key-{key} .main-svg").first
        expect(drawn).to_be_visible()
        assert drawn.bounding_box()["width"] > 250  # type: ignore[index]
    assert overflow(page) == []
    field.fill("")
    field.press("Enter")
    expect(page.get_by_text("Expected a sentence; got no words")).to_be_visible()
