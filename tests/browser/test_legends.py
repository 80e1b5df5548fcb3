"""The legend of a map on a phone: every name is seen, and the map still fills the first screen."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from app_in_browser import choose, settle
from first_screen import LEAST_SHARE, MAP, share_of_picture
from ui.views.spaces.runs import SHIPPED

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

# What of each name lies outside of the legend, in pixels: to its right, and below.
OUTSIDE = """legend => {
  const box = legend.getBoundingClientRect(), names = [...legend.querySelectorAll('button')];
  const most = side => Math.max(...names.map(name => name.getBoundingClientRect()[side])) - box[side];
  return [most('right'), most('bottom')];
}"""


@pytest.mark.parametrize("title", ["Embedding space", "Two spaces", "Listen"])
def test_every_emotion_of_the_legend_is_seen_on_a_phone(visit: Callable[[str], "Page"], title: str) -> None:
    page = visit(title)
    page.set_viewport_size({"width": 390, "height": 844})
    if title == "Two spaces":  # which would open on the newest run of the workspace, of whatever emotions
        choose(page, "Run", SHIPPED)
    figure = page.locator("figure.map[data-drawn]").first
    figure.wait_for()
    settle(page)
    legend = figure.locator(".legend")
    assert legend.locator("button").count() >= 6
    assert max(legend.evaluate(OUTSIDE)) <= 0
    if title != "Listen":  # there the map follows dial and spectrogram
        assert share_of_picture(page, [MAP]) >= LEAST_SHARE


def test_a_legend_that_is_too_long_for_a_phone_ends_in_half_a_row_as_a_sign_that_it_goes_on(
    visit: Callable[[str], "Page"],
) -> None:
    page = visit("Embedding space")
    page.set_viewport_size({"width": 390, "height": 844})
    figure = page.locator("figure.map[data-drawn]").first
    figure.wait_for()
    settle(page)
    cut = figure.locator(".legend").evaluate(
        """legend => {
          const names = [...legend.children];
          for (let i = 0; i < 5; i++) legend.append(...names.map(name => name.cloneNode(true)));
          const end = legend.getBoundingClientRect().bottom;
          return [...legend.children].map(name => name.getBoundingClientRect())
            .some(({ top, bottom }) => end - top > 8 && bottom - end > 8);
        }"""
    )
    assert cut
