"""The lesson "Who is in the test set": the audit is the core's, and a press, a key or a link changes the split."""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, get_args

import numpy as np
import pytest

from app_in_browser import PATIENCE, settle
from ser_core.corpora.splits import Fold, groups, speaker_overlap
from ser_core.lessons.small_corpus import SPEAKERS, small_corpus
from ser_core.lessons.test_sets import read_test_sets
from ser_core.recipes import load_recipe
from tests.browser.modules import evaluated
from tests.contrast import contrast, mixed
from ui.themes import Theme, colour
from ui.views.test_set.lesson import PAPERS

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

pytestmark = pytest.mark.browser
expect = pytest.importorskip("playwright.sync_api").expect

Visit = Callable[[str], "Page"]
AUDIT = {"split_editor/browser/audit.js": "onBothSides"}
FADED = "figure => [...figure.querySelectorAll('.scores text.faded:not([hidden])')].map(one => one.textContent)"


@pytest.fixture
def figure(visit: Visit) -> "Locator":
    return figure_of(visit("Who is in the test set"))


def figure_of(page: "Page") -> "Locator":
    figure = page.locator(".split-editor")
    figure.locator(".cell").first.wait_for()
    return figure


def faded_means(figure: "Locator") -> set[str]:
    """Return of which of the two kinds of means every one is faded; there is one of each kind per network."""
    words = [text.split()[0] for text in figure.evaluate(FADED)]
    kinds = {word for word in words if word in ("heard", "unheard")}
    assert all(words.count(kind) == len(read_test_sets().scores) for kind in kinds)
    return kinds


def sides(figure: "Locator") -> list[str]:
    cells = figure.get_by_role("gridcell").all()
    return [re.split(": |, its", str(cell.get_attribute("aria-label")))[1] for cell in cells]


def test_the_audit_finds_the_speakers_and_recordings_on_both_sides_that_the_core_finds(
    modules: "Page", random: np.random.Generator
) -> None:
    corpus = small_corpus()
    utterances = corpus.manifest.utterances
    shared = [members for members in groups(corpus.manifest) if len(members) > 1]
    assert shared, "one recording is there twice"
    for share in (0.02, 0.1, 0.5, 0.9):
        for _ in range(8):
            tested = random.random(len(utterances)) < share
            train, test = (tuple(np.flatnonzero(side).tolist()) for side in (~tested, tested))
            recordings = [
                {"speaker": SPEAKERS.index(row.speaker), "group": group}
                for row, group in zip(utterances, corpus.groups, strict=True)
            ]
            found = evaluated(modules, AUDIT, "return onBothSides(...argument);", [recordings, tested.tolist()])
            assert len(found["speakers"]) == speaker_overlap(corpus.manifest, Fold(0, train, (), test))
            apart = [members for members in shared if len({bool(tested[index]) for index in members}) > 1]
            assert found["groups"] == [corpus.groups[members[0]] for members in apart]


def test_it_opens_on_a_split_by_recording_and_shows_the_score_on_heard_speakers(figure: "Locator") -> None:
    expect(figure.get_by_role("status")).to_contain_text("6 of 6 speakers stand on both sides")
    expect(figure.get_by_role("status")).to_contain_text("One recording does so too, under two names")
    expect(figure.locator(".alarm:not([hidden])")).to_have_count(6)
    expect(figure.locator(".copy.apart")).to_have_count(1)
    assert faded_means(figure) == {"unheard"}


def test_what_counts_less_is_fainter_and_can_be_read_on_light_and_dark_ground(figure: "Locator") -> None:
    share = float(figure.locator(".scores text.faded").first.evaluate("text => getComputedStyle(text).opacity"))
    assert share < 0.7
    for theme in get_args(Theme):
        ground = colour(theme, "backgroundColor")
        assert contrast(mixed(ground, colour(theme, "textColor"), share), ground) >= 4.5
    assert figure.locator(".scores .dot").first.evaluate("dot => getComputedStyle(dot).stroke") != "none"


def test_a_figure_that_does_not_state_its_speakers_is_never_bright_and_no_diamond(figure: "Locator") -> None:
    stated = len(figure.locator(".published").all())
    for split in ("Split by recording", "Split by speaker"):
        figure.get_by_role("button", name=split).click()
        expect(figure.locator("text.unknown")).to_have_text("?")
        assert any("not stated" in text for text in figure.evaluate(FADED))
    assert stated == sum(load_recipe(name).published[0].speakers != "not stated" for name, _ in PAPERS)


def test_a_split_by_speaker_ends_the_alarm_and_one_press_brings_it_back(figure: "Locator") -> None:
    figure.get_by_role("button", name="Split by speaker").click()
    expect(figure.get_by_role("status")).to_contain_text("No speaker stands on both sides")
    expect(figure.locator(".alarm:not([hidden])")).to_have_count(0)
    assert faded_means(figure) == {"heard"}
    before = sides(figure)
    figure.get_by_role("gridcell", name=re.compile("voice02, happy")).click()
    expect(figure.get_by_role("status")).to_contain_text("voice02 stands on both sides")
    figure.get_by_role("rowheader", name=re.compile("voice02")).click()
    expect(figure.get_by_role("status")).to_contain_text("No speaker stands on both sides")
    figure.get_by_role("button", name="Undo").click()
    figure.page.keyboard.press("u")
    assert sides(figure) == before
    figure.get_by_role("button", name="Reset").click()
    expect(figure.get_by_role("status")).to_contain_text("6 of 6 speakers stand on both sides")


def test_the_keyboard_alone_moves_a_recording_and_a_speaker(figure: "Locator") -> None:
    page = figure.page
    figure.get_by_role("button", name="Split by speaker").focus()
    page.keyboard.press("Enter")
    for _ in range(5):
        page.keyboard.press("Tab")
        if figure.evaluate("figure => figure.getRootNode().activeElement?.matches('.cell') ?? false"):
            break
    before = sides(figure)
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Space")
    after = sides(figure)
    assert [one != other for one, other in zip(before, after, strict=True)].index(True) == len(before) // len(SPEAKERS)
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Enter")
    row = sides(figure)[len(before) // len(SPEAKERS) :][: len(before) // len(SPEAKERS)]
    assert len(set(row)) == 1


def test_a_link_restores_the_split_and_a_damaged_one_says_so(
    figure: "Locator", chromium: "Browser", address: str
) -> None:
    figure.get_by_role("gridcell").first.click()
    figure.get_by_role("button", name="Copy a link to this").click()
    link = figure.get_by_label("Link to this").input_value()
    figure.get_by_role("gridcell").last.click()
    expect(figure.get_by_label("Link to this")).to_be_hidden()  # it leads to what is no longer seen
    expect(figure.get_by_role("button", name="Copy a link to this")).to_be_visible()
    figure.get_by_role("button", name="Undo").click()
    other = chromium.new_page()
    other.set_default_timeout(PATIENCE)
    other.goto(link)
    assert sides(figure_of(other)) == sides(figure)
    other.goto(f"{address}/who_is_in_the_test_set?split=0120")
    expect(figure_of(other).get_by_role("alert")).to_contain_text("Expected 42 digits 0 or 1")
    other.close()


@pytest.mark.parametrize(("width", "height"), [(1280, 720), (390, 844)])
def test_the_grid_and_the_scores_take_half_of_the_first_screen(
    chromium: "Browser", address: str, width: int, height: int
) -> None:
    context = chromium.new_context(viewport={"width": width, "height": height})
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.goto(f"{address}/who_is_in_the_test_set")
    box = figure_of(page).locator(".picture").bounding_box()
    settle(page)
    assert box is not None
    assert (min(height, box["y"] + box["height"]) - max(0, box["y"])) * box["width"] >= width * height / 2
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    written = [text.bounding_box() for text in figure_of(page).locator(".scores text").filter(visible=True).all()]
    assert min(text["x"] for text in written if text) >= box["x"] - 10, "no name leaves the picture"
    context.close()
