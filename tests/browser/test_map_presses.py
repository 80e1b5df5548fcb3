"""A press on the map is heard and joined to its neighbours; a press on the matrix rings two classes on it."""

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import numpy as np
import pytest

from app_in_browser import (
    PATIENCE,
    drawn_map,
    go_to,
    place_on_map,
    press_cell,
    press_on_map,
    settle,
)
from ser_core.labels import COLOURS
from tests.browser.map_seen import PLANE, STATE, count_near

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser
expect = pytest.importorskip("playwright.sync_api").expect

Visit = Callable[[str], "Page"]


def test_a_pressed_point_tells_its_name_its_sound_and_its_neighbours(visit: Visit) -> None:
    page = visit("Embedding space")
    figure = drawn_map(page, PLANE)
    x, y = place_on_map(figure, 7)
    page.mouse.move(x - 2, y)
    page.mouse.move(x, y, steps=3)
    name = figure.locator(".tip b").inner_text()
    assert name.endswith(".flac")
    page.mouse.click(x, y)
    settle(page)
    expect(page.get_by_test_id("stCaptionContainer").filter(has_text=name)).to_be_visible()
    expect(page.locator("audio")).to_have_count(1)
    expect(page.get_by_role("figure", name="Log-mel spectrogram")).to_be_visible()
    expect(page.get_by_text("Nearest of the utterances shown")).to_be_visible()


PLAYED = """
  window.played = [];
  const play = HTMLMediaElement.prototype.play;
  HTMLMediaElement.prototype.play = function () {
    const started = play.call(this);
    started.then(() => window.played.push(this.src)).catch(() => {});
    return started;
  };
"""


@pytest.fixture
def heard(chromium: "Browser", address: str) -> Iterator["Page"]:
    """Open the map in a browser that notes which sounds have begun."""
    context = chromium.new_context(viewport={"width": 1280, "height": 720})
    context.set_default_timeout(PATIENCE)
    context.add_init_script(PLAYED)
    page = context.new_page()
    go_to(page, address, "Embedding space")
    yield page
    context.close()


def test_a_press_plays_and_the_arrow_keys_walk_through_the_neighbours_with_sound(heard: "Page") -> None:
    figure = drawn_map(heard, PLANE)
    press_on_map(heard, figure, 7)
    heard.wait_for_function("window.played.length === 1")
    table = heard.get_by_text("Nearest of the utterances shown")
    expect(table).to_be_visible()
    near = figure.evaluate("figure => figure.pointMap.walk.indices")
    assert len(near) == 8
    expect(figure.locator(".walked")).to_contain_text("8 nearest")
    figure.get_by_role("application").focus()
    before = figure.evaluate(STATE)
    for step in (1, 2):
        heard.keyboard.press("ArrowRight")
        heard.wait_for_function(f"window.played.length === {1 + step}")
        expect(figure.locator(".walked")).to_contain_text(f"Neighbour {step} of 8")
    assert len(set(heard.evaluate("window.played"))) == 3, "three sounds"
    assert figure.evaluate(STATE) == before, "the map itself stays where it is"
    heard.keyboard.press("Enter")
    settle(heard)
    assert sorted(figure.evaluate(STATE)["selected"]) == sorted([7, near[1]])
    heard.keyboard.press("Escape")
    settle(heard)
    assert figure.evaluate(STATE)["selected"] == []
    expect(figure.locator(".walked")).to_be_hidden()


def test_the_lines_to_the_neighbours_are_really_drawn(visit: Visit) -> None:
    page = visit("Embedding space")
    figure = drawn_map(page, PLANE)
    press_on_map(page, figure, 7)
    page.mouse.move(0, 0)
    near, (x0, y0) = figure.evaluate("figure => [figure.pointMap.walk.indices, figure.pointMap.stage.placeOf(7)]")
    share = 0.5  # of the way to a neighbour
    for index in near:
        x1, y1 = figure.evaluate("(figure, index) => figure.pointMap.stage.placeOf(index)", index)
        if np.hypot(x1 - x0, y1 - y0) < 40:
            continue
        opaque = figure.evaluate(
            """(figure, [x, y]) => {
              const { marks } = figure.pointMap, ratio = devicePixelRatio;
              const [left, top] = [Math.round(x * ratio) - 2, Math.round(y * ratio) - 2];
              const { data } = marks.getContext('2d').getImageData(left, top, 5, 5);
              return data.some((value, i) => i % 4 === 3 && value > 60);
            }""",
            [x0 + share * (x1 - x0), y0 + share * (y1 - y0)],
        )
        assert opaque, index


def test_a_pressed_cell_rings_both_classes_before_the_page_answers_and_the_rest_fades(visit: Visit) -> None:
    page = visit("Embedding space")
    figure = drawn_map(page, PLANE)
    coloured = count_near(figure, COLOURS["boredom"])
    matrix = page.get_by_role("grid", name=re.compile("^Matrix of the angles"))
    cell = matrix.get_by_role("gridcell", name=re.compile("^sad and angry"))
    cell.evaluate("cell => cell.click()")
    ringed = figure.evaluate("""figure => {
      const { ringed, map } = figure.pointMap, column = map.columns.find(({ name }) => name === 'emotion');
      return [...new Set(ringed.map(index => column.entries[column.values[index]].name))].sort();
    }""")
    assert ringed == ["angry", "sad"]
    settle(page)
    expect(cell).to_have_attribute("aria-selected", "true")
    expect(page.get_by_text(re.compile(r"sad and angry: \d+\.\d°"))).to_be_visible()
    assert count_near(figure, COLOURS["boredom"]) < coloured / 2
    assert count_near(figure, COLOURS["sad"]) > 100
    press_cell(page, "sad", "angry")
    assert figure.evaluate("figure => figure.pointMap.ringed.length") == 0


def test_the_matrix_is_used_with_the_keyboard_alone(visit: Visit) -> None:
    page = visit("Embedding space")
    drawn_map(page, PLANE)
    matrix = page.get_by_role("grid", name=re.compile("^Matrix of the angles"))
    matrix.get_by_role("gridcell").first.focus()
    for key in ("ArrowRight", "ArrowDown", "ArrowDown"):
        page.keyboard.press(key)
    cell = matrix.get_by_role("gridcell", name=re.compile("^sad and happy"))
    expect(cell).to_be_focused()
    assert cell.evaluate("cell => getComputedStyle(cell).outlineStyle") == "dashed"
    page.keyboard.press("Enter")
    settle(page)
    expect(page.get_by_text(re.compile(r"sad and happy: \d+\.\d°"))).to_be_visible()
    assert matrix.get_by_role("gridcell").evaluate_all("cells => cells.filter(cell => cell.tabIndex === 0).length") == 1


def test_a_line_below_the_matrix_leads_from_a_pressed_cell_to_what_lies_behind_it(visit: Visit) -> None:
    page = visit("Embedding space")
    page.set_viewport_size({"width": 1280, "height": 720})
    press_cell(page, "sad", "angry")
    behind = page.get_by_role("heading", name="Behind the pressed cell")
    lead = page.get_by_role("link", name="The utterances behind this cell")
    expect(lead).to_be_in_viewport(ratio=1)
    expect(behind).not_to_be_in_viewport()
    lead.click()
    expect(behind).to_be_in_viewport(ratio=1)
    expect(page.get_by_role("heading", level=1, name="Embedding space")).to_have_count(1)


def test_the_filters_list_every_emotion_without_scrolling_in_the_list(visit: Visit) -> None:
    page = visit("Embedding space")
    page.set_viewport_size({"width": 1280, "height": 720})
    figure = drawn_map(page, PLANE)
    figure.get_by_role("button", name="Filter").click()
    names = figure.get_by_role("region", name="Filters").locator(".names").first
    assert names.get_by_role("checkbox").count() == 6
    assert names.evaluate("list => list.scrollHeight <= list.clientHeight")
    for box in names.get_by_role("checkbox").all():
        expect(box).to_be_in_viewport(ratio=1)
