"""The player on Listen: what is selected there is what is heard and judged."""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from app_in_browser import chart, drawn_player, go_to, place_in_player, settle
from ser_core.audio.reading import read_audio
from tests.browser.player import POSITION, RATE, SELECTION, SPAN, drag, wav

if TYPE_CHECKING:
    from playwright.sync_api import Locator

pytestmark = pytest.mark.browser
expect = pytest.importorskip("playwright.sync_api").expect


def test_a_selection_is_pulled_with_the_mouse_and_changed_at_its_edges(figure: "Locator") -> None:
    page = figure.page
    drag(page, figure, 0.4, 0.9)
    assert figure.evaluate(SELECTION) == pytest.approx([0.4, 0.9], abs=0.005)
    drag(page, figure, 0.9, 1.2)
    assert figure.evaluate(SELECTION) == pytest.approx([0.4, 1.2], abs=0.01)
    figure.get_by_role("button", name="Selection", exact=True).click()
    assert figure.evaluate(SPAN) == pytest.approx(figure.evaluate(SELECTION))
    page.mouse.click(*place_in_player(figure, 0.7))
    assert figure.evaluate(SELECTION) is None
    assert figure.evaluate(POSITION) == pytest.approx(0.7, abs=0.003)


def test_a_selection_is_made_with_the_keyboard_alone(figure: "Locator") -> None:
    page = figure.page
    figure.get_by_role("button", name="All").focus()
    page.keyboard.press("Tab")
    canvas = figure.get_by_role("application")
    expect(canvas).to_be_focused()
    assert canvas.evaluate("canvas => getComputedStyle(canvas).outlineStyle") == "solid"
    for _ in range(10):
        page.keyboard.press("ArrowRight")
    start = figure.evaluate(POSITION)
    assert start > 0
    for _ in range(30):
        page.keyboard.press("Shift+ArrowRight")
    selected = figure.evaluate(SELECTION)
    assert selected == [start, figure.evaluate(POSITION)]
    assert selected[1] - selected[0] == pytest.approx(3 * start, rel=0.02)
    page.keyboard.press("Shift+ArrowLeft")
    assert figure.evaluate(SELECTION)[1] < selected[1]
    expect(figure.locator(".unseen")).to_contain_text("Selected:")
    page.keyboard.press("Shift+End")
    assert figure.evaluate(SELECTION) == [start, figure.evaluate("figure => figure.speechPlayer.duration")]
    page.keyboard.press("Escape")
    assert figure.evaluate(SELECTION) is None


def test_exact_numbers_are_taken_and_wrong_ones_refused_with_the_range(figure: "Locator") -> None:
    first, last = figure.get_by_label("Selection from"), figure.get_by_label("Selection to")
    first.fill("0.25")
    first.press("Enter")
    assert figure.evaluate(SELECTION) == [0.25, figure.evaluate("figure => figure.speechPlayer.duration")]
    last.fill("0.75")
    last.press("Enter")
    assert figure.evaluate(SELECTION) == [0.25, 0.75]
    for typed, told in (("99", "0.25 s and 99 s"), ("0.1", "0.25 s and 0.1 s"), ("-3", "0.25 s and -3 s")):
        last.fill(typed)
        last.press("Enter")
        expect(figure.get_by_role("alert").filter(has_text="Expected")).to_contain_text(told)
        assert last.get_attribute("aria-invalid") == "true"
        assert figure.evaluate(SELECTION) == [0.25, 0.75]
    last.fill("")
    last.press("Enter")
    assert figure.evaluate(SELECTION) == [0.25, figure.evaluate("figure => figure.speechPlayer.duration")]
    expect(figure.get_by_role("alert").filter(has_text="Expected")).to_have_count(0)


def predicted(path: Path) -> dict[str, Any]:
    command = [sys.executable, "-m", "ser_core", "predict", "--json", "--checkpoint", "people", str(path)]
    answer: dict[str, Any] = json.loads(subprocess.run(command, capture_output=True, check=True, text=True).stdout)[0]
    return answer


def test_the_selection_is_judged_as_a_file_of_its_own_would_be(figure: "Locator", clip: Path, tmp_path: Path) -> None:
    page = figure.page
    drag(page, figure, 0.3, 1.3)
    start, end = figure.evaluate(SELECTION)
    figure.get_by_role("button", name="Read the selection").click()
    expect(page.get_by_role("heading", name=f"The selection, {start:.3f} to {end:.3f} s")).to_be_visible()
    settle(page)
    cut = tmp_path / "cut.wav"
    cut.write_bytes(wav(read_audio(clip).samples[round(start * RATE) : round(end * RATE)]))
    for path, number in ((clip, 0), (cut, 1)):
        answer = predicted(path)
        for described, key, form in (
            ("Probability of each emotion", "probabilities", "{} {:.0%}"),
            ("Angle to each emotion", "angles_degrees", "{} {:.0f} degrees"),
        ):
            told = chart(page, described).nth(number).get_attribute("aria-label") or ""
            values = answer[key]
            expected = ", ".join(form.format(label, value) for label, value in values.items())
            assert told.endswith(expected.replace("%", "\N{NO-BREAK SPACE}%"))
    figure.get_by_role("button", name="Clear selection").click()
    settle(page)
    expect(page.get_by_role("heading", name="The selection")).to_have_count(0)


def test_a_selection_without_speech_gets_advice_beside_the_figures_of_the_whole(figure: "Locator") -> None:
    page = figure.page
    drag(page, figure, 0.3, 0.35)
    figure.get_by_role("button", name="Read the selection").click()
    expect(page.get_by_test_id("stAlert").filter(has_text="at least 0.1 s")).to_contain_text("Choose a longer part")
    expect(page.get_by_role("heading", name="The whole recording")).to_be_visible()


def test_what_was_selected_and_asked_is_there_after_a_look_at_another_page(figure: "Locator", address: str) -> None:
    page = figure.page
    drag(page, figure, 0.3, 1.3)
    figure.get_by_role("button", name="Zoom in").click()
    figure.get_by_role("button", name="Read the selection").click()
    settle(page)
    before = figure.evaluate(SELECTION), figure.evaluate(SPAN)
    go_to(page, address, "Home")
    go_to(page, address, "Listen")
    again = drawn_player(page)
    assert (again.evaluate(SELECTION), again.evaluate(SPAN)) == before
    expect(page.get_by_role("heading", name=re.compile("^The selection,"))).to_be_visible()
