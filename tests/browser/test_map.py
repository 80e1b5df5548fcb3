"""The map of the embedding space: drawn in the browser, where colour, zoom, filters and selection stay."""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
import pytest

from app_in_browser import (
    PATIENCE,
    drawn_map,
    go_to,
    lasso_around,
    place_on_map,
    press_on_map,
    settings,
    settle,
)
from ser_core.labels import COLOURS
from ser_core.plots.style import CATEGORIES
from tests.browser.map_seen import PLANE, STATE, count_near
from tests.browser.modules import evaluated

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser
expect = pytest.importorskip("playwright.sync_api").expect

Visit = Callable[[str], "Page"]
SPACE = re.compile("PCA in 3 dimensions of the utterances")


@pytest.fixture
def page(visit: Visit) -> "Page":
    """Open the demo model's map: what the page shows without a choice."""
    return visit("Embedding space")


def in_dimensions(page: "Page", dimensions: str) -> None:
    with settings(page) as fields:
        fields.get_by_test_id("stRadio").get_by_text(dimensions, exact=True).click()


def test_every_emotion_is_really_drawn_in_its_colour(page: "Page") -> None:
    figure = drawn_map(page, PLANE)
    for emotion in ("neutral", "happy", "sad", "angry", "fearful", "boredom"):
        assert count_near(figure, COLOURS[emotion]) > 100, emotion
        figure.get_by_role("button", name=emotion).click()
    page.wait_for_timeout(200)
    assert all(count_near(figure, COLOURS[emotion]) < 20 for emotion in ("happy", "sad", "angry"))


def test_a_lasso_reaches_the_panel_and_outlives_colour_rerun_and_projection(page: "Page") -> None:
    figure = drawn_map(page, PLANE)
    lasso_around(page, figure, [3, 4])
    selected = figure.evaluate(STATE)["selected"]
    assert {3, 4} <= set(selected)
    expect(page.get_by_text(re.compile(rf"^{len(selected)} utterances\. Choose a row"))).to_be_visible()
    figure.get_by_role("button", name="Zoom in").click()
    before = figure.evaluate(STATE)
    figure.get_by_role("combobox", name="Colour").select_option("speaker")
    expect(figure.locator(".legend")).not_to_contain_text("angry")
    page.wait_for_timeout(200)
    assert count_near(figure, CATEGORIES[0]) > 20, "the first speaker's colour, of the selected points"
    assert figure.evaluate(STATE) == before
    in_dimensions(page, "3")
    solid = drawn_map(page, SPACE)
    settle(page)
    assert solid.evaluate(STATE)["selected"] == selected
    expect(solid.get_by_role("combobox", name="Colour")).to_have_value("speaker")
    in_dimensions(page, "2")
    assert drawn_map(page, PLANE).evaluate(STATE) == before


def test_the_points_cross_once_and_a_selection_is_answered_with_little(chromium: "Browser", address: str) -> None:
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    frames: list[bytes] = []
    page.on("websocket", lambda socket: socket.on("framereceived", lambda frame: frames.append(_bytes(frame))))
    go_to(page, address, "Embedding space")
    figure = drawn_map(page, PLANE)
    assert sum(b"SERM" in frame for frame in frames) == 1
    frames.clear()
    press_on_map(page, figure, 3)
    press_on_map(page, figure, 50)
    assert frames
    assert not any(b"SERM" in frame for frame in frames)
    context.close()


def _bytes(frame: str | bytes) -> bytes:
    return frame.encode() if isinstance(frame, str) else frame


def test_what_is_outside_of_a_lasso_turns_grey_and_escape_ends_the_selection(page: "Page") -> None:
    figure = drawn_map(page, PLANE)
    coloured = count_near(figure, COLOURS["sad"])
    press_on_map(page, figure, 0)
    assert count_near(figure, COLOURS["sad"]) < coloured / 2
    page.keyboard.press("Escape")
    settle(page)
    expect(page.get_by_text("Press a point, or draw a lasso")).to_be_visible()
    page.mouse.move(0, 0)
    assert count_near(figure, COLOURS["sad"]) > 0.9 * coloured


def test_points_are_selected_in_space_too_after_a_turn(page: "Page") -> None:
    in_dimensions(page, "3")
    figure = drawn_map(page, SPACE)
    settle(page)
    turn = figure.evaluate(STATE)["turn"]
    x, y = place_on_map(figure, 5)
    page.mouse.move(x + 30, y + 30)
    page.mouse.down()
    page.mouse.move(x + 90, y + 50, steps=4)
    page.mouse.up()
    assert figure.evaluate(STATE)["turn"] != turn
    lasso_around(page, figure, [5])
    assert 5 in figure.evaluate(STATE)["selected"]
    expect(page.locator("audio").or_(page.get_by_text("Choose a row to hear it")).first).to_be_visible()


def test_the_map_is_used_with_the_keyboard_alone(page: "Page") -> None:
    figure = drawn_map(page, PLANE)
    figure.get_by_role("button", name="Save picture").focus()
    page.keyboard.press("Tab")
    canvas = figure.get_by_role("application")
    expect(canvas).to_be_focused()
    assert canvas.evaluate("canvas => getComputedStyle(canvas).outlineStyle") == "solid"
    before = figure.evaluate(STATE)
    page.keyboard.press("ArrowRight")
    page.keyboard.press("+")
    after = figure.evaluate(STATE)
    assert after["zoom"] > before["zoom"]
    assert after["centre"][0] > before["centre"][0]
    page.keyboard.press("Enter")
    settle(page)
    assert len(figure.evaluate(STATE)["selected"]) == 1
    expect(page.locator("audio")).to_have_count(1)
    figure.get_by_role("searchbox", name="Find").fill("voice09_sad")
    page.keyboard.press("Enter")
    settle(page)
    expect(figure.locator(".unseen")).to_contain_text("Selected:")


def test_the_map_covers_half_of_the_first_screen_of_a_window_and_of_a_phone(chromium: "Browser", address: str) -> None:
    for width, height in ((1280, 720), (390, 844)):
        page = chromium.new_page(viewport={"width": width, "height": height})
        page.set_default_timeout(PATIENCE)
        go_to(page, address, "Embedding space")
        drawn_map(page, PLANE)
        box = page.locator("figure.map canvas.points").bounding_box()
        assert box is not None
        across = min(width, box["x"] + box["width"]) - max(0, box["x"])
        down = min(height, box["y"] + box["height"]) - max(0, box["y"])
        assert across * down >= width * height / 2, (width, box)
        page.close()


def test_a_filter_by_names_and_by_numbers_hides_points_and_the_page_can_undo_it(page: "Page") -> None:
    figure = drawn_map(page, PLANE)
    figure.get_by_role("button", name="Filter").click()
    panel = figure.get_by_role("region", name="Filters")
    visible = "figure => figure.pointMap.visible.length"
    whole = figure.evaluate(visible)
    panel.get_by_role("checkbox", name="boredom").first.uncheck()
    assert figure.evaluate(visible) == whole - 24
    low = panel.get_by_role("spinbutton", name="confidence, at least")
    low.fill("0.9")
    low.press("Enter")
    shown = figure.evaluate("""figure => {
      const { map, visible } = figure.pointMap, column = map.columns.find(({ name }) => name === 'confidence');
      return [...visible].map(index => column.values[index]);
    }""")
    assert 0 < len(shown) < whole - 24
    assert min(shown) >= 0.9
    bars = panel.get_by_role("img", name=re.compile("^Histogram of confidence"))
    box = bars.bounding_box()
    assert box is not None
    bars.scroll_into_view_if_needed()
    box = bars.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 2, box["y"] + 20)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 20, steps=4)
    page.mouse.up()
    least, greatest = figure.evaluate("figure => figure.pointMap.memory.limits.get('confidence')")
    assert least < greatest < 0.9
    panel.get_by_role("button", name="Show all").click()
    assert figure.evaluate(visible) == whole
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(figure.get_by_role("button", name="Filter")).to_be_focused()


def test_the_map_fills_the_screen_on_request(page: "Page") -> None:
    figure = drawn_map(page, PLANE)
    full = figure.get_by_role("button", name="Full screen")
    full.click()
    page.wait_for_timeout(300)
    expect(full).to_have_attribute("aria-pressed", "true")
    box = figure.locator("canvas.points").bounding_box()
    assert box is not None
    assert box["height"] >= 0.95 * page.evaluate("innerHeight")
    full.click()
    expect(full).to_have_attribute("aria-pressed", "false")


def test_what_was_selected_is_there_after_a_look_at_another_page(page: "Page", address: str) -> None:
    press_on_map(page, drawn_map(page, PLANE), 2)
    go_to(page, address, "Home")
    go_to(page, address, "Embedding space")
    figure = drawn_map(page, PLANE)
    settle(page)
    assert figure.evaluate(STATE)["selected"] == [2]
    expect(page.locator("audio")).to_have_count(1)


def test_lost_graphics_come_back(page: "Page") -> None:
    figure = drawn_map(page, PLANE)
    before = count_near(figure, COLOURS["angry"])
    figure.evaluate("""figure => {
      const loss = figure.pointMap.renderer.gl.getExtension('WEBGL_lose_context');
      loss.loseContext();
      setTimeout(() => loss.restoreContext(), 500);
    }""")
    expect(figure.get_by_role("alert")).to_be_visible()
    expect(figure.get_by_role("alert")).to_be_hidden()
    page.wait_for_timeout(200)
    assert count_near(figure, COLOURS["angry"]) == pytest.approx(before, rel=0.05)


def test_fingers_move_zoom_and_press(chromium: "Browser", address: str) -> None:
    context = chromium.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    go_to(page, address, "Embedding space")
    figure = drawn_map(page, PLANE)
    x, y = place_on_map(figure, 9)
    before = figure.evaluate(STATE)
    fingers = context.new_cdp_session(page)

    def touch(kind: str, *places: tuple[float, float]) -> None:
        points = [{"x": at[0], "y": at[1], "id": number} for number, at in enumerate(places)]
        fingers.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    touch("touchStart", (x, y), (x + 20, y))
    for apart in (40, 60, 80):
        touch("touchMove", (x, y), (x + apart, y))
    touch("touchEnd")
    assert figure.evaluate(STATE)["zoom"] > 2 * before["zoom"]
    x, y = place_on_map(figure, 9)
    page.touchscreen.tap(x, y)
    settle(page)
    assert len(figure.evaluate(STATE)["selected"]) == 1
    context.close()


def test_a_browser_without_webgl2_gets_the_simple_map_and_is_told(without_webgl2: "Page", address: str) -> None:
    go_to(without_webgl2, address, "Embedding space")
    expect(without_webgl2.get_by_text("The simple map: this browser has no WebGL2")).to_be_visible()
    expect(without_webgl2.get_by_role("figure", name=PLANE).locator(".scatterlayer .point").first).to_be_attached()


def test_the_geometry_of_lassos(modules: "Page") -> None:
    geometry = {"point_map/browser/geometry.js": "insidePolygon, nearestTo, thinned"}
    square = [0, 0, 10, 0, 10, 10, 0, 10]
    horseshoe = [0, 0, 9, 0, 9, 9, 6, 9, 6, 3, 3, 3, 3, 9, 0, 9]
    random = np.random.default_rng(0)
    places = random.uniform(-2, 12, (200, 2)).tolist()
    lies_inside = "return argument.places.map(([x, y]) => insidePolygon(x, y, argument.line));"
    inside = evaluated(modules, geometry, lies_inside, {"places": places, "line": square})
    assert inside == [0 < x < 10 and 0 < y < 10 for x, y in places]
    inside = evaluated(modules, geometry, lies_inside, {"places": places, "line": horseshoe})
    assert inside == [0 < x < 9 and 0 < y < 9 and not (3 < x < 6 and y > 3) for x, y in places]
    thinned = evaluated(modules, geometry, "return thinned(argument, 2);", [0, 0, 1, 0, 2, 0, 2, 1, 9, 9])
    assert thinned == [0, 0, 2, 0, 9, 9]
    nearest = evaluated(
        modules,
        geometry,
        "return [4, 0.5].map(reach => nearestTo(argument, [0, 1, 2], 5, 5, reach));",
        [0, 0, 0, 6, 5, 0.9, 6, 5, 0.1],
    )
    assert nearest == [2, -1], "of two at one place the one in front; none out of reach"


def test_what_is_drawn_and_what_a_lasso_meets_agree(modules: "Page") -> None:
    imports = {"point_map/browser/geometry.js": "project", "point_map/browser/camera.js": "Camera"}
    points = np.random.default_rng(1).uniform(-1, 1, (50, 3))
    matrix, screen = evaluated(
        modules,
        imports,
        """const points = argument;
          const camera = new Camera(3, [1, 1]);
          camera.orbit(120, -40); camera.pan(13, 7, 600, 400); camera.zoomBy(1.7, 10, 10, 600, 400);
          const matrix = camera.matrix(600, 400), screen = new Float32Array(points.length);
          return [[...matrix], [...project(points, 3, matrix, 600, 400, screen)]];""",
        points.ravel().tolist(),
    )
    clip = np.c_[points, np.ones(50)] @ np.reshape(matrix, (4, 4))  # its columns lie one after another
    expected = np.c_[(clip[:, 0] / clip[:, 3] + 1) * 300, (1 - clip[:, 1] / clip[:, 3]) * 200]
    np.testing.assert_allclose(np.reshape(screen, (50, 3))[:, :2], expected, atol=1e-3)


def test_a_stretched_map_fills_its_stage_along_both_axes(modules: "Page") -> None:
    imports = {"point_map/browser/geometry.js": "stretchedTo, project", "point_map/browser/camera.js": "Camera"}
    points = np.random.default_rng(2).uniform(-1, 1, (40, 2)) * (1, 0.7)
    points *= (1, 0.7) / np.abs(points).max(axis=0)
    for width, height in ((1200, 400), (360, 520)):
        screen = evaluated(
            modules,
            imports,
            """const { points, width, height } = argument;
              const map = stretchedTo({ points: new Float32Array(points), reach: [1, 0.7, 0.05] }, { width, height });
              const matrix = new Camera(2, map.reach).matrix(width, height);
              return [...project(map.points, 2, matrix, width, height, new Float32Array(points.length * 1.5))];""",
            {"points": points.ravel().tolist(), "width": width, "height": height},
        )
        reached = np.abs(np.reshape(screen, (40, 3))[:, :2] - (width / 2, height / 2)).max(axis=0)
        np.testing.assert_allclose(reached, (0.47 * width, 0.47 * height), rtol=1e-5)
