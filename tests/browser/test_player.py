"""The player on Listen: one time axis for both pictures, and what is selected there is what is heard and judged."""

import io
import itertools
import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import soundfile

from app_in_browser import PATIENCE, chart, drawn_player, go_to, overflow, place_in_player, settle
from ser_core.audio.reading import read_audio

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

pytestmark = pytest.mark.browser
expect = pytest.importorskip("playwright.sync_api").expect

RATE = 16_000
Visit = Callable[[str], "Page"]
SELECTION = "figure => figure.speechPlayer.selection"
SPAN = "figure => figure.speechPlayer.span.state()"
POSITION = "figure => figure.speechPlayer.position()"
PLAYING = "figure => figure.speechPlayer.sound.playing"


def bring(page: "Page", content: bytes, name: str = "sound.wav") -> "Locator":
    page.get_by_test_id("stRadio").get_by_text("Upload a file").click()
    settle(page)
    page.get_by_test_id("stFileUploader").locator("input[type=file]").set_input_files(
        {"name": name, "mimeType": "audio/wav", "buffer": content}
    )
    figure = drawn_player(page)
    settle(page)
    return figure


@pytest.fixture
def figure(visit: Visit, clip: Path) -> "Locator":
    """Bring a sentence of the demo corpus to Listen."""
    return bring(visit("Listen"), clip.read_bytes(), clip.name)


def wav(samples: np.ndarray) -> bytes:
    file = io.BytesIO()
    soundfile.write(file, samples.astype(np.float32), RATE, format="WAV", subtype="FLOAT")
    return file.getvalue()


def brightness(figure: "Locator", panel: str) -> np.ndarray:
    """Read how bright a panel of the picture is, 0 to 255, rows from the top; the colour scale rises in it."""
    figure.and_(figure.page.locator("[data-drawn]")).wait_for()
    width, *flat = figure.evaluate(
        """(figure, panel) => {
          const player = figure.speechPlayer, ratio = devicePixelRatio;
          const box = player.layout()[panel];
          const [x, y, w, h] = [box.x, box.y, box.width, box.height].map(side => Math.round(side * ratio));
          const bytes = player.pens[0].getImageData(x, y, w, h).data, found = [w];
          for (let i = 0; i < bytes.length; i += 4) {
            found.push(Math.round(0.299 * bytes[i] + 0.587 * bytes[i + 1] + 0.114 * bytes[i + 2]));
          }
          return found;
        }""",
        panel,
    )
    return np.reshape(flat, (-1, width))


def drag(page: "Page", figure: "Locator", start: float, end: float) -> None:
    page.mouse.move(*place_in_player(figure, start))
    page.mouse.down()
    page.mouse.move(*place_in_player(figure, end, 0.7), steps=6)
    page.mouse.up()


def until(page: "Page", figure: "Locator", condition: str, argument: object = None) -> None:
    page.wait_for_function(
        f"([figure, argument]) => {{ const player = figure.speechPlayer; return {condition}; }}",
        arg=[figure.element_handle(), argument],
    )


# ------------------------------------------------------------------------------------------------ hearing
def test_it_sounds_the_place_moves_and_it_stops_at_the_end(figure: "Locator") -> None:
    page = figure.page
    figure.get_by_role("button", name="Play").click()
    until(page, figure, "player.position() > 0.3 && player.sound.level() > -50")
    figure.get_by_role("button", name="Pause").click()
    expect(figure.get_by_role("button", name="Play")).to_be_visible()
    stopped = figure.evaluate(POSITION)
    page.wait_for_timeout(300)
    assert figure.evaluate(POSITION) == stopped
    figure.get_by_role("application").focus()
    page.keyboard.press("End")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Space")
    until(page, figure, "!player.sound.playing && player.position() === 0")
    expect(figure.get_by_role("button", name="Play")).to_be_visible()


def test_only_the_selection_sounds_and_it_goes_around_on_demand(figure: "Locator") -> None:
    page = figure.page
    drag(page, figure, 0.5, 0.8)
    start, end = figure.evaluate(SELECTION)
    figure.get_by_role("button", name="Play selection").click()
    until(page, figure, "!player.sound.playing")
    assert figure.evaluate(POSITION) == start
    figure.get_by_label("Loop").check()
    figure.get_by_role("button", name="Play selection").click()
    page.wait_for_timeout(900)
    places = []
    for _ in range(20):
        places.append(figure.evaluate(POSITION))
        page.wait_for_timeout(30)
    assert figure.evaluate(PLAYING)
    assert all(start <= place <= end for place in places)
    assert any(later < former for former, later in itertools.pairwise(places)), "it came around"
    figure.get_by_label("Loop").uncheck()
    until(page, figure, "!player.sound.playing")


# ------------------------------------------------------------------------------------------------ seeing
def test_both_pictures_follow_one_time_axis_through_wheel_keys_and_drag(visit: Visit) -> None:
    random = np.random.default_rng(0)
    samples = 1e-4 * random.normal(size=4 * RATE)
    moment = 2.5
    samples[round(moment * RATE) - 40 : round(moment * RATE) + 40] = 0.9 * random.choice([-1, 1], 80)
    figure = bring(visit("Listen"), wav(samples))
    page = figure.page
    figure.get_by_label("Intensity").uncheck()

    def expect_burst_at_its_place() -> None:
        page.mouse.move(0, 0)
        wave, spectrogram = brightness(figure, "wave"), brightness(figure, "spectrogram")
        from_, to = figure.evaluate(SPAN)
        expected = (moment - from_) / (to - from_) * wave.shape[1]
        dark = (wave < 110).sum(axis=0)
        loud = spectrogram.mean(axis=0) - spectrogram.min()
        width = max(4, 0.005 / (to - from_) * wave.shape[1] * 1.5)
        for profile, name in ((dark, "waveform"), (loud, "spectrogram")):
            middle = np.mean(np.flatnonzero(profile > 0.8 * profile.max()))
            assert middle == pytest.approx(expected, abs=width), name

    figure.get_by_label("Window").select_option("wide")
    expect_burst_at_its_place()
    canvas = figure.get_by_role("application")
    place = place_in_player(figure, 2.2)
    page.mouse.click(*place)
    page.mouse.move(*place)
    for _ in range(4):
        page.mouse.wheel(0, -200)
    page.wait_for_timeout(200)
    zoomed = figure.evaluate(SPAN)
    assert zoomed[1] - zoomed[0] < 1.5
    assert place_in_player(figure, 2.2)[0] == pytest.approx(place[0], abs=4), "what lay under the mouse stays there"
    expect_burst_at_its_place()
    for key in ("+", "-", "PageUp", "PageDown"):
        canvas.press(key)
    assert figure.evaluate(SPAN) == pytest.approx(zoomed)
    x, y = place_in_player(figure, 2.3, -0.05)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 150, y, steps=4)
    page.mouse.up()
    moved = figure.evaluate(SPAN)
    assert moved[0] > zoomed[0]
    assert moved[1] - moved[0] == pytest.approx(zoomed[1] - zoomed[0])
    expect_burst_at_its_place()
    canvas.press("0")
    assert figure.evaluate(SPAN) == [0, 4]
    canvas.press("End")
    assert figure.evaluate(POSITION) == 4
    canvas.press("Home")
    assert figure.evaluate(POSITION) == 0


def test_a_rising_tone_is_drawn_where_it_is(visit: Visit) -> None:
    from ser_core.features.mel import hertz_to_mel

    seconds = np.arange(3 * RATE) / RATE
    figure = bring(visit("Listen"), wav(0.5 * np.sin(2 * np.pi * (500 * seconds + 1_000 * seconds**2))))
    if figure.get_by_label("Pitch").is_enabled():
        figure.get_by_label("Pitch").uncheck()
    for band, axis in itertools.product(("wide", "narrow"), ("linear", "mel")):
        figure.get_by_label("Window").select_option(band)
        figure.get_by_label("Frequency").select_option(axis)
        levels = brightness(figure, "spectrogram")
        rows, columns = levels.shape
        for moment in (0.25, 1.0, 1.9, 2.7):
            hertz = 500 + 2_000 * moment
            column = levels[:, round(moment / 3 * columns)]
            height = hertz / 8_000 if axis == "linear" else float(hertz_to_mel(hertz) / hertz_to_mel(8_000))
            loudest = np.flatnonzero(column > 0.99 * column.max()).mean()
            assert rows - loudest == pytest.approx(height * rows, abs=4), (band, axis, moment)


def test_what_the_mouse_points_at_is_told_with_units(figure: "Locator") -> None:
    page = figure.page
    page.mouse.move(*place_in_player(figure, 0.5, 0.5))
    expect(figure.locator(".readout")).to_have_text(
        re.compile(r"^0\.\d{3} s · \d+ Hz · −?\d+ dB · intensity −\d+\.\d dB( · pitch \d+ Hz)?$")
    )
    x, y = place_in_player(figure, 0.5, 1)
    page.mouse.move(x, y - 60)
    expect(figure.locator(".readout")).to_have_text(re.compile(r"^0\.\d{3} s · amplitude −?0"))
    page.mouse.move(0, 0)
    expect(figure.locator(".readout")).to_have_text(re.compile(r"^Shown: all of \d"))


# ------------------------------------------------------------------------------------------------ selecting, judging
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
    command = [sys.executable, "-m", "ser_core", "predict", "--json", "--checkpoint", "demo-residual", str(path)]
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
            assert told.endswith(", ".join(form.format(label, value) for label, value in values.items()))
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


# ------------------------------------------------------------------------------------------------ other browsers
def test_fingers_select_move_and_zoom_on_a_narrow_screen(chromium: "Browser", address: str, clip: Path) -> None:
    context = chromium.new_context(
        viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True, device_scale_factor=3
    )
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    go_to(page, address, "Listen")
    figure = bring(page, clip.read_bytes(), clip.name)
    assert overflow(page) == []
    assert figure.evaluate("figure => figure.speechPlayer.canvas.width / figure.speechPlayer.size().width") == 3
    fingers = context.new_cdp_session(page)

    def touch(kind: str, *places: tuple[float, float]) -> None:
        points = [{"x": at[0], "y": at[1], "id": number} for number, at in enumerate(places)]
        fingers.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    x, y = place_in_player(figure, 0.4)
    touch("touchStart", (x, y))
    for away in (20, 40, 60):
        touch("touchMove", (x + away, y))
    touch("touchEnd")
    assert figure.evaluate(SELECTION)[0] == pytest.approx(0.4, abs=0.02)
    before = figure.evaluate(SPAN)
    touch("touchStart", (x, y), (x + 30, y))
    for apart in (60, 90, 120):
        touch("touchMove", (x, y), (x + apart, y))
    touch("touchEnd")
    after = figure.evaluate(SPAN)
    assert after[1] - after[0] < (before[1] - before[0]) / 2
    assert figure.evaluate(SELECTION)[0] == pytest.approx(0.4, abs=0.02), "two fingers select nothing"
    context.close()


@pytest.mark.parametrize(
    "without",
    ["delete window.AudioContext", "delete window.OffscreenCanvas"],
    ids=["no Web Audio", "no canvas off the screen"],
)
def test_a_browser_that_cannot_play_or_draw_gets_the_plain_player_and_is_told(
    chromium: "Browser", address: str, clip: Path, without: str
) -> None:
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(PATIENCE)
    context.add_init_script(without)
    page = context.new_page()
    go_to(page, address, "Listen")
    page.get_by_test_id("stRadio").get_by_text("Upload a file").click()
    settle(page)
    page.get_by_test_id("stFileUploader").locator("input[type=file]").set_input_files(clip)
    expect(page.get_by_text("The simple player: this browser has no canvas or no Web Audio")).to_be_visible()
    expect(chart(page, "Log-mel spectrogram")).to_be_attached()
    expect(page.locator("audio").first).to_be_visible()
    context.close()


def test_the_sound_crosses_once_and_a_selection_is_answered_with_little(
    chromium: "Browser", address: str, clip: Path
) -> None:
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    frames: list[bytes] = []
    page.on("websocket", lambda socket: socket.on("framereceived", lambda frame: frames.append(_bytes(frame))))
    go_to(page, address, "Listen")
    figure = bring(page, clip.read_bytes(), clip.name)
    assert sum(b"SERM" in frame for frame in frames) == 1
    frames.clear()
    drag(page, figure, 0.3, 1.3)
    figure.get_by_role("button", name="Read the selection").click()
    expect(page.get_by_role("heading", name=re.compile("^The selection,"))).to_be_visible()
    assert frames
    assert not any(b"SERM" in frame for frame in frames)
    context.close()


def _bytes(frame: str | bytes) -> bytes:
    return frame.encode() if isinstance(frame, str) else frame
