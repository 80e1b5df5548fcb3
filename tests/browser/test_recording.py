"""Recording studio: what is spoken into the browser becomes a corpus, and a model is trained on it."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import soundfile

from app_in_browser import choose, go_to, settle
from ser_core.audio.reading import read_audio
from ser_core.corpora import open_corpus
from ser_core.recordings import CONSENT, Collection, Plan, Prompt, Speaker, Take, emotion_of

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

pytestmark = pytest.mark.browser
expect = pytest.importorskip("playwright.sync_api").expect

Hear = Callable[["Locator"], float]
Visit = Callable[[str], "Page"]
PLAN = Plan(("The letter is on the kitchen table.", "We left the car behind the station."), ("happy",))


def button(page: "Page", name: str) -> "Locator":
    return page.get_by_role("button", name=re.compile(f"^{name}"))


def step(page: "Page", name: str) -> None:
    page.get_by_test_id("stButtonGroup").get_by_text(name, exact=True).click()
    settle(page)


def speak(page: "Page", *, seconds: float) -> None:
    """Record with the space bar, as a speaker does who stands away from the screen."""
    page.locator("body").press("Space")
    expect(page.get_by_text(re.compile("^● Recording"))).to_be_visible()
    page.wait_for_timeout(1000 * seconds)
    page.locator("body").press("Space")
    expect(button(page, "Keep")).to_be_visible()
    settle(page)


@pytest.fixture
def corpus(app_workspace: Path, monkeypatch: pytest.MonkeyPatch) -> Collection:
    monkeypatch.setenv("SER_WORKSPACE", str(app_workspace))
    made = Collection("our-voices")
    made.save_plan(PLAN)
    return made


def add_other_voices(corpus: Collection) -> None:
    """Add some of the demo corpus, since two recordings are too few to learn from."""
    demo = open_corpus("demo")
    for row in demo.utterances:
        if row.emotion in ("happy", "sad") and row.speaker in demo.speakers[:3]:
            corpus.enter(Speaker(row.speaker), CONSENT["English"])
            heard = read_audio(demo.path(row))
            asked = Prompt(str(row.text), emotion_of(row.emotion), 1)
            corpus.add(Take(heard.samples, heard.sample_rate), asked, row.speaker)


def test_two_prompts_are_recorded_one_is_relabelled_and_a_model_is_trained_on_them(
    visit: Visit, corpus: Collection, hear: Hear, start_training: Callable[..., None], run_name: Callable[["Page"], str]
) -> None:
    page = visit("Recording studio")
    step(page, "Speaker")
    page.get_by_role("textbox", name="Name or pseudonym").fill("Anna")
    page.get_by_text("I have read this text and agree to it.").click()
    settle(page)
    button(page, "Agree and record").click()
    for spoken in (1, 2):
        expect(page.get_by_text(f"{spoken - 1} of 2 prompts recorded")).to_be_visible()
        speak(page, seconds=4)
        assert hear(page.locator("audio").first) > 0.5
        button(page, "Keep").click()
        settle(page)
    expect(page.get_by_text("Everything is recorded.")).to_be_visible()
    rows = corpus.contents().rows
    assert [(row.speaker, row.emotion) for row in rows] == [("Anna", "happy")] * 2
    assert {row.text for row in rows} == set(PLAN.sentences)
    assert all(soundfile.info(corpus.path(row)).duration > 0.5 for row in rows)

    button(page, "See the recordings").click()
    settle(page)
    page.get_by_test_id("stDataFrame").first.click(position={"x": 18, "y": 35 + 17})
    settle(page)
    assert hear(page.locator("audio").first) > 0.5
    choose(page, "Emotion", "sad")
    button(page, "Relabel").click()
    expect(page.get_by_text("1 of 1 recording has another emotion now.")).to_be_visible()
    assert [row.emotion for row in corpus.contents().rows] == ["sad", "happy"]

    add_other_voices(corpus)
    button(page, "Train on it").click()
    expect(page.get_by_role("heading", level=1, name="Train")).to_be_visible()
    settle(page)
    start_training(page, softmax=1, triplet=1)
    expect(page.get_by_text("Finished.")).to_be_visible()
    assert "our-voices" in run_name(page)


def test_without_a_microphone_the_browser_says_what_to_do(visit: Visit, corpus: Collection, address: str) -> None:
    corpus.enter(Speaker("Ben"), CONSENT["English"])
    page = visit("Home")
    page.context.clear_permissions()
    page.add_init_script(
        "if (navigator.mediaDevices) navigator.mediaDevices.getUserMedia = "
        "() => Promise.reject(new DOMException('', 'NotFoundError'))"
    )
    page.goto("about:blank")
    go_to(page, address, "Recording studio")
    step(page, "Record")
    choose(page, "Speaker", "Ben")
    button(page, "Record").filter(visible=True).last.click()
    expect(page.get_by_text("This browser finds no microphone.")).to_be_visible()
    expect(page.get_by_text("Press Record, or the space bar.")).to_be_visible()
