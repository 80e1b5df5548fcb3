"""The player on Listen under fingers, in a browser that cannot play, and over the wire."""

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from app_in_browser import PATIENCE, bring_sound, chart, drawn_player, go_to, overflow, place_in_player
from tests.browser.player import SELECTION, SPAN, bring, drag

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser
expect = pytest.importorskip("playwright.sync_api").expect


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
    bring_sound(page, clip)
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
    drawn_player(page)  # of the clip that the page opens on
    frames.clear()
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
