"""The globe: an arrow for each class, great circles with the angles of the space, turned by mouse and keyboard."""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
import pytest

from app_in_browser import drawn_map, lasso_around, press_cell, settings, settle
from tests.browser.modules import evaluated
from tests.browser.test_map import count_near

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser
expect = pytest.importorskip("playwright.sync_api").expect

SPHERE = "point_map/browser/sphere.js"
NAMES = "point_map/browser/names.js"
EMOTIONS = ("neutral", "happy", "sad", "angry", "fearful", "boredom")
ARROWS = """async figure => {
  const { pointMap: map } = figure, pen = map.marks.getContext('2d');
  await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
  const { width, height } = map.stage.size(), matrix = map.camera.matrix(width, height);
  return Object.fromEntries(map.map.globe.arrows.map(({ name, colour, at }) => {
    const [x, y, z] = at.map(part => 1.2 * part), w = matrix[3] * x + matrix[7] * y + matrix[11] * z + matrix[15];
    const seen = row => (matrix[row] * x + matrix[4 + row] * y + matrix[8 + row] * z + matrix[12 + row]) / w;
    const place = [(seen(0) + 1) / 2 * width, (1 - seen(1)) / 2 * height];
    const [r, g, b, a] = pen.getImageData(...place.map(one => Math.round(one * devicePixelRatio)), 1, 1).data;
    return [name, { place, colour, drawn: a > 60 ? [r, g, b] : null }];
  }));
}"""


def test_the_globe_shows_the_arrow_of_each_class_and_turns_by_keyboard_and_mouse(
    visit: Callable[[str], "Page"],
) -> None:
    page = visit("Embedding space")
    with settings(page) as fields:
        fields.get_by_test_id("stRadio").get_by_text("3, on the unit sphere", exact=True).click()
    figure = drawn_map(page, re.compile("PCA on the unit sphere"))
    settle(page)
    expect(page.get_by_text(re.compile(r"most of all \w+ and \w+: \d+°, drawn as \d+°\."))).to_be_visible()
    before = figure.evaluate(ARROWS)
    assert tuple(before) == EMOTIONS
    for name, arrow in before.items():
        wanted = [int(arrow["colour"][i : i + 2], 16) for i in (1, 3, 5)]
        np.testing.assert_allclose(arrow["drawn"], wanted, atol=6, err_msg=name)

    canvas = figure.get_by_role("application")
    canvas.focus()
    page.keyboard.press("ArrowRight")
    turned = figure.evaluate(ARROWS)
    assert all(np.hypot(*np.subtract(turned[name]["place"], before[name]["place"])) > 3 for name in EMOTIONS)
    box = canvas.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 60, box["y"] + 300)
    page.mouse.down()
    page.mouse.move(box["x"] + 20, box["y"] + 300, steps=4)  # as far as an arrow key, the other way
    page.mouse.up()
    back = figure.evaluate(ARROWS)
    for name in EMOTIONS:
        np.testing.assert_allclose(back[name]["place"], before[name]["place"], atol=0.01)

    said = figure.locator(".told")
    press_cell(page, "sad", "angry")
    angle = page.get_by_role("gridcell", name=re.compile("^sad and angry")).inner_text()
    expect(said).to_contain_text(re.compile(rf"sad and angry: {angle}°, drawn as \d+°\."))
    figure.get_by_role("combobox", name="Angles from a class").select_option("boredom")
    expect(said).to_contain_text(re.compile(r"neutral and boredom: \d+°.*happy and boredom: .*fearful and boredom: "))
    near, far = (count_near(figure, back[name]["colour"]) for name in ("angry", "sad"))
    assert near > 100
    assert far < near / 10, "the far half, where sad lies, is fainter"


def test_a_lasso_around_the_whole_globe_takes_the_half_that_faces_the_viewer(visit: Callable[[str], "Page"]) -> None:
    page = visit("Embedding space")
    with settings(page) as fields:
        fields.get_by_test_id("stRadio").get_by_text("3, on the unit sphere", exact=True).click()
    figure = drawn_map(page, re.compile("PCA on the unit sphere"))
    settle(page)
    lasso_around(page, figure, list(range(144)))
    points, selected, eye = figure.evaluate(
        "({ pointMap: { map, selected, camera } }) => [[...map.points], [...selected], camera.eye()]"
    )
    places = np.array(points).reshape(-1, 3)
    assert len(places) == 144
    near = np.flatnonzero(places @ np.array(eye) > 1)  # the plane of the rim, beyond which the sphere hides its points
    assert 20 < len(near) < 124
    assert sorted(selected) == near.tolist()


def test_a_great_circle_keeps_to_the_sphere_and_to_the_plane_of_its_ends(
    modules: "Page", random: np.random.Generator
) -> None:
    ends = random.normal(size=(20, 2, 3))
    ends /= np.linalg.norm(ends, axis=2, keepdims=True)
    ends[0, 1] = -ends[0, 0]  # opposite points
    body = "return argument.map(([one, other]) => [greatCircle(one, other, 12), degreesBetween(one, other)]);"
    for (one, other), (arc, degrees) in zip(
        ends, evaluated(modules, {SPHERE: "greatCircle, degreesBetween"}, body, ends.tolist()), strict=True
    ):
        line = np.array(arc)
        angle = np.degrees(np.arctan2(np.linalg.norm(np.cross(one, other)), one @ other))
        assert degrees == pytest.approx(angle)
        np.testing.assert_allclose(np.linalg.norm(line, axis=1), 1)
        np.testing.assert_allclose(line[[0, -1]], [one, other], atol=1e-9)
        steps = np.linalg.norm(np.diff(line, axis=0), axis=1)
        np.testing.assert_allclose(steps, 2 * np.sin(np.radians(angle) / 24))  # equal, and together the shorter way
        if angle < 179:
            np.testing.assert_allclose(line @ np.cross(one, other), 0, atol=1e-9)


def test_what_lies_beyond_the_sphere_is_hidden(modules: "Page", random: np.random.Generator) -> None:
    eye = np.array([1.0, -2.0, 3.0])
    points = random.normal(size=(200, 3))
    points /= np.linalg.norm(points, axis=1, keepdims=True)
    points[100:] *= 1.2  # the tips of arrows
    found = evaluated(
        modules,
        {SPHERE: "isHidden, facing"},
        """const { points, eye } = argument;
          const all = Uint32Array.from(points, (_, index) => index);
          return [points.map(point => isHidden(point, eye)), [...facing(points.flat(), eye, all)]];""",
        {"points": points.tolist(), "eye": eye.tolist()},
    )
    way = np.linspace(0, 0.999, 2000)[:, None, None]
    within = np.linalg.norm(eye + way * (points - eye), axis=2).min(axis=0) < 1 - 1e-7
    assert found[0] == within.tolist()
    assert [index for index in found[1] if index < 100] == np.flatnonzero(~within[:100]).tolist()


def test_what_faces_the_viewer_is_drawn_larger_and_where_the_rotation_puts_it(modules: "Page") -> None:
    imports = {"point_map/browser/geometry.js": "project", "point_map/browser/camera.js": "Camera"}
    for turn in ([0.0, 0.0], [0.6, 0.0], [0.5, -0.4]):
        screen, eye = evaluated(
            modules,
            imports,
            """const { points, turn } = argument;
              const camera = new Camera(3, [1, 1, 1], { centre: [0, 0, 0], zoom: 1, turn }, true);
              const screen = new Float32Array(points.length);
              return [[...project(points, 3, camera.matrix(500, 500), 500, 500, screen)], camera.eye()];""",
            {"points": np.eye(3).ravel().tolist(), "turn": turn},
        )
        places = np.reshape(screen, (3, 3))
        x, y = places[:, 0] - 250, 250 - places[:, 1]
        near = np.array(eye) / np.linalg.norm(eye)
        yaw, pitch = turn
        # Turned by yaw around the upright axis, then by pitch around the one to the right; a right-handed system.
        right = np.array([np.cos(yaw), 0, np.sin(yaw)])
        towards = np.array([-np.sin(yaw) * np.cos(pitch), np.sin(pitch), np.cos(yaw) * np.cos(pitch)])
        up = np.cross(towards, right)
        np.testing.assert_allclose(near, towards, atol=1e-9)
        larger = np.linalg.norm(eye) / (np.linalg.norm(eye) - near)  # what is nearer to the eye, as perspective has it
        scale = 250 * 0.94
        np.testing.assert_allclose(x, scale * right * larger, atol=1e-3)
        np.testing.assert_allclose(y, scale * up * larger, atol=1e-3)


def test_the_rim_is_where_lines_of_sight_touch_and_the_graticule_lies_on_the_sphere(modules: "Page") -> None:
    eye = np.array([1.0, -2.0, 3.0])
    circle, ends = evaluated(
        modules, {SPHERE: "rim, graticule"}, "return [rim(argument, 32), [...graticule()]];", eye.tolist()
    )
    places = np.array(circle)
    np.testing.assert_allclose(np.linalg.norm(places, axis=1), 1)
    np.testing.assert_allclose(
        ((places - eye) * places).sum(axis=1), 0, atol=1e-9
    )  # a tangent meets its radius squarely
    np.testing.assert_allclose(places[0], places[-1])
    assert len(np.unique(places.round(6), axis=0)) == 32
    pieces = np.reshape(ends, (-1, 2, 3))
    np.testing.assert_allclose(np.linalg.norm(pieces, axis=2), 1, atol=1e-6)
    heights = np.degrees(np.arcsin(np.clip(pieces[..., 1], -1, 1)))
    level = np.abs(np.diff(heights, axis=1)[:, 0]) < 1e-3
    assert {round(float(height)) for height in heights[level].ravel()} == {-60, -30, 0, 30, 60}
    turns = np.degrees(np.arctan2(pieces[~level].mean(axis=1)[:, 0], pieces[~level].mean(axis=1)[:, 2]))
    assert {round(float(turn)) % 360 for turn in turns} == set(range(0, 360, 30))


def test_names_cover_neither_each_other_nor_a_marker(modules: "Page", random: np.random.Generator) -> None:
    tips = [[300, 200], [308, 214], [20, 100], [590, 380], [300, 20]]
    labels = [{"at": at, "way": 1 if at[0] > 300 else -1, "width": 70, "height": 20} for at in tips]
    stage = {"x": 0, "y": 5, "width": 600, "height": 395}
    body = "return besideTips(argument.labels, argument.stage);"
    places = np.array(evaluated(modules, {NAMES: "besideTips"}, body, {"labels": labels, "stage": stage}))
    boxes = np.hstack([np.subtract(places, (35, 10)), np.add(places, (35, 10))])
    assert (boxes >= (0, 5, 0, 5)).all()
    assert (boxes <= (600, 400, 600, 400)).all()
    for number, (left, top, right, bottom) in enumerate(boxes):
        assert not any(left < x < right and top < y < bottom for x, y in tips), number
        for other in boxes[:number]:
            assert right <= other[0] or left >= other[2] or bottom <= other[1] or top >= other[3], number
