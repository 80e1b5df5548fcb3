"""The app at the microphone of the computer that runs it: Live and Recording studio hear what PulseAudio plays."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import soundfile

from app_in_browser import choose, go_to, look_at_home, printed_key, running_app, settings, settle
from live_in_browser import heard_in, held_out_clips, place_of, start, view, wait_for, write_session
from ser_core.audio.reading import read_audio
from ser_core.inference import Reader
from ser_core.recordings import CONSENT, Collection, Speaker
from virtual_microphone import VirtualMicrophone, missing, plugged_in

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

pytestmark = pytest.mark.microphone
expect = pytest.importorskip("playwright.sync_api").expect

from tests.browser.studio import PLAN, agree, begin_speaking, keep_two_relabel_one_and_train, speak, step  # noqa: E402

VisitAt = Callable[[str, str], "Page"]


@dataclass(frozen=True)
class Computer:
    """A computer with a microphone, on which the app runs.

    Attributes:
        address: of the app.
        key: what the app printed at the end of its address.
        workspace: where the app keeps its files.
        microphone: into which a test speaks.
    """

    address: str
    key: str
    workspace: Path
    microphone: VirtualMicrophone


@pytest.fixture(scope="module")
def computer(chromium: "Browser", tmp_path_factory: pytest.TempPathFactory) -> Iterator[Computer]:
    if missing():
        pytest.skip(missing())
    folder = tmp_path_factory.mktemp("computer")
    with (
        plugged_in(folder / "sound") as microphone,
        running_app(folder / "workspace", folder / "app.log", variables=microphone.variables) as address,
    ):
        look_at_home(chromium, address)
        yield Computer(address, printed_key(folder / "app.log"), folder / "workspace", microphone)


@pytest.fixture
def voice(tmp_path: Path) -> Path:
    """Return two sentences with pauses."""
    write_session(tmp_path / "voice.wav", [clip for _, clip in held_out_clips()[:2]])
    return tmp_path / "voice.wav"


def open_with_key(visit_at: VisitAt, computer: Computer, title: str) -> "Page":
    """Open a page first without the key, then with it."""
    page = visit_at(computer.address, title)
    if title == "Live":
        with settings(page):
            expect(page.get_by_text("it ends in ?key=")).to_be_visible()
    page.goto("about:blank")
    go_to(page, computer.address, title, query=computer.key)
    page.wait_for_url(re.compile(r"^[^?]*$"))  # nobody can copy the key from the address any more
    return page


# ---------------------------------------------------------------------------------------------------- Live
def open_live(visit_at: VisitAt, computer: Computer) -> "Page":
    page = open_with_key(visit_at, computer, "Live")
    with settings(page):
        page.get_by_test_id("stRadio").get_by_text("The microphone of the computer").click()
        settle(page)
        expect(page.get_by_role("combobox", name="Device")).to_have_value(re.compile("^default"))
    choose(page, "Model", "Demo")
    return page


def test_ten_clips_of_held_out_voices_are_judged_live_as_well_as_offline(
    visit_at: VisitAt, computer: Computer, tmp_path: Path
) -> None:
    truth, clips = zip(*held_out_clips(), strict=True)
    write_session(tmp_path / "session.wav", clips)
    page = open_live(visit_at, computer)
    figure = start(page)
    computer.microphone.play(tmp_path / "session.wav")
    played = figure.evaluate("figure => figure.live.spectra.seconds")
    wait_for(figure, f"live => live.spectra.seconds > {played} + 1")
    expect(figure.locator(".technical")).to_contain_text("Blocks lost: 0")

    figure.get_by_role("button", name="Stop").click()
    expect(page.get_by_role("heading", name="The recording")).to_be_visible()
    expect(page.get_by_role("button", name="Follow it over time →")).to_be_visible()
    settle(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="Download as WAV").click()
    samples, rate = soundfile.read(download.value.path())
    signals = [read_audio(clip) for clip in clips]
    begins, alike = zip(*(place_of(signal.samples, samples) for signal in signals), strict=True)
    # Two resamplings lie between them, and what is played begins between two samples.
    assert min(alike) > 0.9, f"what was recorded is what was played; got {alike}"
    assert list(begins) == sorted(begins)

    spans = [(at / rate, at / rate + one.duration_seconds) for at, one in zip(begins, signals, strict=True)]
    live = heard_in(figure, spans)
    reader = Reader.load("demo-residual")
    offline = [reader.read(signal).emotion for signal in signals]
    right = [sum(map(str.__eq__, truth, map(str, one))) for one in (live, offline)]
    assert right[0] >= right[1], (live, offline)


def test_a_second_visitor_is_told_who_listens_and_hears_once_the_first_has_stopped(
    visit_at: VisitAt, computer: Computer
) -> None:
    first = start(open_live(visit_at, computer))
    second = view(open_live(visit_at, computer))
    second.page.set_viewport_size({"width": 390, "height": 844})
    second.get_by_role("button", name="Start listening").click()
    told = second.get_by_role("alert")
    expect(told).to_contain_text("held by a visitor of the page Live")
    expect(told).to_contain_text("Stop listening there, and try again.")

    first.get_by_role("button", name="Stop").click()
    expect(first.page.get_by_role("heading", name="The recording")).to_be_visible()
    told.get_by_role("button", name="Try again").click()
    wait_for(second, "live => live.spectra.seconds > 0.5")
    expect(told).to_be_hidden()
    second.get_by_role("button", name="Stop").click()
    expect(second.page.get_by_role("heading", name="The recording")).to_be_visible()


def test_live_tells_that_the_microphone_was_unplugged_keeps_what_was_said_and_goes_on_when_it_is_back(
    visit_at: VisitAt, computer: Computer, voice: Path
) -> None:
    page = open_live(visit_at, computer)
    figure = start(page)
    told = figure.get_by_role("alert")
    with computer.microphone.speaking(voice):
        wait_for(figure, "live => live.predictions.utterances.length > 0")
        with computer.microphone.unplugged():
            expect(told).to_contain_text("Expected sound from default; it was unplugged or switched off.")
            expect(told).to_contain_text("Plug it in again. Then press “Try again”: listening continues from there.")
            expect(page.get_by_role("heading", name="The recording")).to_be_visible()
            told.get_by_role("button", name="Try again").click()  # too early
            expect(told).to_contain_text("Plug it in, allow this program to use it")

        before, utterances = figure.evaluate("({ live }) => [live.spectra.seconds, live.predictions.utterances.length]")
        told.get_by_role("button", name="Try again").click()
        wait_for(
            figure, f"live => live.spectra.seconds > {before} && live.predictions.utterances.length > {utterances}"
        )
    expect(told).to_be_hidden()
    expect(page.get_by_role("heading", name="The recording")).to_have_count(0)
    figure.get_by_role("button", name="Stop").click()
    expect(page.get_by_role("heading", name="The recording")).to_be_visible()


# ---------------------------------------------------------------------------------------------------- Recording studio
@pytest.fixture
def corpus(computer: Computer, monkeypatch: pytest.MonkeyPatch) -> Collection:
    monkeypatch.setenv("SER_WORKSPACE", str(computer.workspace))
    made = Collection("at-the-computer")
    made.save_plan(PLAN)
    return made


STILL = "box => Promise.all(box.getAnimations({ subtree: true }).map(one => one.finished))"


def choose_computer(page: "Page") -> None:
    means = page.get_by_test_id("stExpander").filter(has_text="Microphone and countdown")
    means.get_by_text("Microphone and countdown").click()
    settle(page)
    means.evaluate(STILL)  # a list that is opened while it still unfolds closes again
    choose(page, "Microphone", "This computer's microphone")
    expect(page.get_by_role("combobox", name="Device")).to_have_value(re.compile("^default"))
    page.get_by_role("heading", level=1).click()  # in a list, the space bar opens it


def test_two_prompts_are_recorded_one_is_relabelled_and_a_model_is_trained_on_them(
    visit_at: VisitAt,
    computer: Computer,
    corpus: Collection,
    voice: Path,
    hear: "Callable[[Locator], float]",
    start_training: Callable[..., None],
    run_name: Callable[["Page"], str],
) -> None:
    page = open_with_key(visit_at, computer, "Recording studio")
    agree(page, "Anna")
    choose_computer(page)
    with computer.microphone.speaking(voice):
        keep_two_relabel_one_and_train(page, corpus, hear, start_training)
    assert "at-the-computer" in run_name(page)


def test_the_studio_tells_that_the_microphone_was_unplugged_and_records_the_sentence_when_it_is_back(
    visit_at: VisitAt, computer: Computer, corpus: Collection, voice: Path
) -> None:
    corpus.enter(Speaker("Ben"), CONSENT["English"])
    page = open_with_key(visit_at, computer, "Recording studio")
    step(page, "Record")
    choose(page, "Speaker", "Ben")
    choose_computer(page)
    begin_speaking(page)
    told = page.get_by_test_id("stAlertContentError")
    with computer.microphone.unplugged():
        expect(told).to_contain_text("Plug it in again, and record the sentence once more.")
        expect(page.get_by_text("Press Record, or the space bar.")).to_be_visible()
        settle(page)

    with computer.microphone.speaking(voice):
        speak(page)
    expect(told).to_have_count(0)
