"""What is clicked and typed into tables and charts of angles: cells, triples, and the camera."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from app_in_browser import chart, choose, overflow, press_cell, settle
from first_screen import LEAST_SHARE, MAIN_PICTURES, share_of_picture

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

pytestmark = pytest.mark.browser
expect = pytest.importorskip("playwright.sync_api").expect

Visit = Callable[[str], "Page"]
ROW = 35  # pixels of a row of a table, and of its head


def tables(page: "Page") -> "Locator":
    """Those that can be seen; others lie in closed boxes."""
    return page.get_by_test_id("stDataFrame").filter(visible=True)


def press_row(page: "Page", table: "Locator", row: int) -> None:
    table.scroll_into_view_if_needed()
    page.wait_for_timeout(500)
    table.click(position={"x": 18, "y": ROW * (row + 1.5)})
    settle(page)


def open_box(page: "Page", title: str) -> None:
    page.get_by_test_id("stExpander").get_by_text(title).click()
    page.wait_for_timeout(1500)  # the box opens slowly


def press_pair(page: "Page", row: int, column: int, labels: int) -> None:
    """Press a cell of the audited table, as the picture draws it."""
    cells = chart(page, "The given angles in degrees").locator(".nsewdrag")
    cells.scroll_into_view_if_needed()
    box = cells.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] * (column + 0.5) / labels, box["y"] + box["height"] * (row + 0.5) / labels
    page.mouse.move(x - 3, y)
    page.mouse.move(x, y, steps=4)
    page.wait_for_timeout(300)
    page.mouse.click(x, y)
    settle(page)


def open_kumar(page: "Page") -> None:
    page.get_by_role("button", name="See an impossible one").click()
    expect(page.get_by_text("No directions have these angles")).to_be_visible()


def test_the_page_opens_on_a_possible_table_and_one_press_shows_an_impossible_one(visit: Visit) -> None:
    page = visit("Geometry audit")
    expect(page.get_by_text("These angles can exist.")).to_be_visible()
    for width, height in ((1280, 720), (390, 844)):
        page.set_viewport_size({"width": width, "height": height})
        page.reload()  # Streamlit's closed boxes keep the width at which they were drawn
        page.get_by_text("These angles can exist.").wait_for()
        choose(page, "Model", re.compile("^RAVDESS"))  # it opens on the newest, of whatever emotions
        assert share_of_picture(page, MAIN_PICTURES["geometry-audit"]) >= LEAST_SHARE
        expect(page.get_by_text("These angles can exist.")).to_be_in_viewport()
        assert overflow(page) == []
    page.set_viewport_size({"width": 1280, "height": 720})
    open_kumar(page)
    expect(page.get_by_text("From neutral to sad it is 89.78°")).to_be_visible()
    expect(chart(page, re.compile("From neutral to sad by way of happy"))).to_be_visible()
    page.get_by_role("button", name="Back to the model's angles").click()
    expect(page.get_by_text("These angles can exist.")).to_be_visible()


def test_a_changed_cell_changes_the_verdict_and_a_pressed_pair_the_picture(visit: Visit) -> None:
    page = visit("Geometry audit")
    open_kumar(page)
    open_box(page, "The table, to change its angles")
    cells = tables(page).first
    expect(cells).to_be_visible()
    cells.scroll_into_view_if_needed()
    page.wait_for_timeout(500)
    box = cells.bounding_box()
    assert box is not None
    page.mouse.dblclick(box["x"] + box["width"] - 60, box["y"] + ROW * 1.5)  # the first row's last cell
    field = page.locator("#portal input")
    expect(field).to_be_visible()
    field.fill("170")
    field.press("Enter")
    settle(page)
    expect(page.get_by_text("Changed here: neutral – surprise 170°.")).to_be_visible()
    expect(page.get_by_text("From neutral to surprise it is 170.00°")).to_be_visible()
    expect(chart(page, re.compile("From neutral to surprise by way of"))).to_be_visible()
    press_pair(page, 1, 6, 8)
    expect(page.get_by_role("combobox", name="Pair")).to_have_value(re.compile("^calm – disgust, by way of"))
    expect(chart(page, re.compile("From calm to disgust by way of"))).to_be_visible()
    press_pair(page, 2, 0, 8)  # in the lower half, too
    expect(chart(page, re.compile("From neutral to happy by way of"))).to_be_visible()
    page.get_by_role("button", name="Undo the changes").click()
    expect(page.get_by_text("From neutral to sad it is 89.78°")).to_be_visible()


def test_the_farthest_pair_of_a_pressed_cell_is_heard(visit: Visit, hear: Callable[["Locator"], float]) -> None:
    page = visit("Embedding space")
    press_cell(page, "neutral", "happy")
    page.get_by_test_id("stRadio").get_by_text("farthest", exact=True).click()
    settle(page)
    expect(page.get_by_text("that lie farthest apart")).to_be_visible()
    press_row(page, tables(page).first, 0)
    expect(page.locator("audio")).to_have_count(2)
    assert hear(page.locator("audio").first) > 0.3


@pytest.mark.parametrize("form", ["svg", "png"])
def test_the_camera_saves_the_matrix_without_a_network(visit: Visit, form: str) -> None:
    page = visit("Embedding space")
    page.get_by_role("tab", name="Take away").click()
    page.get_by_test_id("stRadio").get_by_text(form.upper(), exact=True).click()
    settle(page)
    camera = chart(page, "The angles as a figure to save").locator(".modebar-btn").first
    expect(camera).to_be_visible()
    page.context.set_offline(True)
    with page.expect_download() as download:
        camera.click()
    page.context.set_offline(False)
    start = Path(download.value.path()).read_bytes()[:8]
    assert start.startswith(b"<svg" if form == "svg" else b"\x89PNG")
    assert download.value.suggested_filename.endswith(f".{form}")
