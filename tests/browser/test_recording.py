"""Recording studio: what is spoken into the browser becomes a corpus, and a model is trained on it."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from app_in_browser import choose, go_to
from ser_core.recordings import CONSENT, Collection, RecordingPlan, Speaker

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

pytestmark = pytest.mark.browser
expect = pytest.importorskip("playwright.sync_api").expect

from tests.browser.studio import PLAN, agree, button, keep_two_relabel_one_and_train, step  # noqa: E402

Visit = Callable[[str], "Page"]


@pytest.fixture(autouse=True)
def runs(app_workspace: Path) -> Iterator[None]:
    """Take away what was trained on two emotions: pages that open on the newest run would open on it in other tests."""
    yield
    for run in (app_workspace / "runs").glob("*our-voices*"):
        shutil.rmtree(run)


@pytest.fixture
def corpus(app_workspace: Path, monkeypatch: pytest.MonkeyPatch) -> Collection:
    monkeypatch.setenv("SER_WORKSPACE", str(app_workspace))
    made = Collection("our-voices")
    made.save_plan(PLAN)
    return made


def test_two_prompts_are_recorded_one_is_relabelled_and_a_model_is_trained_on_them(
    visit: Visit,
    corpus: Collection,
    hear: "Callable[[Locator], float]",
    start_training: Callable[..., None],
    run_name: Callable[["Page"], str],
) -> None:
    page = visit("Recording studio")
    agree(page, "Anna")
    keep_two_relabel_one_and_train(page, corpus, hear, start_training)
    assert "our-voices" in run_name(page)


def test_the_space_bar_records_for_who_came_by_the_menu_or_pressed_a_step(
    visit: Visit, corpus: Collection, address: str
) -> None:
    corpus.enter(Speaker("Cleo"), CONSENT["English"])
    page = visit("Home")
    go_to(page, address, "Recording studio")
    recorder = page.get_by_role("region", name="Recorder")
    for arrive in (lambda: None, lambda: (step(page, "Speaker"), step(page, "Record"))):
        arrive()
        expect(recorder).to_have_attribute("data-state", "ready")
        page.keyboard.press("Space")
        expect(recorder).to_have_attribute("data-state", "counting")
        page.keyboard.press("Escape")
        expect(recorder).to_have_attribute("data-state", "ready")


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


@pytest.mark.parametrize(("width", "height"), [(1280, 720), (390, 844)])
def test_the_button_to_press_is_seen_with_what_is_to_be_spoken(
    visit: Visit, corpus: Collection, width: int, height: int
) -> None:
    longest = "The letter that we wrote to her yesterday is on the kitchen table, beside the green bottle of milk."
    corpus.save_plan(RecordingPlan((longest,), ("happy",)))
    corpus.enter(Speaker("Dora"), CONSENT["English"])
    page = visit("Recording studio")
    page.set_viewport_size({"width": width, "height": height})
    step(page, "Record")
    choose(page, "Speaker", "Dora")
    recorder = page.get_by_role("region", name="Recorder")
    for part in (recorder.locator(".sentence"), recorder.get_by_role("button", name="Record", exact=True)):
        expect(part).to_be_in_viewport(ratio=1)
