"""Long recordings: brought, judged beside the page, pressed, heard, taken away."""

import io
import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
import pytest
import soundfile

from app_in_browser import drawn_track, go_to, settle
from ser_core.corpora import open_corpus
from ser_core.tracks.demo import conversation

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

pytestmark = pytest.mark.browser
expect = pytest.importorskip("playwright.sync_api").expect

Hear = Callable[["Locator"], float]
Visit = Callable[[str], "Page"]


def judged_talk(page: "Page") -> "Locator":
    """Bring forty seconds of a conversation and let them be judged; returns the figure."""
    samples = np.concatenate(list(conversation(open_corpus("demo"), seconds=40, seed=1)))
    file = io.BytesIO()
    soundfile.write(file, samples, 16_000, format="FLAC")
    page.get_by_test_id("stFileUploader").locator("input[type=file]").set_input_files(
        {"name": "talk.flac", "mimeType": "audio/flac", "buffer": file.getvalue()}
    )
    page.get_by_role("button", name="Judge this recording").click()
    figure = drawn_track(page)
    settle(page)
    return figure


def moment(figure: "Locator") -> float:
    return float(figure.locator(".picture").get_attribute("aria-valuenow") or "nan")


def press(figure: "Locator", share: float) -> None:
    picture = figure.locator(".picture")
    picture.scroll_into_view_if_needed()
    box = picture.bounding_box()
    assert box is not None
    picture.click(position={"x": share * box["width"], "y": box["height"] / 2})


def test_an_upload_is_judged_a_press_is_heard_and_chooses_and_all_is_there_after_another_page(
    visit: Visit, hear: Hear, address: str
) -> None:
    page = visit("Long recordings")
    figure = judged_talk(page)
    segment = page.get_by_role("combobox", name="Segment", exact=True)
    before = segment.input_value()
    press(figure, 0.8)
    page.wait_for_function(
        "figure => { const player = figure.querySelector('audio'); return !player.paused && player.currentTime > 32; }",
        arg=figure.element_handle(),
    )
    settle(page)
    assert segment.input_value() != before
    expect(figure.get_by_role("button", name="Pause")).to_be_visible()
    assert 32 < moment(figure) <= 40
    figure.locator(".picture").press("Space")
    assert hear(page.get_by_test_id("stAudio").first) > 0.1
    with page.expect_download() as download:
        page.get_by_role("button", name="TextGrid for Praat").click()
    assert download.value.suggested_filename == "talk-track.TextGrid"
    go_to(page, address, "Home")
    go_to(page, address, "Long recordings")
    expect(figure.locator("rect.segment").first).to_be_attached()
    expect(page.get_by_text(re.compile(r"Most(ly| often) .+ of it speech"))).to_be_visible()


def test_keys_seek_play_and_pause_and_the_line_runs_along(visit: Visit) -> None:
    page = visit("Long recordings")
    figure = judged_talk(page)
    picture = figure.locator(".picture")
    picture.focus()
    for key, expected in (
        ("Home", 0), ("ArrowRight", 1), ("Shift+ArrowRight", 6), ("ArrowLeft", 5), ("Shift+ArrowLeft", 0),
        ("ArrowLeft", 0), ("End", 40), ("Shift+ArrowLeft", 35), ("Home", 0), ("Shift+ArrowRight", 5),
    ):  # fmt: skip
        picture.press(key)
        assert moment(figure) == pytest.approx(expected, abs=0.06), key
    settle(page)
    picture.press("Space")
    page.wait_for_function(
        "figure => parseFloat(figure.querySelector('.cursor').style.left) > 100 * 5.5 / 40", arg=figure.element_handle()
    )
    heard = figure.locator("audio").evaluate("player => player.currentTime")
    assert heard > 5.4
    picture.press("Space")
    stopped = moment(figure)
    page.wait_for_timeout(300)
    assert moment(figure) == stopped
    assert figure.locator("audio").evaluate("player => player.paused")


@pytest.mark.parametrize(("width", "height"), [(1280, 720), (390, 844)])
def test_the_picture_of_a_judged_recording_takes_half_of_the_first_screen(
    visit: Visit, width: int, height: int
) -> None:
    page = visit("Long recordings")
    figure = judged_talk(page)
    page.set_viewport_size({"width": width, "height": height})
    page.get_by_test_id("stMain").evaluate("main => main.scrollTo(0, 0)")
    settle(page)
    box = figure.locator("svg").first.bounding_box()
    assert box is not None
    across = min(width, box["x"] + box["width"]) - max(0, box["x"])
    down = min(height, box["y"] + box["height"]) - max(0, box["y"])
    assert across * down >= width * height / 2, box
