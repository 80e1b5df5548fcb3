"""The lesson "What a loss does": dragging, stepping, taking back, links and keys, as a class meets them."""

import itertools
import re
from collections.abc import Callable
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest

from app_in_browser import PATIENCE, settle
from ui.components.loss_playground.mount import CLASSES

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

pytestmark = pytest.mark.browser
expect = pytest.importorskip("playwright.sync_api").expect

Visit = Callable[[str], "Page"]
TITLE = "What a loss does"
ARROWS = "panel => [...panel.querySelectorAll('.arrows path:not([hidden])')].map(one => one.getAttribute('d'))"
MATRIX = "panel => panel.querySelector('.matrix').getAttribute('aria-label')"
THREAD_ENDS = """panel => [...panel.querySelectorAll('.threads .push:not([hidden])')]
  .map(one => [Number(one.getAttribute('x2')), Number(one.getAttribute('y2'))])"""
PLACES = "panel => [...panel.querySelectorAll('.point')].map(one => one.getAttribute('transform'))"
# The frame in which the picture changes after a pointer moved, counted from the one in which it did.
FRAMES = """async ([figure, pointer]) => {
  const { x, y, to } = pointer;
  const picture = figure.querySelector('.picture');
  const point = figure.querySelector('.point.positive');
  const send = (name, x, y, target) => target.dispatchEvent(new PointerEvent(name, {
    clientX: x, clientY: y, button: 0, pointerId: 1, bubbles: true, composed: true, isPrimary: true }));
  picture.setPointerCapture = () => {};
  const seen = () => figure.querySelector('.arrows').innerHTML + figure.querySelector('.matrix').innerHTML;
  await new Promise(requestAnimationFrame);
  send('pointerdown', x, y, point);
  const before = seen();
  send('pointermove', to[0], to[1], picture);
  for (let frame = 1; frame < 60; frame++) {
    await new Promise(requestAnimationFrame);
    if (seen() !== before) { send('pointerup', to[0], to[1], picture); return frame; }
  }
  return 60;
}"""


@pytest.fixture
def page(visit: Visit) -> "Page":
    return visit(TITLE)


def figure_of(page: "Page") -> "Locator":
    figure = page.locator(".playground")
    figure.locator(".point").first.wait_for()
    return figure


def panel(page: "Page", number: int = 0) -> "Locator":
    return figure_of(page).locator(".panel").nth(number)


def middle(place: "Locator") -> tuple[float, float]:
    box = place.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def drag(page: "Page", point: "Locator", right: float, down: float) -> None:
    x, y = middle(point.locator(".shape"))
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + right, y + down, steps=4)
    page.mouse.up()
    page.wait_for_timeout(100)


def loss(of: "Locator") -> float:
    found = re.search(r"loss (\S+)", str(of.get_attribute("aria-label")))
    assert found is not None
    return float(found[1])


def test_the_first_drag_changes_arrows_and_matrix_in_every_panel(page: "Page") -> None:
    before = [(one.evaluate(ARROWS), one.evaluate(MATRIX)) for one in (panel(page), panel(page, 1))]
    assert all(arrows for arrows, _ in before)
    drag(page, panel(page).locator(".point.positive"), -60, 50)
    for number, (arrows, matrix) in enumerate(before):
        assert panel(page, number).evaluate(ARROWS) != arrows
        assert panel(page, number).evaluate(MATRIX) != matrix


def test_of_one_triplet_no_arrow_is_left_once_its_negative_is_far_while_batch_hard_goes_on(page: "Page") -> None:
    alone, many = panel(page), panel(page, 1)
    expect(alone).to_have_attribute("aria-label", re.compile("^One triplet: loss [^0]|^One triplet: loss 0.[^0]"))
    ground, negative = alone.locator(".ground"), alone.locator(".point.negative .shape")
    (x, y), (px, py) = middle(ground), middle(negative)
    ax, ay = middle(alone.locator(".point.anchor .shape"))
    drag(page, alone.locator(".point.negative"), 2 * x - ax - px, 2 * y - ay - py)  # to the other side of the anchor
    assert loss(alone) == 0
    assert alone.evaluate(ARROWS) == []
    assert many.evaluate(ARROWS)


def test_the_negative_that_is_ringed_is_the_one_that_the_loss_compares(page: "Page") -> None:
    figure_of(page).get_by_label("Question").select_option("0")
    for of in (panel(page), panel(page, 1)):
        page.wait_for_timeout(100)
        ends = of.evaluate(THREAD_ENDS)
        place = of.locator(".point.negative").get_attribute("transform")
        assert place is not None
        x, y = (float(value) for value in re.findall(r"-?[\d.]+", place))
        assert min(abs(x - one) + abs(y - other) for one, other in ends) < 1, "a line from the anchor ends there"


def test_a_legend_names_the_emotions_and_one_step_is_one_step(page: "Page") -> None:
    figure = figure_of(page)
    assert figure.get_by_role("list", name="Emotions").get_by_role("listitem").all_text_contents() == list(CLASSES)
    figure.get_by_role("button", name="Step").click()
    expect(panel(page).locator(".curve").get_by_text("1 step", exact=True)).to_be_visible()


def test_a_drag_is_seen_in_the_next_frame(page: "Page") -> None:
    figure = figure_of(page)
    x, y = middle(panel(page).locator(".point.positive .shape"))
    handle = figure.element_handle()
    assert page.evaluate(FRAMES, [handle, {"x": x, "y": y, "to": [x - 50, y + 40]}]) <= 2


def test_steps_lower_the_loss_and_undo_takes_each_back(page: "Page") -> None:
    figure_of(page).get_by_label("Question").select_option("1")  # softmax and centre: a mean over all points
    softmax, centre = panel(page), panel(page, 1)
    expect(softmax).to_have_attribute("aria-label", re.compile("^Softmax"))
    places, values = [softmax.evaluate(PLACES)], [(loss(softmax), loss(centre))]
    for _ in range(3):
        figure_of(page).get_by_role("button", name="Step").click()
        page.wait_for_timeout(100)
        places.append(softmax.evaluate(PLACES))
        values.append((loss(softmax), loss(centre)))
    for before, after in itertools.pairwise(values):
        assert after[0] < before[0]
        assert after[1] < before[1]
    for before in reversed(places[:-1]):
        figure_of(page).get_by_role("button", name="Undo").click()
        page.wait_for_timeout(100)
        assert softmax.evaluate(PLACES) == before


def test_undo_takes_a_whole_drag_back_and_reset_goes_to_the_start(page: "Page") -> None:
    first = panel(page)
    start = first.evaluate(PLACES)
    drag(page, first.locator(".point.anchor"), 70, 40)
    dragged = first.evaluate(PLACES)
    assert dragged != start
    figure_of(page).get_by_role("button", name="Step").click()
    figure_of(page).get_by_role("button", name="Undo").click()
    page.wait_for_timeout(100)
    assert first.evaluate(PLACES) == dragged
    figure_of(page).get_by_role("button", name="Undo").click()
    page.wait_for_timeout(100)
    assert first.evaluate(PLACES) == start
    drag(page, first.locator(".point.anchor"), 70, 40)
    figure_of(page).get_by_role("button", name="Reset").click()
    page.wait_for_timeout(100)
    assert first.evaluate(PLACES) == start


def test_semi_hard_stops_while_classes_are_mixed_and_batch_hard_separates_them(page: "Page") -> None:
    figure = figure_of(page)
    figure.get_by_label("Question").select_option("0")
    figure.get_by_role("button", name="Run").click()
    expect(figure.get_by_role("button", name="Stop")).to_be_visible()
    expect(figure.get_by_role("button", name="Run")).to_be_visible(timeout=60_000)  # it has stopped by itself
    assert panel(page).evaluate(ARROWS) == panel(page, 1).evaluate(ARROWS) == []
    expect(panel(page).locator(".curve")).to_contain_text("no triplet to compare")
    apart = [nearest_classes(panel(page, number)) for number in (0, 1)]
    within = [widest_class(panel(page, number)) for number in (0, 1)]
    assert within[0] > apart[0], "left, a class is wider than the gap to its neighbour"
    assert within[1] < apart[1] / 2


def nearest_classes(of: "Locator") -> int:
    return min(int(found) for found in re.findall(r" to \w+ (\d+)°", of.evaluate(MATRIX)))


def widest_class(of: "Locator") -> int:
    return max(int(found) for found in re.findall(r"within \w+ (\d+)°", of.evaluate(MATRIX)))


def places_of(points: str | None) -> list[float]:
    return [float(part) for part in re.split("[ ,]", points or "")]


def test_a_link_restores_points_losses_and_margins_for_somebody_else(
    page: "Page", chromium: "Browser", address: str
) -> None:
    figure = figure_of(page)
    figure.get_by_label("Question").select_option("2")
    figure.get_by_label("Loss of panel 1").select_option("contrastive")
    figure.get_by_label("Margin of panel 2").fill("45")
    for _ in range(2):
        figure.get_by_role("button", name="Step").click()
    page.wait_for_timeout(100)
    figure.get_by_role("button", name="Copy a link to this").click()
    link = figure.get_by_label("Link to this state").input_value()
    assert len(link) < 1000
    assert set(parse_qs(urlsplit(link).query)) == {"state"}
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(PATIENCE)
    other = context.new_page()
    other.goto(link)
    assert link.startswith(address)
    for number in (0, 1):
        assert panel(other, number).evaluate(MATRIX) == panel(page, number).evaluate(MATRIX)
        assert loss(panel(other, number)) == pytest.approx(loss(panel(page, number)), rel=5e-3, abs=2e-3)
        curve = panel(other, number).locator(".curve")
        expect(curve.get_by_text("2 steps", exact=True)).to_be_visible()
        seen, back = (
            one.locator(".curve polyline").get_attribute("points")
            for one in (panel(page, number), panel(other, number))
        )
        assert places_of(back) == pytest.approx(places_of(seen), abs=1), "the curve as it was drawn, to a pixel"
    assert figure_of(other).get_by_label("Margin of panel 2").input_value() == "45"
    expect(figure_of(other).get_by_label("Question")).to_have_value("2")
    context.close()


def test_a_damaged_link_says_so_and_the_lesson_begins(chromium: "Browser", address: str) -> None:
    page = chromium.new_page()
    page.set_default_timeout(PATIENCE)
    page.goto(f"{address}/what_a_loss_does?state=1.cube")
    expect(figure_of(page).get_by_role("alert")).to_contain_text("Expected “circle” or “sphere” in the link")
    assert panel(page).evaluate(ARROWS)
    page.close()


@pytest.mark.parametrize("question", ["0", "1"])
def test_the_keyboard_alone_moves_a_point_steps_and_takes_back(page: "Page", question: str) -> None:
    figure = figure_of(page)
    chosen = figure.get_by_label("Question")
    chosen.select_option(question)
    chosen.focus()
    for _ in range(30):
        page.keyboard.press("Tab")
        if figure.evaluate("figure => figure.getRootNode().activeElement?.matches('.point') ?? false"):
            break
    first = panel(page)
    focused = first.locator(".point:focus")
    expect(focused).to_have_attribute("aria-label", re.compile(r"^\w+"))
    start = first.evaluate(PLACES)
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    page.wait_for_timeout(100)
    moved = first.evaluate(PLACES)
    assert [one != other for one, other in zip(start, moved, strict=True)].count(True) == 1
    page.keyboard.press("Enter")
    expect(first.locator(".point:focus")).to_have_attribute("aria-label", re.compile("anchor"))
    page.keyboard.press("s")
    page.wait_for_timeout(100)
    assert first.evaluate(PLACES) != moved
    for _ in range(3):
        page.keyboard.press("u")
    page.wait_for_timeout(100)
    assert first.evaluate(PLACES) == start
    page.keyboard.press("r")
    expect(figure.get_by_role("button", name="Stop")).to_be_visible()
    page.keyboard.press("r")
    expect(figure.get_by_role("button", name="Run")).to_be_visible()
    expect(first.locator(".point:focus")).to_have_count(1)  # Streamlit did not run the page at R


def test_a_finger_moves_a_point_on_a_phone_and_nothing_runs_over(chromium: "Browser", address: str) -> None:
    context = chromium.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.goto(f"{address}/what_a_loss_does")
    first = panel(page)
    settle(page)
    start = first.evaluate(PLACES)
    x, y = middle(first.locator(".point.positive .shape"))
    session = context.new_cdp_session(page)
    for kind, at in (("touchStart", (x, y)), ("touchMove", (x - 20, y + 30)), ("touchMove", (x - 40, y + 60))):
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": at[0], "y": at[1]}]})
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    page.wait_for_timeout(150)
    assert first.evaluate(PLACES) != start
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    context.close()


@pytest.mark.parametrize(("width", "height"), [(1280, 720), (390, 844)])
def test_the_picture_takes_half_of_the_first_screen(chromium: "Browser", address: str, width: int, height: int) -> None:
    context = chromium.new_context(viewport={"width": width, "height": height})
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.goto(f"{address}/what_a_loss_does")
    figure_of(page)
    settle(page)
    box = figure_of(page).locator(".picture").bounding_box()
    assert box is not None
    seen = min(height, box["y"] + box["height"]) - max(0, box["y"])
    assert seen * box["width"] >= width * height / 2
    small = figure_of(page).evaluate(
        """figure => [...figure.querySelectorAll('p, label, select, button, text, output, summary')]
          .filter(one => one.checkVisibility() && one.textContent.trim() && !one.matches('.tick, .unseen'))
          .filter(one => parseFloat(getComputedStyle(one).fontSize) < 16).map(one => one.className || one.tagName)"""
    )
    assert small == []
    context.close()


def test_every_loss_can_be_shown_beside_the_others(page: "Page") -> None:
    figure = figure_of(page)
    add = figure.get_by_label("Compare with")
    names = [name for name in add.evaluate("add => [...add.options].map(one => one.value)") if name]
    for name in names[:7]:
        add.select_option(name)
    expect(figure.locator(".panel")).to_have_count(9)
    expect(add).to_be_disabled()
    starts = [figure.locator(".panel").nth(number).evaluate(PLACES) for number in range(9)]
    shapes = [relative(start) for start in starts]
    assert all(shape == pytest.approx(shapes[0], abs=0.5) for shape in shapes), "all from the same start"
    figure.get_by_role("button", name="Close panel 9").click()
    expect(figure.locator(".panel")).to_have_count(8)


def relative(places: list[str]) -> list[float]:
    """Return the places of points as seen from the first of them."""
    found = [[float(value) for value in re.findall(r"-?[\d.]+", place)] for place in places]
    return [value - first for place in found for value, first in zip(place, found[0], strict=True)]
