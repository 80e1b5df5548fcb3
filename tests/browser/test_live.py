"""Live: what is said into the microphone is drawn at once and judged while it is said; every refusal gets advice."""

import itertools
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
import soundfile
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

import app_in_browser
from app_in_browser import overflow, settle
from first_screen import LEAST_SHARE, MAIN_PICTURES, share_of_picture
from live_in_browser import heard_in, held_out_clips, pieces_of, spans_of, start, view, wait_for, write_session
from ser_core.audio.reading import read_audio
from ser_core.features.mel import hertz_to_mel
from ser_core.inference import Reader
from ser_core.plots.angle_dial import dial_classes
from tests.browser.microphone import Open, looped, voice
from tests.browser.player import brightness, bring, wav

if TYPE_CHECKING:
    from playwright.sync_api import Page, WebSocketRoute

pytestmark = pytest.mark.browser
sync_api = pytest.importorskip("playwright.sync_api")
expect = sync_api.expect


# What comes from the audio thread is kept as it is, to be held against the recording.
LISTENED_TO = """figure => {
  const { sender } = figure.live, hear = sender.hear.bind(sender);
  figure.came = [];
  sender.hear = (samples, at) => {
    figure.came.push(samples.slice());
    hear(samples, at);
  };
}"""
# What Streamlit does to an element that waits for a run, done by hand; and how it then looks.
FADED = """figure => {
  const part = figure.getRootNode().host ?? figure;
  const box = part.closest('[data-testid=stElementContainer]');
  box.style.opacity = '0.33';
  return getComputedStyle(box).opacity;
}"""

# The ratio of WCAG 2.2 between an element's letters and its own ground.
CONTRAST = """part => {
  const luminance = colour => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 1, height: 1 }).getContext('2d');
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    const [r, g, b] = [...canvas.getImageData(0, 0, 1, 1).data].map(value => value / 255)
      .map(value => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const { color, backgroundColor } = getComputedStyle(part);
  const [darker, lighter] = [color, backgroundColor].map(luminance).sort((one, other) => one - other);
  return (lighter + 0.05) / (darker + 0.05);
}"""


def test_ten_clips_of_held_out_voices_are_judged_live_as_well_as_offline(spoken_to: Open, tmp_path: Path) -> None:
    truth, clips = zip(*held_out_clips(), strict=True)
    seconds = write_session(tmp_path / "session.wav", clips)
    page = spoken_to(Path(f"{tmp_path / 'session.wav'}%noloop"))
    app_in_browser.choose(page, "Model", "Demo")
    view(page).evaluate(LISTENED_TO)
    figure = start(page)
    wait_for(figure, f"live => live.spectra.seconds > {seconds} && live.predictions.utterances.length >= {len(clips)}")
    reader = Reader.load("demo-residual")
    offline = [reader.read(read_audio(clip)).emotion for clip in clips]
    live = heard_in(figure, spans_of(clips))
    right = [sum(map(str.__eq__, truth, map(str, one))) for one in (live, offline)]
    assert right[0] >= right[1], (live, offline)
    expect(figure.locator(".technical")).to_contain_text("95th percentile")
    expect(figure.locator(".technical")).to_contain_text("Blocks lost: 0")

    figure.get_by_role("button", name="Stop").click()
    expect(page.get_by_role("heading", name="The recording")).to_be_visible()
    settle(page)
    expect(page.get_by_text("one answer for all of it would say little")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download as WAV").click()
    samples, rate = soundfile.read(download.value.path())
    assert (rate, samples.ndim) == (16_000, 1)
    came = np.array(figure.evaluate("figure => figure.came.flatMap(samples => [...samples])"))
    assert len(samples) == len(came), "every block is in the recording, once"
    assert np.abs(samples - came).max() < 1.01 / 32768, "and in its order"
    # The browser's made-up microphone begins between two samples, and stumbles where the cores are busy.
    pieces = [piece for clip in clips for piece in pieces_of(read_audio(clip).samples, samples)]
    alike = np.array([one for _, one in pieces])
    assert np.mean(alike > 0.995) > 0.8, f"what was recorded is what was played; got {alike.round(3)}"

    page.get_by_role("button", name="Follow it over time →").click()
    expect(page.get_by_role("heading", level=1, name="Long recordings")).to_be_visible()
    expect(page.get_by_text("what was said live").first).to_be_visible()


DIAL = """figure => {
  const { dial, model } = figure.live, shown = dial.shown;
  return { shown, classes: model.classes, words: figure.querySelector('canvas.dial').ariaLabel };
}"""


def test_dial_map_and_spectrogram_fill_one_screen_and_the_dial_keeps_the_angles_of_what_is_heard(
    spoken_to: Open, tmp_path: Path
) -> None:
    page = spoken_to(looped(tmp_path, voice()))
    page.set_viewport_size({"width": 1280, "height": 720})
    figure = start(page)
    wait_for(figure, "live => live.predictions.windows.some(one => one.angles)")
    for name in ("dial", "trail", "timeline"):
        box = figure.locator(f"canvas.{name}").bounding_box()
        assert box is not None
        assert box["y"] >= 0, name
        assert box["y"] + box["height"] <= 720, name
    assert share_of_picture(page, MAIN_PICTURES["live-speaking"]) >= LEAST_SHARE
    figure.get_by_role("button", name="Pause the picture").click()
    figure.evaluate("figure => figure.live.look(figure.live.predictions.windows.find(one => one.angles).end)")
    ink(figure)
    told = figure.evaluate(DIAL)
    checkpoint = Reader.load("people").checkpoint
    ranges = dict(zip(checkpoint.labels, map(float, checkpoint.ranges), strict=True))
    for one, angle, known in zip(
        told["classes"], told["shown"]["angles"], dial_classes(ranges, checkpoint.directions), strict=True
    ):
        assert (one["name"], one["side"]) == (known.name, known.side)
        where = "inside" if angle <= one["range"] else "outside"
        assert f"{one['name']} {round(angle + 1e-9)}°, {where} its range of" in told["words"]
    page.set_viewport_size({"width": 390, "height": 844})
    settle(page)
    assert share_of_picture(page, MAIN_PICTURES["live-speaking"]) >= LEAST_SHARE
    assert overflow(page) == []


def test_the_browser_fetches_the_view_once_and_an_answer_holds_the_answer_alone(
    spoken_to: Open, tmp_path: Path
) -> None:
    fetched: list[str] = []
    answers: list[int] = []

    def note(frame: str | bytes) -> None:
        if isinstance(frame, bytes) and b"live_view" in frame:
            answers.append(len(frame))

    def watch(page: "Page") -> None:
        page.on("request", lambda request: fetched.append(request.url) if "component-files" in request.url else None)
        page.on("websocket", lambda socket: socket.on("framereceived", note))

    figure = start(spoken_to(looped(tmp_path, voice()), before=watch))
    wait_for(figure, "live => live.predictions.windows.length > 1")
    answers.clear()
    wait_for(figure, "live => live.predictions.windows.length > 6")
    assert len(fetched) == 1
    assert answers
    assert max(answers) < 12_000, answers


def test_before_the_first_press_each_empty_picture_says_what_will_be_seen_in_it(
    spoken_to: Open, tmp_path: Path
) -> None:
    page = spoken_to(looped(tmp_path, voice()))
    figure = view(page)
    promised = figure.locator(".to-come")
    for name, words in (("dial", "at its angle"), ("trail", "voices that the model knows"), ("timeline", "Your sound")):
        inside = figure.locator(f"canvas.{name}").bounding_box()
        told = promised.filter(has_text=words).bounding_box()
        assert inside is not None
        assert told is not None
        assert inside["x"] <= told["x"]
        assert told["x"] + told["width"] <= inside["x"] + inside["width"]
        assert inside["y"] <= told["y"]
        assert told["y"] + told["height"] <= inside["y"] + inside["height"]
    page.set_viewport_size({"width": 1280, "height": 720})
    for part in (".learn", ".told"):
        asked = figure.locator(part).bounding_box()
        assert asked is not None
        assert asked["y"] + asked["height"] <= 720, "learning the voice is asked on the first screen"
    edged = "band => getComputedStyle(band).outlineStyle"
    assert figure.locator(".band").first.evaluate(edged) == "solid", "a range is seen on dark ground, too"
    assert figure.evaluate(FADED) == "1", "a run that takes long does not make the picture faint"
    page.get_by_role("button", name="Start listening").click()
    for number in range(3):
        expect(promised.nth(number)).to_be_hidden()


def test_the_voice_that_speaks_is_learned_after_a_press_shown_from_when_and_forgotten_by_another(
    spoken_to: Open, tmp_path: Path
) -> None:
    quiet = np.zeros(48_000, dtype=np.float32)
    sad, happy = voice(1), voice(2)  # utterances that are all alike correct nothing
    page = spoken_to(looped(tmp_path, np.concatenate([sad, quiet, happy, quiet])))
    app_in_browser.choose(page, "Model", "Demo")
    figure = start(page)
    told = figure.locator(".told")
    expect(told).to_contain_text("Only numbers are kept, until you leave")
    wait_for(figure, "live => live.predictions.utterances.length > 0")
    assert figure.evaluate("figure => figure.live.timeline.knownSince") is None
    figure.get_by_role("button", name="Learn my voice").click()
    expect(told).to_contain_text(
        re.compile(r"^Since \d+:\d\d the answers know your voice, from \d+ utterances?, \d+ of 60 s")
    )
    assert figure.evaluate("figure => figure.live.timeline.knownSince") > 0
    assert figure.evaluate("figure => figure.live.phase") == "listening"
    figure.get_by_role("button", name="Forget my voice").click()
    expect(told).to_contain_text("Only numbers are kept, until you leave")
    assert figure.evaluate("figure => figure.live.timeline.knownSince") is None
    figure.get_by_role("button", name="Learn my voice").click()
    expect(told).to_contain_text("the answers know your voice")
    figure.get_by_role("button", name="Stop").click()
    page.get_by_role("textbox", name="Name").fill("Somebody")
    page.get_by_role("button", name="Keep as my voice").click()
    expect(page.get_by_text("Somebody is kept, and chosen for this model")).to_be_visible()
    expect(figure.get_by_role("button", name="Forget my voice")).to_be_hidden()
    page.get_by_role("link", name="See it on Your voice →").click()
    expect(page.get_by_role("heading", level=1, name="Your voice")).to_be_visible()
    expect(page.get_by_text("Somebody", exact=True)).to_be_visible()
    page.get_by_role("button", name="Delete").click()
    page.get_by_role("button", name="Delete for good").click()
    expect(page.get_by_text("Somebody is deleted.")).to_be_visible()  # other tests find no voice of this one


def test_delays_are_told_in_figures_to_experts_alone_and_listening_goes_on(spoken_to: Open, tmp_path: Path) -> None:
    page = spoken_to(looped(tmp_path, voice()))
    figure = start(page)
    wait_for(figure, "live => live.predictions.windows.length > 1")
    technical = figure.locator(".technical")
    expect(technical).to_be_hidden()
    page.get_by_test_id("stCheckbox").filter(has_text="For experts").click()
    expect(technical).to_be_visible()
    expect(technical).to_contain_text("95th percentile")
    assert figure.evaluate("figure => figure.live.phase") == "listening"


def test_the_picture_can_be_paused_scrolled_and_recoloured_by_keyboard(spoken_to: Open, tmp_path: Path) -> None:
    page = spoken_to(looped(tmp_path, voice()))
    figure = view(page)
    figure.get_by_role("button", name="Start listening").focus()
    page.keyboard.press("Enter")
    figure.locator(".span").select_option("5")
    wait_for(figure, "live => live.spectra.seconds > 8 && live.predictions.windows.length > 1")
    picture = figure.locator("canvas.timeline")
    picture.focus()
    page.keyboard.press("Space")
    pause = figure.get_by_role("button", name="Pause the picture")
    expect(pause).to_have_attribute("aria-pressed", "true")
    pause.hover()
    assert pause.evaluate(CONTRAST) >= 4.5, "a pressed button can be read under the pointer, too"
    held, heard = figure.evaluate("figure => [figure.live.view.edge, figure.live.spectra.seconds]")
    wait_for(figure, f"live => live.spectra.seconds > {heard} + 1")  # listening goes on
    assert figure.evaluate("figure => figure.live.view.edge") == held
    page.keyboard.press("Home")
    assert figure.evaluate("figure => figure.live.view.edge") == pytest.approx(5, abs=0.05)
    page.keyboard.press("ArrowRight")
    assert figure.evaluate("figure => figure.live.view.edge") == pytest.approx(5.5, abs=0.05)
    bright = ink(figure)
    figure.get_by_label("Brightest").press("Home")
    assert ink(figure) != bright
    figure.get_by_label("Frequency").select_option("linear")
    expect(figure.locator(".state")).to_contain_text("At 0:0")
    picture.focus()
    page.keyboard.press("End")
    expect(figure.get_by_role("button", name="Back to now")).to_be_disabled()
    assert figure.evaluate("figure => figure.live.view.following")


LIVE_COLUMN = """figure => {
  const canvas = figure.querySelector('canvas.timeline'), ratio = devicePixelRatio;
  const box = figure.live.timeline.parts(canvas.clientWidth, canvas.clientHeight).picture;
  const [x, y, h] = [box.x + 0.9 * box.width, box.y, box.height].map(side => Math.round(side * ratio));
  const bytes = canvas.getContext('2d').getImageData(x, y, 1, h).data;
  return Array.from({ length: h }, (_, row) => bytes[4 * row] + bytes[4 * row + 1] + bytes[4 * row + 2]);
}"""


def height_of_the_brightest(column: np.ndarray) -> float:
    rows = np.flatnonzero(column > 0.98 * column.max())
    return 1 - (float(rows.mean()) + 0.5) / len(column)


def test_a_tone_of_1_khz_lies_at_the_same_height_in_live_and_in_listen(
    spoken_to: Open, visit: Callable[[str], "Page"], tmp_path: Path
) -> None:
    tone = 0.5 * np.sin(2 * np.pi * 1_000 * np.arange(48_000) / 48_000)
    live = start(spoken_to(looped(tmp_path, tone)))
    live.locator(".span").select_option("5")
    wait_for(live, "live => live.spectra.seconds > 3")
    listen = bring(visit("Listen"), wav(tone[::3]))
    if listen.get_by_label("Pitch").is_enabled():
        listen.get_by_label("Pitch").uncheck()  # its line would lie over the picture
    for axis, expected in (("linear", 1_000 / 8_000), ("mel", float(hertz_to_mel(1_000) / hertz_to_mel(8_000)))):
        for figure in (live, listen):
            figure.get_by_label("Frequency").select_option(axis)
        for _ in range(20):  # a busy browser draws the new axis some frames later
            ink(live)
            heights = [
                height_of_the_brightest(np.array(live.evaluate(LIVE_COLUMN))),
                height_of_the_brightest(brightness(listen, "spectrogram")[:, 300]),
            ]
            if heights == pytest.approx([expected, expected], abs=0.008):
                break
            live.page.wait_for_timeout(200)
        assert heights == pytest.approx([expected, expected], abs=0.008), axis


def ink(figure) -> str:
    """The picture as it is now, to be compared with another one."""
    figure.evaluate("() => new Promise(next => requestAnimationFrame(() => requestAnimationFrame(next)))")
    return str(figure.locator("canvas.timeline").evaluate("canvas => canvas.toDataURL()"))


@pytest.mark.parametrize(
    ("gain", "told"), [(0.0, "Silence"), (40.0, "Clipped"), (0.002, "Too quiet to judge")], ids=["none", "high", "low"]
)
def test_the_level_is_told_where_it_limits_the_judgement(
    gain: float, told: str, spoken_to: Open, tmp_path: Path
) -> None:
    page = spoken_to(looped(tmp_path, np.clip(gain * voice(), -1, 1)))
    figure = start(page)
    wait_for(figure, f"live => live.find('.state').textContent.includes('{told}')")


DEMO = "live => live.model.name.startsWith('Demo') && live.predictions.windows.length > 1"


def test_while_somebody_speaks_another_model_goes_on_from_there_and_is_named(spoken_to: Open, tmp_path: Path) -> None:
    page = spoken_to(looped(tmp_path, voice()))
    figure = start(page)
    wait_for(figure, "live => live.predictions.windows.length > 1")
    figure.evaluate("figure => { figure.live.isTheFirst = true; }")
    before = figure.evaluate("figure => figure.live.spectra.seconds")
    app_in_browser.choose(page, "Model", "Demo")
    wait_for(figure, DEMO)
    expect(figure.locator(".judge")).to_contain_text("judged by Demo: residual network on artificial voices.")
    assert figure.evaluate("figure => [figure.live.isTheFirst, figure.live.phase]") == [True, "listening"]
    assert figure.evaluate("figure => figure.live.spectra.seconds") > before
    assert figure.evaluate("(figure, before) => figure.live.predictions.windows.every(one => one.end > before)", before)
    expect(figure.locator(".technical")).to_contain_text("Blocks lost: 0")


# Streamlit sends what happens within one prediction in one message, to be run by the fragment alone.
AT_ONCE = """async ([figure, option]) => {
  option.click();
  for (let i = 0; i < 50; i++) await null;
  figure.live.sender.sentAt = null;
  figure.live.sender.send();
}"""


def test_a_choice_that_travels_with_a_block_of_sound_reaches_the_page(spoken_to: Open, tmp_path: Path) -> None:
    page = spoken_to(looped(tmp_path, voice()))
    figure = start(page)
    wait_for(figure, "live => live.predictions.windows.length > 1")
    live = figure.element_handle()  # an open list hides the rest of the page from its roles
    page.get_by_test_id("stPopover").get_by_role("button", name="Settings").click()
    page.get_by_role("combobox", name="Model", exact=True).click()
    page.evaluate(AT_ONCE, [live, page.get_by_role("option").filter(has_text="Demo").element_handle()])
    wait_for(figure, DEMO)
    assert figure.evaluate("figure => figure.live.phase") == "listening"
    expect(page.get_by_text("Demo: residual network on artificial voices · ").first).to_be_visible()


class Losing:
    """Stands between the app and its page, and keeps one drawing of the live view back, as Streamlit does at times.

    Where a message begins a run of the view alone before all that a run of the whole page drew was sent, Streamlit 1.67
    gives up what the view was in that run, and the page takes the view away.
    """

    def __init__(self, page: "Page") -> None:
        """Stand between them from the page's next visit on."""
        self.wanted = self.taken = self.whole = False
        self.left = 2  # messages to lose
        page.route_web_socket(re.compile("_stcore/stream"), self._connect)

    def _connect(self, browser: "WebSocketRoute") -> None:
        app = browser.connect_to_server()
        app.on_message(lambda message: None if self._takes(message) else browser.send(message))
        browser.on_message(lambda message: None if self._sweeps() else app.send(message))

    def _sweeps(self) -> bool:
        """Lose what the view sends first without its place on the page, as a run that has ended another one does."""
        swept = self.taken and self.left > 0
        self.left -= swept
        return swept

    def _takes(self, message: str | bytes) -> bool:
        told = ForwardMsg.FromString(message) if isinstance(message, bytes) else ForwardMsg()
        if told.HasField("new_session"):
            self.whole = not told.metadata.run.fragment_ids
        view = told.delta.new_element.bidi_component.component_name == "live_view"
        if not (self.wanted and self.whole and view):
            return False
        self.wanted, self.taken = False, True
        return True


def test_a_view_that_streamlit_takes_off_the_page_and_puts_back_goes_on_as_if_nothing_had_happened(
    spoken_to: Open, tmp_path: Path
) -> None:
    losing: list[Losing] = []
    page = spoken_to(looped(tmp_path, voice()), before=lambda page: losing.append(Losing(page)))
    figure = start(page)
    wait_for(figure, "live => live.predictions.windows.length > 1")
    figure.evaluate("figure => { figure.live.isTheFirst = true; }")
    before = figure.evaluate("figure => figure.live.spectra.seconds")
    losing[0].wanted = True
    for name in itertools.cycle(("Demo", "RAVDESS:")):  # Streamlit may be faster in losing it
        app_in_browser.choose(page, "Model", name)
        wait_for(figure, f"live => live.model.name.startsWith('{name}') && live.predictions.windows.length > 1")
        if losing[0].taken:
            break
    assert figure.evaluate("figure => [figure.live.isTheFirst, figure.live.phase]") == [True, "listening"]
    assert figure.evaluate("figure => figure.live.spectra.seconds") > before
    expect(figure.locator(".technical")).to_contain_text("Blocks lost: 0")
