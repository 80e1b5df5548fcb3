"""Listen: what a visitor brings is seen, heard and judged; what cannot be judged gets advice."""

import io
import itertools
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
import soundfile

from app_in_browser import (
    REPOSITORY,
    answer_on,
    bring_sound,
    choose,
    drawn_player,
    go_to,
    overflow,
    settle,
)
from first_screen import LEAST_SHARE, MAIN_PICTURES, share_of_picture
from ser_core.labels import EMOTIONS

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

pytestmark = pytest.mark.browser
expect = pytest.importorskip("playwright.sync_api").expect

Hear = Callable[["Locator"], float]
Visit = Callable[[str], "Page"]
WAV = "audio/wav"


def expect_judged(page: "Page", name: str) -> None:
    expect(page.get_by_text(f"· {name}").first).to_be_visible()
    settle(page)
    answer = answer_on(page).inner_text().strip().lower()
    certain = {f"{how} {emotion}" for how in ("clearly", "probably", "perhaps") for emotion in EMOTIONS}
    both = {f"{one} or {other}" for one, other in itertools.permutations(EMOTIONS, 2)}
    assert answer in {*certain, *both, "none of these"}
    drawn_player(page, name)
    dial = page.locator("figure.dial canvas")
    expect(dial).to_have_attribute("aria-label", re.compile("^Angle dial: from the recording to "))
    expect(page.get_by_role("heading", name="Nearest known utterances")).to_be_visible()


def heard_in(player: "Locator") -> float:
    """Play the recording until its place moves on; returns its length in seconds."""
    player.get_by_role("button", name="Play").click()
    player.page.wait_for_function("figure => figure.speechPlayer.position() > 0.05", arg=player.element_handle())
    player.get_by_role("button", name="Pause").click()
    return float(player.evaluate("figure => figure.speechPlayer.duration"))


def bring(page: "Page", name: str, content: bytes) -> None:
    bring_sound(page, {"name": name, "mimeType": WAV, "buffer": content})


def wav(samples: np.ndarray, sample_rate: int = 44_100) -> bytes:
    file = io.BytesIO()
    soundfile.write(file, samples, sample_rate, format="WAV", subtype="PCM_16")
    return file.getvalue()


def test_a_sentence_spoken_into_the_microphone_is_judged_and_can_be_heard(visit: Visit, hear: Hear) -> None:
    page = visit("Listen")
    recorder = page.get_by_test_id("stAudioInput")
    recorder.get_by_role("button", name="Record", exact=True).click()
    stop = recorder.get_by_role("button", name="Stop recording")
    expect(stop).to_be_visible()
    page.wait_for_timeout(3500)
    stop.click()
    expect_judged(page, "your recording")
    assert 2.0 < heard_in(drawn_player(page, "your recording")) < 60.0
    choose(page, "Model", re.compile("^Demo"))  # its corpus is on every computer
    assert hear(page.get_by_test_id("stAudio").first) > 0.3, "the nearest known utterance"


def test_an_uploaded_file_is_judged_and_can_be_heard(visit: Visit, clip: Path) -> None:
    page = visit("Listen")
    bring(page, "sentence.flac", clip.read_bytes())
    expect_judged(page, "sentence.flac")
    expect(page.get_by_text("sentence.flac").first).to_be_visible()
    assert heard_in(drawn_player(page, "sentence.flac")) == pytest.approx(soundfile.info(clip).duration, abs=0.1)


def test_a_recording_is_still_there_after_a_look_at_another_page(visit: Visit, address: str, clip: Path) -> None:
    page = visit("Listen")
    bring(page, "sentence.flac", clip.read_bytes())
    expect_judged(page, "sentence.flac")
    go_to(page, address, "Home")
    go_to(page, address, "Listen")
    expect_judged(page, "sentence.flac")


def test_files_that_hold_no_speech_get_advice_and_the_page_goes_on(visit: Visit, clip: Path) -> None:
    page = visit("Listen")
    silence = wav(np.zeros(44_100 * 2, dtype=np.float32))
    for name, content, expected, advice in (
        ("text.wav", b"Dear diary, this is no recording.", "Expected audio in text.wav", "Convert it"),
        ("empty.wav", b"", "got an empty file", "record it once more"),
        ("silence.wav", silence, "Not speech, and not judged: silence.wav holds 2.0 s of silence", "microphone"),
    ):
        bring(page, name, content)
        message = page.get_by_test_id("stAlert").filter(has_text=expected)
        expect(message).to_contain_text(advice)
        expect(page.get_by_text("Traceback")).to_have_count(0)
        assert answer_on(page).count() == 0
    bring(page, "sentence.flac", clip.read_bytes())
    expect_judged(page, "sentence.flac")
    expect(page.get_by_test_id("stAlertContentError")).to_have_count(0)


def test_the_page_opens_on_a_judged_clip_whose_picture_fills_half_of_the_screen_on_a_desk_and_on_a_phone(
    visit: Visit,
) -> None:
    page = visit("Listen")
    for width, height in ((1280, 720), (390, 844)):
        page.set_viewport_size({"width": width, "height": height})
        settle(page)
        drawn_player(page)
        expect(answer_on(page)).to_be_visible()
        assert share_of_picture(page, MAIN_PICTURES["listen-demo"]) >= LEAST_SHARE, (width, height)
        assert overflow(page) == []


def test_a_long_answer_neither_moves_the_picture_nor_takes_its_half_of_the_screen_of_a_phone(visit: Visit) -> None:
    page = visit("Listen")
    choose(page, "Model", re.compile("^RAVDESS"))  # it gives answers of three lengths to these clips
    page.set_viewport_size({"width": 390, "height": 844})
    drawn_player(page)
    dial = page.locator("figure.dial canvas")
    places = []
    for name, answer in (("15a07Fb", "Clearly happy"), ("10b09Ad", "Fearful or happy"), ("15a04Ab", "None of these")):
        clip = REPOSITORY / f"ser_core/corpora/emodb_speech/wav/{name}.flac"
        bring_sound(page, {"name": clip.name, "mimeType": "audio/flac", "buffer": clip.read_bytes()})
        drawn_player(page, clip.name)
        settle(page)
        expect(answer_on(page)).to_have_text(answer)
        assert share_of_picture(page, MAIN_PICTURES["listen-demo"]) >= LEAST_SHARE, answer
        places.append(dial.bounding_box())
    assert places == [places[0]] * 3
