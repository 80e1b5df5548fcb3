"""Two spaces: what is done on one map is seen on the other at once, and lasts."""

import io
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image

from app_in_browser import (
    choose,
    drawn_map,
    go_to,
    lasso_around,
    map_tools,
    overflow,
    place_on_map,
    settings,
    settle,
)
from ser_core.embeddings import Space, library
from ser_core.embeddings.snapshots import save_snapshot
from ser_core.inference import Atlas

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

pytestmark = pytest.mark.browser
expect = pytest.importorskip("playwright.sync_api").expect

Visit = Callable[[str], "Page"]
FIRST = re.compile("PCA in 2 dimensions of file before, the first space")
FIRST_OF_ANY = re.compile("the first space")
SECOND = re.compile("PCA in 2 dimensions of file after, the second space")
STATE = """figure => {
  const { selected, memory, camera, marked } = figure.pointMap;
  const hidden = [...memory.hidden].filter(([, codes]) => codes.size).map(([name, codes]) => [name, [...codes]]);
  const { colour, query } = memory;
  return JSON.parse(JSON.stringify({ selected, colour, query, hidden, ringed: marked.ringed, ...camera.state() }));
}"""
LINES = "figure => figure.pointMap.renderer.lined / 2"


@pytest.fixture(autouse=True)
def spaces(app_workspace: Path, address: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Keep the demo model's vectors, and others of the same utterances, as files in the app's workspace."""
    monkeypatch.setenv("SER_WORKSPACE", str(app_workspace))
    known = Atlas.load("demo-residual")
    told = known.frame[["file", "emotion", "speaker", "split"]]
    vectors = known.embeddings
    moved = vectors + np.random.default_rng(0).normal(scale=vectors.std(), size=vectors.shape)
    paths = [
        library.save_space(Space(told, vectors.astype(np.float32)), name)
        for name, vectors in (("before", vectors), ("after", moved))
    ]
    yield
    for path in paths:
        path.unlink()


@pytest.fixture
def page(visit: Visit) -> "Page":
    """Open both files side by side."""
    return side_by_side(visit("Two spaces"))


def side_by_side(page: "Page") -> "Page":
    with settings(page) as fields:
        fields.get_by_test_id("stButtonGroup").get_by_text("Two models or files").click()
        fields.get_by_role("combobox", name="First space", exact=True).wait_for()
        settle(page)
        choose(page, "First space", "file before")
        choose(page, "Second space", "file after")
    return page


def both(page: "Page") -> tuple["Locator", "Locator"]:
    return drawn_map(page, FIRST), drawn_map(page, SECOND)


def states(page: "Page") -> list[dict]:
    return [figure.evaluate(STATE) for figure in both(page)]


def choose_lines(page: "Page", which: str) -> None:
    with settings(page) as fields:
        fields.get_by_role("radiogroup", name="Lines from the first map").get_by_text(which, exact=True).click()


def pixels(figure: "Locator") -> np.ndarray:
    shot = Image.open(io.BytesIO(figure.locator(".stage").screenshot())).convert("RGB")
    return np.asarray(shot).astype(int)


def test_a_lasso_on_one_map_marks_in_both_at_once_and_in_the_table(page: "Page") -> None:
    first, second = both(page)
    lasso_around(page, first, [3, 4])
    one, other = states(page)
    assert {3, 4} <= set(one["selected"])
    assert one == other
    expect(page.get_by_role("heading", name="Selected utterances")).to_be_visible()
    choose_lines(page, "the selected")
    assert [figure.evaluate(LINES) for figure in both(page)] == [0, len(one["selected"])]

    with map_tools(first, second):
        second.get_by_role("radio", name="Move").click()
        expect(first.get_by_role("radio", name="Move")).to_have_attribute("aria-checked", "true")
    x, y = place_on_map(second, 8)
    page.mouse.move(x - 2, y)
    page.mouse.move(x, y, steps=3)
    assert first.evaluate("figure => figure.pointMap.hovered") == second.evaluate("figure => figure.pointMap.hovered")
    page.mouse.click(x, y)
    [pressed] = second.evaluate(STATE)["selected"]
    assert first.evaluate(STATE)["selected"] == [pressed], "before the page has answered"
    settle(page)
    assert second.evaluate(LINES) == 1
    page.keyboard.press("Escape")
    settle(page)
    assert [one["selected"] for one in states(page)] == [[], []]
    expect(page.get_by_role("heading", name="Utterances that moved most")).to_be_visible()


def test_what_is_chosen_in_the_table_is_ringed_on_both(page: "Page") -> None:
    table = page.get_by_test_id("stDataFrame").first
    table.scroll_into_view_if_needed()
    box = table.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + 16, box["y"] + 35 + 17)
    settle(page)
    expect(page.get_by_text("was not found: only its vector ships")).to_be_visible()
    one, other = states(page)
    assert len(one["ringed"]) == 1
    assert one["ringed"] == other["ringed"]


def test_zoom_and_filters_are_those_of_both_maps_and_outlive_colour_lines_and_reruns(page: "Page") -> None:
    first, second = both(page)
    x, y = place_on_map(second, 5)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 60, y - 40, steps=4)
    page.mouse.up()
    with map_tools(second):
        second.get_by_role("button", name="Zoom in").click()
    one, other = states(page)
    assert one == other
    assert one["zoom"] > 1
    assert one["centre"][0] < 0
    region = "figure => [...figure.pointMap.camera.matrix(600, 400)]"
    assert first.evaluate(region) == second.evaluate(region)

    with map_tools(first, second):
        first.get_by_role("combobox", name="Colour").select_option("speaker")
        expect(second.get_by_role("combobox", name="Colour")).to_have_value("speaker")
        expect(second.locator(".legend")).not_to_contain_text("angry")
        first.get_by_role("combobox", name="Colour").select_option("emotion")
        second.get_by_role("button", name="angry").click()
        expect(first.get_by_role("button", name="angry")).to_have_attribute("aria-pressed", "false")
        first.get_by_role("searchbox", name="Find").fill("voice09")
        expect(second.get_by_role("searchbox", name="Find")).to_have_value("voice09")
    before = states(page)
    assert before[0] == before[1]
    assert before[0] | {"ringed": [], "selected": []} == one | {"query": "voice09", "hidden": before[0]["hidden"]}

    choose_lines(page, "those that moved most")
    with settings(page) as fields:
        field = fields.get_by_role("spinbutton", name="Neighbours of an utterance")
        field.fill("7")
        field.press("Enter")
    expect(page.get_by_text("Of 7 neighbours the same")).to_be_visible()
    settle(page)
    assert states(page) == before


def test_lines_are_really_drawn_and_only_of_points_that_are_seen(page: "Page") -> None:
    first, second = both(page)
    plain = [pixels(figure) for figure in (first, second)]
    choose_lines(page, "those that moved most")
    page.mouse.move(0, 0)
    page.wait_for_timeout(300)
    lined = [pixels(figure) for figure in (first, second)]
    changed = [int((np.abs(one - other).max(axis=2) > 40).sum()) for one, other in zip(plain, lined, strict=True)]
    assert changed[0] == 0
    assert changed[1] > 200
    assert second.evaluate(LINES) == 30
    for name in ("neutral", "happy", "sad", "angry", "fearful", "boredom"):
        second.get_by_role("button", name=name).click()
    assert second.evaluate(LINES) == 0


def test_a_kept_view_brings_region_selection_and_filters_back(page: "Page", visit: Visit) -> None:
    first, second = both(page)
    lasso_around(page, first, [3, 4])
    with map_tools(second):
        second.get_by_role("button", name="Zoom in").click()
        second.get_by_role("combobox", name="Colour").select_option("speaker")
    choose_lines(page, "the selected")
    with map_tools(second):
        second.get_by_role("button", name="Keep view").click()
    settle(page)
    address = page.get_by_test_id("stCode").inner_text().strip()
    assert "zoom=1.4" in address
    page.get_by_label("Name", exact=True).fill("Two of them")
    page.get_by_role("button", name="Keep under this name").click()
    expect(page.get_by_text("“Two of them” is kept under Views.")).to_be_visible()
    settle(page)
    seen = states(page)

    with map_tools(first, second):
        first.get_by_role("button", name="Whole map").click()
        second.get_by_role("button", name="Clear selection").click()
        first.get_by_role("combobox", name="Colour").select_option("emotion")
    settle(page)
    page.get_by_text(re.compile(r"^Views \(")).click()
    page.get_by_role("button", name="Show it").click()
    expect(page.get_by_text("“Two of them” is shown.")).to_be_visible()
    settle(page)
    assert states(page) == seen
    expect(page.get_by_role("heading", name="Selected utterances")).to_be_visible()

    fresh = visit("Intended use")
    fresh.goto(address)
    expect(fresh.get_by_text("The view of the link is shown.")).to_be_visible()
    settle(fresh)
    assert states(fresh) == seen
    assert drawn_map(fresh, SECOND).evaluate(LINES) == len(seen[0]["selected"])


# As where the browser was busy: both wait for it, and Streamlit sends them in one message, to be run by the maps alone.
AT_ONCE = """([figure, button]) => {
  figure.pointMap.choose([3, 4]);
  button.click();
}"""


def test_a_press_in_the_same_moment_as_a_choice_on_a_map_reaches_the_page(visit: Visit, address: str) -> None:
    page = visit("Intended use")
    page.goto(f"{address}/two_spaces?neighbours=7")
    told = page.get_by_text("The view of the link is shown.")
    expect(told).to_be_visible()
    settle(page)
    figure, button = drawn_map(page, FIRST_OF_ANY), page.get_by_role("button", name="Close", exact=True)
    page.evaluate(AT_ONCE, [figure.element_handle(), button.element_handle()])
    expect(page.get_by_role("heading", name="Selected utterances")).to_be_visible()
    settle(page)
    expect(told).to_have_count(0)


def test_the_maps_are_used_with_the_keyboard_on_a_narrow_page(page: "Page") -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    settle(page)
    first, second = both(page)
    assert overflow(page) == []
    second.get_by_role("button", name="Tools").focus()
    page.keyboard.press("Tab")
    expect(second.get_by_role("application")).to_be_focused()
    before = first.evaluate(STATE)
    page.keyboard.press("ArrowRight")
    page.keyboard.press("+")
    after = first.evaluate(STATE)
    assert after["zoom"] > before["zoom"]
    assert after["centre"][0] > before["centre"][0]
    page.keyboard.press("Enter")
    settle(page)
    one, other = states(page)
    assert len(one["selected"]) == 1
    assert one == other
    expect(page.get_by_role("heading", name="Selected utterances")).to_be_visible()
    expect(first.locator(".unseen")).to_contain_text("Selected:")
    assert overflow(page) == []


def test_a_browser_without_webgl2_gets_two_simple_maps_and_is_told(without_webgl2: "Page", address: str) -> None:
    go_to(without_webgl2, address, "Two spaces")
    expect(without_webgl2.get_by_text("The simple map: this browser has no WebGL2")).to_be_visible()
    side_by_side(without_webgl2)
    for name in ("file before", "file after"):
        figure = without_webgl2.get_by_role("figure", name=f"PCA in 2 dimensions of {name}")
        expect(figure.locator(".scatterlayer .point").first).to_be_attached()


@pytest.fixture
def formed(app_workspace: Path) -> Iterator[str]:
    """Keep a run with three snapshots in the app's workspace; returns its name."""
    random = np.random.default_rng(1)
    known = Atlas.load("demo-residual")
    told = known.frame[["file", "emotion", "speaker", "split"]]
    run = app_workspace / "runs" / "formed"
    run.mkdir(parents=True)
    (run / "config.toml").write_text("")
    noise = random.normal(scale=known.embeddings.std(), size=known.embeddings.shape)
    for epoch, share in enumerate((1.0, 0.5, 0.0)):
        vectors = (1 - share) * known.embeddings + share * noise
        save_snapshot(run, told, vectors, epoch=epoch, stage="softmax", corpus="demo")
    yield run.name
    shutil.rmtree(run)


RECORDED = """figure => {
  window.places = [];
  const look = () => {
    if (figure.pointMap.opened) window.places.push(figure.pointMap.stage.placeOf(5).map(Math.round).join());
    window.recording = requestAnimationFrame(look);
  };
  look();
}"""


def test_the_page_opens_on_a_run_and_its_points_glide_between_the_epochs(visit: Visit, formed: str) -> None:
    page = visit("Two spaces")
    page.set_viewport_size({"width": 1280, "height": 720})
    figure = drawn_map(page, re.compile("utterances, epoch 2, softmax"))
    expect(page.get_by_text(f"{formed}: epochs 0 to 2")).to_be_visible()
    settle(page)
    box = figure.locator("canvas.points").bounding_box()
    assert box is not None
    assert box["width"] * (min(720, box["y"] + box["height"]) - box["y"]) >= 1280 * 720 / 2
    figure.evaluate("figure => figure.pointMap.choose([5], 5)")
    figure.evaluate(RECORDED)
    page.get_by_role("button", name="◀ Back").click()
    figure = drawn_map(page, re.compile("utterances, epoch 1, softmax"))
    settle(page)
    page.wait_for_timeout(1000)
    places = page.evaluate("(cancelAnimationFrame(window.recording), [...new Set(window.places)])")
    assert len(places) > 3, "it is seen between the two places"
    x, y = figure.evaluate("figure => figure.pointMap.stage.placeOf(5).map(Math.round)")
    assert places[-1] == f"{x},{y}"
    assert figure.evaluate("figure => figure.pointMap.selected") == [5]
