"""A view lasts: an angle, a lasso, another colour and the sound, then kept, brought back, and opened by its link."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image

from app_in_browser import (
    drawn_map,
    go_to,
    lasso_around,
    overflow,
    press_cell,
    press_on_map,
    settings,
    settle,
)
from ser_core.labels import COLOURS

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

pytestmark = pytest.mark.browser
expect = pytest.importorskip("playwright.sync_api").expect

Visit = Callable[[str], "Page"]
PLANE = re.compile("PCA in 2 dimensions of the utterances")
LOOK = """figure => {
  const { selected, memory, camera } = figure.pointMap;
  const hidden = [...memory.hidden].filter(([, codes]) => codes.size).map(([name, codes]) => [name, [...codes]]);
  const { colour, query } = memory;
  return JSON.parse(JSON.stringify({ selected, colour, query, hidden, zoom: camera.zoom }));
}"""
MARKED = "figure => JSON.parse(JSON.stringify(figure.pointMap.marked))"


@pytest.fixture
def page(visit: Visit) -> "Page":
    """Open the demo model's map: what the page shows without a choice."""
    return visit("Embedding space")


def tick(page: "Page", table: "Locator", row: int) -> None:
    """Choose a row of a table, by the box before it."""
    table.scroll_into_view_if_needed()
    box = table.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + 16, box["y"] + 35 * (row + 1) + 17)
    settle(page)


def test_from_an_angle_to_a_view_that_lasts(
    page: "Page", visit: Visit, hear: Callable[["Locator"], float], app_workspace: Path
) -> None:
    press_cell(page, "neutral", "happy")
    expect(page.get_by_text(re.compile(r"neutral and happy: \d+\.\d°"))).to_be_visible()

    figure = drawn_map(page, PLANE)
    lasso_around(page, figure, [3, 4])
    selected = figure.evaluate(LOOK)["selected"]
    assert {3, 4} <= set(selected)
    figure.get_by_role("button", name="Zoom in").click()
    figure.get_by_role("button", name="sad").click()  # hidden
    figure.get_by_role("combobox", name="Colour").select_option("speaker")
    assert figure.evaluate(LOOK)["selected"] == selected

    table = page.get_by_test_id("stDataFrame").and_(page.locator(":right-of(figure.map)")).first
    tick(page, table, 1)
    assert hear(page.locator("audio").first) > 0.5
    page.wait_for_timeout(300)
    assert len(figure.evaluate(MARKED)["ringed"]) == 1

    figure.get_by_role("button", name="Keep view").click()
    settle(page)
    address = page.get_by_test_id("stCode").inner_text().strip()
    assert "colour=speaker" in address
    assert "hide.emotion=sad" in address
    page.get_by_label("Name", exact=True).fill("Between neutral and happy")
    page.get_by_role("button", name="Keep under this name").click()
    expect(page.get_by_text("“Between neutral and happy” is kept under Views.")).to_be_visible()
    assert [path.name for path in (app_workspace / "views").glob("*.json")] == ["Between-neutral-and-happy.json"]
    settle(page)
    seen = figure.evaluate(LOOK)

    figure.get_by_role("button", name="Whole map").click()
    figure.get_by_role("button", name="Clear selection").click()
    figure.get_by_role("combobox", name="Colour").select_option("emotion")
    settle(page)
    page.get_by_text(re.compile(r"^Views \(")).click()
    page.get_by_role("button", name="Show it").click()
    expect(page.get_by_text("“Between neutral and happy” is shown.")).to_be_visible()
    settle(page)
    assert drawn_map(page, PLANE).evaluate(LOOK) == seen

    fresh = visit("Intended use")
    fresh.goto(address)
    expect(fresh.get_by_text("The view of the link is shown.")).to_be_visible()
    settle(fresh)
    assert drawn_map(fresh, PLANE).evaluate(LOOK) == seen
    expect(fresh.get_by_text(re.compile(rf"^{len(selected)} utterances\. Choose a row"))).to_be_visible()


def test_what_keep_view_opens_is_seen_at_once_and_again_at_a_second_press_but_not_scrolled_to_later(
    page: "Page", address: str
) -> None:
    page.set_viewport_size({"width": 1280, "height": 720})
    figure = drawn_map(page, PLANE)
    keep, close = figure.get_by_role("button", name="Keep view"), page.get_by_role("button", name="Close", exact=True)
    for _ in range(2):
        page.get_by_role("heading", name="Embedding space").scroll_into_view_if_needed()
        keep.click()
        for part in (page.get_by_label("Name", exact=True), page.get_by_test_id("stCode"), close):
            expect(part).to_be_in_viewport(ratio=0.95)
    go_to(page, address, "Home")
    go_to(page, address, "Embedding space")
    drawn_map(page, PLANE)
    expect(close).to_have_count(1)
    expect(close).not_to_be_in_viewport()


def test_the_picture_holds_the_points_and_the_legend(page: "Page", tmp_path: Path) -> None:
    figure = drawn_map(page, PLANE)
    figure.get_by_role("button", name="sad").click()
    with page.expect_download() as download:
        figure.get_by_role("button", name="Save picture").click()
    assert download.value.suggested_filename.endswith(".png")
    download.value.save_as(tmp_path / "map.png")
    pixels = np.asarray(Image.open(tmp_path / "map.png").convert("RGB")).astype(int)
    assert pixels.shape[1] >= 2400

    def count(part: np.ndarray, colour: str) -> int:
        wanted = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)])
        return int((np.abs(part - wanted).max(axis=-1) < 24).sum())

    stage, legend = pixels[: pixels.shape[0] * 8 // 10], pixels[-pixels.shape[0] // 10 :]
    assert count(stage, COLOURS["angry"]) > 1000
    assert count(legend, COLOURS["angry"]) > 200
    assert count(pixels, COLOURS["sad"]) < 50, "what is hidden is neither drawn nor in the legend"
    figure.get_by_role("button", name="sad").click()  # the map goes on


def test_a_recorded_voice_lands_on_the_map(page: "Page") -> None:
    figure = drawn_map(page, PLANE)
    page.get_by_text("Place a recording of mine on this map").click()
    settle(page)
    page.get_by_test_id("stAudioInput").get_by_role("button", name="Record", exact=True).click()
    page.wait_for_timeout(3000)
    page.get_by_test_id("stAudioInput").get_by_role("button", name="Stop recording").click()
    expect(page.get_by_text("Nearest direction:")).to_be_visible()
    settle(page)
    placed = figure.evaluate(MARKED)["placed"]
    assert placed["name"] == "your recording"
    assert len(placed["at"]) == 2
    press_on_map(page, figure, 3)
    assert figure.evaluate(MARKED)["placed"] == placed


def test_a_hostile_link_leaves_the_page_alive(visit: Visit, address: str) -> None:
    page = visit("Intended use")
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(
        f"{address}/embedding_space?model=..%2F..%2Fetc%2Fpasswd&colour=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E"
        "&zoom=1e999&selected=javascript:alert(1)&hide.emotion=%3Cb%3E&constructor=1&__proto__=2"
    )
    expect(page.get_by_text("There is no model")).to_be_visible()
    settle(page)
    drawn_map(page, PLANE)
    assert not page.locator("img[src=x]").count()
    assert overflow(page) == []


def test_views_fit_a_narrow_page_and_the_keyboard(visit: Visit, address: str) -> None:
    page = visit("Intended use")
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{address}/embedding_space?colour=speaker")
    expect(page.get_by_text("The view of the link is shown.")).to_be_visible()
    settle(page)
    figure = drawn_map(page, PLANE)
    figure.get_by_role("button", name="Tools").focus()
    page.keyboard.press("Enter")
    figure.get_by_role("button", name="Keep view").focus()
    page.keyboard.press("Enter")
    settle(page)
    expect(page.get_by_test_id("stCode")).to_be_visible()
    assert overflow(page) == []


def test_a_cell_is_chosen_with_the_keyboard_alone_and_is_there_after_a_look_at_another_page(
    page: "Page", address: str
) -> None:
    with settings(page):
        for label, letters in (("Angle of", "sad"), ("and", "ang")):
            page.get_by_role("combobox", name=label, exact=True).focus()
            page.keyboard.type(letters)
            page.keyboard.press("Enter")
            settle(page)
    told = page.get_by_text(re.compile(r"sad and angry: \d+\.\d°"))
    expect(told).to_be_visible()
    press_cell(page, "neutral", "happy")
    expect(page.get_by_text(re.compile(r"neutral and happy: \d+\.\d°"))).to_be_visible()
    expect(told).to_have_count(0)
    go_to(page, address, "Home")
    go_to(page, address, "Embedding space")
    expect(page.get_by_text(re.compile(r"neutral and happy: \d+\.\d°"))).to_be_visible()
