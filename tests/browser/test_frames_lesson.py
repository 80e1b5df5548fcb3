"""The lesson "What a frame is": the picture fills the first screen and follows the sliders."""

import re
from typing import TYPE_CHECKING

import pytest

from app_in_browser import PATIENCE, settle

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser
expect = pytest.importorskip("playwright.sync_api").expect


@pytest.mark.parametrize(("width", "height"), [(1280, 720), (390, 844)])
def test_the_picture_takes_half_of_the_first_screen_and_a_key_on_a_slider_changes_it(
    chromium: "Browser", address: str, width: int, height: int
) -> None:
    context = chromium.new_context(viewport={"width": width, "height": height})
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.goto(f"{address}/what_a_frame_is?source=lian-2018-pdt&hop=20")
    settle(page)
    box = page.locator(".js-plotly-plot .main-svg").first.bounding_box()
    assert box is not None
    assert (min(height, box["y"] + box["height"]) - max(0, box["y"])) * box["width"] >= width * height / 2
    picture = page.get_by_role("figure", name=re.compile("^Windows of"))
    expect(picture).to_have_attribute("aria-label", re.compile("^Windows of 20 ms every 20 ms"))
    page.get_by_role("slider", name="Window (ms)").focus()
    page.keyboard.press("ArrowRight")
    settle(page)
    expect(picture).to_have_attribute("aria-label", re.compile("^Windows of 21 ms every 20 ms"))
    context.close()
