"""The map of the embedding space: drawn in the browser, where colour, zoom, filters and selection stay."""

import io
import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image

from app_in_browser import PATIENCE, choose, drawn_map, go_to, lasso_around, place_on_map, press_on_map, settle
from ser_core.labels import COLOURS
from ser_core.plots.style import CATEGORIES
from tests.browser.modules import evaluated

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

pytestmark = pytest.mark.browser
expect = pytest.importorskip("playwright.sync_api").expect

Visit = Callable[[str], "Page"]
PLANE = re.compile("PCA in 2 dimensions of the utterances")
SPACE = re.compile("PCA in 3 dimensions of the utterances")
STATE = "figure => JSON.parse(JSON.stringify({selected: figure.pointMap.selected, ...figure.pointMap.camera.state()}))"


@pytest.fixture
def page(visit: Visit) -> "Page":
    """Open the demo model's map."""
    page = visit("Embedding space")
    choose(page, "Model", re.compile("^Demo"))
    return page


def pixels(figure: "Locator") -> np.ndarray:
    shot = Image.open(io.BytesIO(figure.locator(".stage").screenshot())).convert("RGB")
    return np.asarray(shot).reshape(-1, 3).astype(int)


def count_near(figure: "Locator", colour: str, distance: int = 24) -> int:
    wanted = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)])
    return int((np.abs(pixels(figure) - wanted).max(axis=1) < distance).sum())


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
    figure.get_by_label("Colour").select_option("speaker")
    expect(figure.locator(".legend")).not_to_contain_text("angry")
    page.wait_for_timeout(200)
    assert count_near(figure, CATEGORIES[0]) > 20, "the first speaker's colour, of the selected points"
    assert figure.evaluate(STATE) == before
    page.get_by_test_id("stRadio").get_by_text("3", exact=True).click()
    solid = drawn_map(page, SPACE)
    settle(page)
    assert solid.evaluate(STATE)["selected"] == selected
    expect(solid.get_by_label("Colour")).to_have_value("speaker")
    page.get_by_test_id("stRadio").get_by_text("2", exact=True).click()
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


def test_a_pressed_point_tells_its_name_its_sound_and_its_neighbours(page: "Page") -> None:
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


def test_points_are_selected_in_space_too_after_a_turn(page: "Page") -> None:
    page.get_by_test_id("stRadio").get_by_text("3", exact=True).click()
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
    figure.get_by_label("Find").fill("voice09_sad")
    page.keyboard.press("Enter")
    settle(page)
    expect(figure.locator(".unseen")).to_contain_text("Selected:")


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
