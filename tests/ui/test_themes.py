"""Both themes can be read: contrasts as WCAG 2 counts them, from the colours that are configured."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import cast, get_args

import pytest

from ser_core.labels import COLOURS
from ser_core.plots.architecture import FILLS, PLAIN
from ser_core.plots.probabilities import probabilities_figure
from ser_core.plots.style import ACCENT, EDGED, INK, MUTED, PAPER, SECOND
from tests.contrast import contrast, mixed
from ui.themes import IN_THE_DARK, Theme, sheet

CONFIG = Path(__file__).resolve().parents[2] / ".streamlit" / "config.toml"
THEMES: Mapping[str, Mapping[str, str]] = {
    name: values
    for name, values in tomllib.loads(CONFIG.read_text(encoding="utf-8"))["theme"].items()
    if name in get_args(Theme)
}
TEXT, SHAPE = 4.5, 3.0  # what level AA wants of letters, and of what is not letters
CAPTION = 0.6  # of the text's colour, as Streamlit writes captions

both = pytest.mark.parametrize("theme", get_args(Theme))


def test_contrast_is_that_of_the_definition() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)  # known as just too little
    assert contrast("#FFFFFF", "#777777") == contrast("#777777", "#FFFFFF")


def test_there_is_a_light_and_a_dark_theme_with_the_same_colours_named() -> None:
    assert set(THEMES) == {"light", "dark"}
    assert set(THEMES["light"]) == set(THEMES["dark"])


@both
def test_text_links_and_code_can_be_read_on_every_ground(theme: str) -> None:
    colours = THEMES[theme]
    for ground in (colours["backgroundColor"], colours["secondaryBackgroundColor"]):
        for name in ("textColor", "linkColor", "codeTextColor", "primaryColor"):
            assert contrast(colours[name], ground) >= TEXT, (name, ground)
        assert contrast(mixed(ground, colours["textColor"], CAPTION), ground) >= TEXT, ground


@both
def test_letters_on_the_accent_can_be_read_and_borders_are_seen(theme: str) -> None:
    colours = THEMES[theme]
    assert contrast(colours["backgroundColor"], colours["primaryColor"]) >= TEXT
    assert contrast(colours["borderColor"], colours["backgroundColor"]) >= 1.3  # a frame says nothing by itself


@both
def test_the_edge_of_markers_and_bars_is_seen_on_the_ground_of_each_theme(theme: str) -> None:
    ground = THEMES[theme]["backgroundColor"]
    assert contrast(EDGED["color"], ground) >= SHAPE
    faint = [name for name, colour in COLOURS.items() if contrast(colour, ground) < SHAPE]
    assert faint  # so the edge is needed
    assert probabilities_figure({"neutral": 0.5, "calm": 0.5}).data[0].marker.line.color == EDGED["color"]


def test_a_figure_can_be_read_on_its_own_white_and_on_a_dark_page() -> None:
    dark = THEMES["dark"]["backgroundColor"]
    for colour in (INK, MUTED, ACCENT, SECOND):
        assert contrast(colour, PAPER) >= TEXT, colour
        assert contrast(IN_THE_DARK[colour], dark) >= TEXT, colour
    for box in (*FILLS.values(), PLAIN):
        for ink in (INK, MUTED):
            assert contrast(ink, box) >= TEXT, box
            assert contrast(IN_THE_DARK[ink], IN_THE_DARK[box]) >= TEXT, box


def test_the_sheet_takes_the_accent_of_both_themes() -> None:
    first = sheet().splitlines()[0]
    light, dark = (cast(str, THEMES[theme]["primaryColor"]) for theme in ("light", "dark"))
    assert f"--accent: light-dark({light}, {dark})" in first
