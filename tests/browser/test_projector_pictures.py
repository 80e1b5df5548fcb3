"""The switch "Large, for a projector" enlarges what is written in dial, player and live view, and shrinks no dial."""

from typing import TYPE_CHECKING

import pytest

from app_in_browser import PATIENCE, go_to, settings, settle

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator

pytestmark = pytest.mark.browser

# Every canvas keeps how large, in pixels of the page, the last letters and the largest circle on it are.
WATCH = """(() => {
  const pens = CanvasRenderingContext2D.prototype, { arc, clearRect, fillText } = pens;
  const scale = pen => pen.getTransform().a / devicePixelRatio;
  pens.clearRect = function (...box) { this.canvas.dataset.radius = 0; clearRect.apply(this, box); };
  pens.arc = function (x, y, radius, ...turn) {
    this.canvas.dataset.radius = Math.max(Number(this.canvas.dataset.radius ?? 0), radius * scale(this));
    arc.call(this, x, y, radius, ...turn);
  };
  pens.fillText = function (...told) {
    this.canvas.dataset.letters = parseFloat(/[\\d.]+(?=px)/.exec(this.font)[0]) * scale(this);
    fillText.apply(this, told);
  };
})()"""


def read(canvas: "Locator", what: str) -> float:
    canvas.and_(canvas.page.locator(f"[data-{what}]")).wait_for()
    return float(canvas.get_attribute(f"data-{what}") or 0)


@pytest.mark.parametrize(("width", "height"), [(1280, 720), (1024, 600)])
def test_letters_in_dial_player_and_live_view_grow_by_half_and_no_dial_shrinks(
    chromium: "Browser", address: str, width: int, height: int
) -> None:
    context = chromium.new_context(viewport={"width": width, "height": height})
    context.set_default_timeout(PATIENCE)
    context.add_init_script(WATCH)
    page = context.new_page()
    found = []
    for large in (False, True):
        go_to(page, address, "Listen")
        if large:
            with settings(page):
                page.get_by_text("Large, for a projector").click()
                settle(page)
        page.locator(".player[data-drawn]").wait_for()
        page.wait_for_timeout(300)  # a changed size is drawn with the next picture
        dial, player = page.locator("figure.dial canvas"), page.locator(".player canvas.picture")
        letters = [read(dial, "letters"), read(player, "letters")]
        radii = [read(dial, "radius")]
        go_to(page, address, "Live")
        page.wait_for_timeout(300)
        letters.append(read(page.locator(".live canvas.timeline"), "letters"))
        radii.append(read(page.locator(".live canvas.dial"), "radius"))
        found.append((letters, radii))
    (usual, dials), (large_letters, large_dials) = found
    assert large_letters == pytest.approx([1.5 * size for size in usual])
    for before, after in zip(dials, large_dials, strict=True):
        assert after >= before - 1
    context.close()
