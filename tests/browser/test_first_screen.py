"""How much of the first screen a picture takes, measured in a page whose boxes are known."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

pytest.importorskip("playwright.sync_api")

from first_screen import MAIN_PICTURES, covered, share_of_picture, shortfall

if TYPE_CHECKING:
    from playwright.sync_api import Browser, FloatRect

SCREENSHOTS = Path(__file__).resolve().parents[2] / "tools" / "screenshots.py"
PAGE = """
<body style="margin: 0" data-testid="stApp" data-test-script-state="notRunning">
<main data-testid="stMain" style="height: 100vh; overflow: auto">
  <div style="height: 100px"></div><div class="shadow"></div><div style="height: 900px"></div>
</main></body>"""
# A canvas that covers the lower 400 of 500 pixels on the left, an SVG of which 100 x 400 lie on it, one that is hidden.
DRAWN = """() => {
  const root = document.querySelector('.shadow').attachShadow({ mode: 'open' });
  root.innerHTML = `<div style="position: relative">
    <canvas class="one" style="position: absolute; left: 0; width: 300px; height: 700px"></canvas>
    <svg class="two" style="position: absolute; left: 200px; width: 200px; height: 700px"></svg>
    <svg class="three" style="position: absolute; display: none; left: 400px; width: 200px; height: 700px"></svg>
  </div>`;
  document.querySelector('main').scrollTop = 400;
}"""


def box(x: float, y: float, width: float, height: float) -> "FloatRect":
    return {"x": x, "y": y, "width": width, "height": height}


def test_what_lies_outside_the_window_or_in_two_boxes_counts_once_or_not_at_all() -> None:
    assert covered([box(0, 0, 100, 50)], 100, 100) == 0.5
    assert covered([box(-50, 50, 100, 100)], 100, 100) == 0.25
    assert covered([box(0, 0, 60, 100), box(40, 0, 60, 100)], 100, 100) == 1
    assert covered([box(0, -300, 100, 200), box(200, 0, 50, 50)], 100, 100) == 0
    assert covered([], 100, 100) == 0


@pytest.mark.browser
def test_drawn_elements_count_together_from_the_top_of_the_page_and_hidden_ones_do_not(chromium: "Browser") -> None:
    page = chromium.new_page(viewport={"width": 800, "height": 500})
    page.set_content(PAGE)
    page.evaluate(DRAWN)
    assert share_of_picture(page, ["canvas.one"]) == pytest.approx(300 * 400 / (800 * 500))
    assert share_of_picture(page, ["canvas.one", "svg"]) == pytest.approx(400 * 400 / (800 * 500))
    assert share_of_picture(page, ["canvas.absent"]) == 0
    page.close()


def test_less_than_half_is_said_with_the_share() -> None:
    assert shortfall("home", 0.5) == []
    assert "49.9%" in shortfall("home", 0.499)[0]


@pytest.mark.parametrize("name", sorted(MAIN_PICTURES))
def test_every_photograph_with_a_main_picture_is_taken(name: str) -> None:
    assert f'photograph("{name}")' in SCREENSHOTS.read_text(encoding="utf-8")
