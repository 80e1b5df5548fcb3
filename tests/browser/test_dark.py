"""The app as somebody sees it whose computer asks for dark pages."""

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image

from app_in_browser import PATIENCE, drawn_map, go_to
from tests.browser.modules import evaluated
from tests.browser.player import bring
from tests.browser.test_accessibility import AXE, findings_of, open_everything
from tests.contrast import contrast, mixed
from tests.ui.test_themes import SHAPE, TEXT, THEMES

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

DARK = THEMES["dark"]["backgroundColor"]
WITH_FIGURES = ["Embedding space", "Geometry audit", "Watch a space form"]
LESSONS = ["What a loss does", "Who is in the test set", "What a frame is", "A stranger's voice"]
PAGES = ["Home", "Listen", *WITH_FIGURES, "Live", "Train", *LESSONS]
# The grounds of each figure, and the colour of every text but those in cells, which have a ground of their own.
FIGURES = """() => [...document.querySelectorAll('.js-plotly-plot')].map(figure => ({
  grounds: [...figure.querySelectorAll('.main-svg')].map(svg => getComputedStyle(svg).backgroundColor),
  texts: [...figure.querySelectorAll('[class$=tick] > text, text[class$=title], .legendtext, .annotation-text')]
    .map(text => getComputedStyle(text).fill),
}))"""


@pytest.fixture(scope="module")
def dark(chromium: "Browser", address: str) -> Iterator["Page"]:
    context = chromium.new_context(viewport={"width": 1280, "height": 720}, color_scheme="dark")
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    go_to(page, address, "Home")
    yield page
    context.close()


def hexadecimal(colour: str) -> str:
    """Return ``rgb(14, 22, 28)`` as ``#0E161C``."""
    return "#" + "".join(f"{int(part):02X}" for part in colour.removeprefix("rgb(").removesuffix(")").split(","))


@pytest.mark.parametrize("title", PAGES)
def test_on_a_dark_page_axe_finds_nothing_serious_and_figures_are_dark_with_letters_that_can_be_read(
    dark: "Page", address: str, clip: Path, title: str
) -> None:
    if not AXE.exists():
        pytest.skip("Expected axe-core in node_modules; it is not there. Run npm ci.")
    go_to(dark, address, title)
    if title == "Listen":
        bring(dark, clip.read_bytes(), clip.name)
    open_everything(dark)
    if title in WITH_FIGURES:
        dark.locator(".js-plotly-plot .main-svg").first.wait_for()
    ground = dark.get_by_test_id("stApp").evaluate("app => getComputedStyle(app).backgroundColor")
    assert hexadecimal(ground) == DARK
    found = [str(finding) for finding in findings_of(dark, f"{title}, dark") if not finding.known]
    assert not found, "\n".join([f"{len(found)} serious findings:", *found])
    for figure in dark.evaluate(FIGURES):
        assert set(figure["grounds"]) == {"rgba(0, 0, 0, 0)"}
        assert [text for text in figure["texts"] if contrast(hexadecimal(text), DARK) < TEXT] == []


def test_pictures_that_are_saved_from_a_dark_page_are_light(dark: "Page", address: str) -> None:
    go_to(dark, address, "Embedding space")
    figure = drawn_map(dark, re.compile("PCA in 2 dimensions of the utterances"))
    with dark.expect_download() as saved:
        figure.get_by_role("button", name="Save picture").click()
    pixels = np.asarray(Image.open(io.BytesIO(saved.value.path().read_bytes())).convert("RGB"))
    assert np.median(pixels, axis=(0, 1)).tolist() == [255, 255, 255]
    chart = dark.locator(".js-plotly-plot").first
    chart.scroll_into_view_if_needed()
    chart.hover()
    with dark.expect_download() as saved:
        chart.locator(".modebar-btn").first.click()
    drawn = saved.value.path().read_text(encoding="utf-8")
    assert re.search(r"<rect [^>]*fill: rgb\(255, 255, 255\)", drawn)  # its ground
    assert "fill: rgb(14, 22, 28)" in drawn  # its letters
    assert "fill: rgb(237, 242, 245)" not in drawn


@pytest.mark.parametrize("theme", list(THEMES))
def test_what_is_written_in_a_cell_can_be_read_however_much_of_the_accent_it_has(modules: "Page", theme: str) -> None:
    ground, accent = (THEMES[theme][name] for name in ("backgroundColor", "primaryColor"))
    shares = [step / 20 for step in range(21)]
    written = evaluated(
        modules,
        {"in_browser/shared/colours.js": "channels, writtenOver"},
        "const [ground, accent, shares] = argument;"
        "return shares.map(share => writtenOver(channels(ground), channels(accent), share))",
        [ground, accent, shares],
    )
    for share, letters in zip(shares, written, strict=True):
        assert contrast({"#000": "#000000", "#fff": "#FFFFFF"}[letters], mixed(ground, accent, share)) >= TEXT, share


@pytest.mark.parametrize("theme", list(THEMES))
def test_the_edge_of_a_marker_is_seen_on_the_ground_of_each_theme(modules: "Page", theme: str) -> None:
    colours = THEMES[theme]
    edge = evaluated(
        modules,
        {"in_browser/shared/colours.js": "channels, edgeOf"},
        "return edgeOf(...argument.map(channels)).map(part => Math.round(255 * part))",
        [colours["backgroundColor"], colours["textColor"]],
    )
    assert contrast("#" + "".join(f"{part:02X}" for part in edge), colours["backgroundColor"]) >= SHAPE
