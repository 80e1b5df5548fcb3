"""Your voice: clips are brought, what they change is seen, the voice is kept, used elsewhere, renamed and deleted."""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from app_in_browser import answer_on, behind, bring_sound, chart, choose, go_to, overflow, settings, settle
from first_screen import LEAST_SHARE, MAIN_PICTURES, share_of_picture
from ser_core.corpora import open_corpus
from ser_core.voices.library import find_voice

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Locator, Page

pytestmark = pytest.mark.browser
expect = pytest.importorskip("playwright.sync_api").expect


def clips(emotion: str) -> "list[Path]":
    demo = open_corpus("demo")
    return [demo.path(row) for row in demo.utterances if row.speaker == "voice10" and row.emotion == emotion]


def bring(page: "Page", files: "list[Path]") -> None:
    with behind(page, "Other clips"):
        page.get_by_test_id("stFileUploader").locator("input[type=file]").set_input_files(files)
        settle(page)


def button_within(recorder: "Locator") -> bool:
    """Tell whether the button of a recorder lies in its frame, with room for the time beside it."""
    frame = recorder.locator(":scope > :last-child").bounding_box()
    button = recorder.get_by_role("button", name="Record", exact=True).bounding_box()
    assert frame is not None
    assert button is not None
    return frame["x"] <= button["x"] and button["x"] + button["width"] + 48 <= frame["x"] + frame["width"]


def press_clip(page: "Page", number: int) -> None:
    """Press a clip's marker on the side where it was heard before."""
    markers = chart(page, "As what each clip is heard").locator(".scatterlayer .points path")
    box = markers.nth(2 * number).bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x - 3, y)
    page.mouse.move(x, y, steps=4)
    page.wait_for_timeout(300)
    page.mouse.click(x, y)
    settle(page)


def test_three_neutral_clips_become_a_voice_that_is_used_renamed_and_deleted(
    visit: Callable[[str], "Page"], address: str
) -> None:
    page = visit("Home")
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{address}/your_voice")
    page.get_by_role("heading", level=1, name="Your voice").wait_for()
    settle(page)
    choose(page, "Model", "Demo")
    neutral = clips("neutral")
    bring(page, neutral[:3])
    expect(chart(page, "As what each clip is heard, before and after")).to_be_visible()
    expect(page.get_by_text(re.compile("^Before, . of 3 clips w[a-z]+ heard correctly, now"))).to_be_visible()
    assert share_of_picture(page, MAIN_PICTURES["your-voice"]) >= LEAST_SHARE
    expect(page.get_by_text(re.compile("^Before, . of 3 clips"))).to_be_in_viewport()
    assert overflow(page) == []
    expect(chart(page, "Angle to each emotion before and after")).to_have_count(1)
    press_clip(page, 1)
    expect(page.get_by_text(re.compile(f"^{re.escape(neutral[1].name)}: spoken as neutral, heard as"))).to_be_visible()
    assert overflow(page) == []

    page.get_by_role("textbox", name="Name").fill("Anna")
    page.get_by_role("button", name="Keep this voice").click()
    expect(page.get_by_text("Anna is kept, and chosen for this model")).to_be_visible()
    settle(page)

    assert overflow(page) == []

    page.set_viewport_size({"width": 1280, "height": 900})  # on a telephone the menu is folded
    go_to(page, address, "Listen")
    with settings(page):
        expect(page.get_by_role("combobox", name="Your voice")).to_have_value("Anna")
    bring_sound(page, clips("sad")[0])
    expect(answer_on(page)).to_be_visible()
    expect(page.get_by_text("For a voice that was not measured").first).to_be_visible()

    go_to(page, address, "Your voice")
    page.get_by_role("button", name="Rename").click()
    page.get_by_role("textbox", name="New name").fill("Berta")
    page.get_by_role("button", name="Rename").last.click()
    expect(page.get_by_text("Anna is called Berta now.")).to_be_visible()
    settle(page)
    page.get_by_role("button", name="Delete").click()
    page.get_by_role("button", name="Delete for good").click()
    expect(page.get_by_text("Berta is deleted.")).to_be_visible()
    go_to(page, address, "Listen")
    expect(page.get_by_role("combobox", name="Your voice")).to_have_count(0)


def test_a_sentence_spoken_into_the_microphone_becomes_a_voice(
    visit: Callable[[str], "Page"], app_workspace: "Path", monkeypatch: pytest.MonkeyPatch
) -> None:
    page = visit("Your voice")
    page.set_viewport_size({"width": 390, "height": 844})
    assert button_within(page.get_by_test_id("stAudioInput"))
    choose(page, "Model", "Demo")
    recorder = page.get_by_test_id("stAudioInput")
    recorder.get_by_role("button", name="Record", exact=True).click()
    stop = recorder.get_by_role("button", name="Stop recording")
    expect(recorder.get_by_test_id("stAudioInputWaveformTimeCode")).to_have_text(re.compile("00:0[4-9]"))
    stop.click()
    expect(page.get_by_text("One clip decides here, and is believed less")).to_be_visible()
    page.get_by_test_id("stExpander").get_by_text("Your clips (1)").click()
    expect(page.get_by_text("recording 1", exact=True)).to_be_visible()
    expect(page.get_by_role("combobox", name="Spoken as")).to_have_value("neutral")
    expect(page.get_by_text("That flatters. Give more clips.")).to_be_visible()
    expect(chart(page, "As what each clip is heard, before and after. One clip: spoken neutral")).to_be_visible()
    settle(page)
    page.get_by_role("textbox", name="Name").fill("Spoken")
    page.get_by_role("button", name="Keep this voice").click()
    expect(page.get_by_text("Spoken is kept, and chosen for this model")).to_be_visible()
    monkeypatch.setenv("SER_WORKSPACE", str(app_workspace))
    (clip,) = find_voice("Spoken").clips
    assert (clip.name, clip.emotion) == ("recording 1", "neutral")
    assert 2.0 < clip.seconds < 60.0


def test_clips_whatever_was_felt_show_how_the_answer_changes_with_their_number(visit: Callable[[str], "Page"]) -> None:
    page = visit("Your voice")
    page.set_viewport_size({"width": 390, "height": 844})
    choose(page, "Model", "Demo")
    with settings(page):
        page.get_by_text("Shift by all your clips, whatever you felt").click()
        settle(page)
    bring(page, [*clips("sad")[:2], *clips("neutral")[:2], clips("angry")[0]])
    expect(chart(page, "As what each clip is heard, before and after")).to_be_visible()
    heard = re.compile("^(. of 5 clips (is|are) heard otherwise|All 5 clips are heard as)")
    expect(page.get_by_text(heard)).to_be_visible()
    choose(page, "One clip: press it in the picture, or choose it here", clips("sad")[1].name)
    figure = page.locator("figure.after-clips")
    expect(figure).to_have_attribute("data-step", "4")  # it has played by itself, from no clip to the four others
    counts = figure.get_by_role("radio")
    expect(counts).to_have_text(["0", "1", "2", "4"])
    expect(figure.get_by_role("radio", name="4")).to_be_checked()
    words = figure.get_by_role("status")
    expect(words).to_contain_text("After 4 clips of this voice:")
    dial = figure.locator("canvas.dial")
    known = dial.get_attribute("aria-label")
    figure.get_by_role("radio", name="4").focus()
    for _ in range(3):
        page.keyboard.press("ArrowLeft")
    expect(words).to_contain_text("Nothing is known of this voice:")
    expect(dial).not_to_have_attribute("aria-label", str(known))
    probabilities = re.compile("^Probabilities over the number of known clips. Nothing is known of this voice: ")
    expect(figure.locator("canvas.lines")).to_have_attribute("aria-label", probabilities)
    figure.get_by_role("button", name="Hear it").click()
    expect(figure.locator("audio")).to_have_js_property("paused", False)
    told = re.compile("The same clip, the more of the others are known: .*after 4 clips")
    expect(page.get_by_text(told)).to_be_visible()
    assert overflow(page) == []
