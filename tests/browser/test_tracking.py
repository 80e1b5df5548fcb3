"""Long recordings: brought, judged beside the page, pressed, heard, taken away."""

import io
from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
import pytest
import soundfile

from app_in_browser import chart, go_to, press_point, settle
from ser_core.corpora import open_corpus
from ser_core.tracks.demo import conversation

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

pytestmark = pytest.mark.browser
expect = pytest.importorskip("playwright.sync_api").expect

Hear = Callable[["Locator"], float]
Visit = Callable[[str], "Page"]


def test_an_upload_is_judged_a_segment_is_pressed_and_heard_and_all_is_there_after_another_page(
    visit: Visit, hear: Hear, address: str
) -> None:
    samples = np.concatenate(list(conversation(open_corpus("demo"), seconds=40, seed=1)))
    file = io.BytesIO()
    soundfile.write(file, samples, 16_000, format="FLAC")
    page = visit("Long recordings")
    page.get_by_test_id("stFileUploader").locator("input[type=file]").set_input_files(
        {"name": "talk.flac", "mimeType": "audio/flac", "buffer": file.getvalue()}
    )
    page.get_by_role("button", name="Judge this recording").click()
    picture = chart(page, "Emotion over time")
    expect(picture).to_be_visible()
    settle(page)
    before = page.get_by_role("combobox", name="Segment", exact=True).input_value()
    press_point(page, picture, 8, layer="barlayer")
    assert page.get_by_role("combobox", name="Segment", exact=True).input_value() != before
    assert hear(page.locator("audio").first) > 0.1
    with page.expect_download() as download:
        page.get_by_role("button", name="TextGrid for Praat").click()
    assert download.value.suggested_filename == "talk-track.TextGrid"
    go_to(page, address, "Home")
    go_to(page, address, "Long recordings")
    expect(chart(page, "Emotion over time")).to_be_visible()
