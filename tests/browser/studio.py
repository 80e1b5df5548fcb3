"""Recording studio, as a speaker's hands meet it: agreed, spoken, kept, relabelled, and a model trained on it."""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import soundfile
from playwright.sync_api import expect

from app_in_browser import choose, settle
from ser_core.audio.reading import read_audio
from ser_core.corpora import open_corpus
from ser_core.recordings import CONSENT, Collection, Prompt, RecordingPlan, Speaker, Take, emotion_of

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

PLAN = RecordingPlan(("The letter is on the kitchen table.", "We left the car behind the station."), ("happy",))

NOTE = """status => {
  status.told = [];
  new MutationObserver(() => status.told.push(status.textContent)).observe(status, { childList: true });
}"""


def button(page: "Page", name: str) -> "Locator":
    return page.get_by_role("button", name=re.compile(f"^{name}"))


def step(page: "Page", name: str) -> None:
    page.get_by_test_id("stButtonGroup").get_by_text(name, exact=True).click()
    settle(page)


def agree(page: "Page", name: str) -> None:
    """Enter a speaker, who has read the text and agrees."""
    step(page, "Speaker")
    page.get_by_role("textbox", name="Name or pseudonym").fill(name)
    page.get_by_text("I have read this text and agree to it.").click()
    settle(page)
    button(page, "Agree and record").click()
    settle(page)


def begin_speaking(page: "Page") -> None:
    """Begin with the space bar, as a speaker does who stands away from the screen; wait until sound comes."""
    status = page.get_by_role("region", name="Recorder").get_by_role("status")
    status.evaluate(NOTE)
    page.locator("body").press("Space")
    expect(status).to_have_text(re.compile(r"^● Recording (0\.[1-9]|[1-9])"))
    colour = status.evaluate("status => getComputedStyle(status).color")
    assert colour != page.locator(".recorder .sentence").evaluate("sentence => getComputedStyle(sentence).color")
    told = status.evaluate("status => status.told")
    assert "● Recording 0.0 s" not in told, f"nobody is asked to speak before sound comes; the recorder said {told}"


def speak(page: "Page") -> None:
    """Record at least four seconds."""
    begin_speaking(page)
    expect(page.get_by_text(re.compile(r"^● Recording ([4-9]|\d\d)\."))).to_be_visible()
    page.locator("body").press("Space")
    expect(button(page, "Keep")).to_be_visible()
    settle(page)


def keep_two_relabel_one_and_train(
    page: "Page", corpus: Collection, hear: "Callable[[Locator], float]", start_training: Callable[..., None]
) -> None:
    """Answer both prompts of :data:`PLAN`, call one of them sad, and train the quick recipe on what there is."""
    corners = re.compile(r"^\S+ \S+ \S+$")  # a triangle: the marker of happy wherever it is drawn
    expect(page.locator(".recorder .sign polygon")).to_have_attribute("points", corners)
    for spoken in (1, 2):
        expect(page.get_by_text(f"{spoken - 1} of 2 prompts recorded")).to_be_visible()
        speak(page)
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


def add_other_voices(corpus: Collection) -> None:
    """Add some of the demo corpus, since two recordings are too few to learn from."""
    demo = open_corpus("demo")
    for row in demo.utterances:
        if row.emotion in ("happy", "sad") and row.speaker in demo.speakers[:3]:
            corpus.enter(Speaker(row.speaker), CONSENT["English"])
            heard = read_audio(demo.path(row))
            asked = Prompt(str(row.text), emotion_of(row.emotion), 1)
            corpus.add(Take(heard.samples, heard.sample_rate), asked, row.speaker)
