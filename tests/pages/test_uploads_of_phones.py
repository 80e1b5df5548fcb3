"""Uploads that the server cannot read are decoded by the visitor's browser, or get the advice of ``predict``."""

import base64
from typing import Any

import numpy as np
import pytest

from ser_core.audio import opening
from tests.pages.shown import texts
from ui.components.decoder import DecodingFailure, SampleChunk, checked

M4A = b"\0\0\0\x1cftypM4A \0\0\2\0isomiso2" + bytes(2_000)


class Browser:
    """Stands in for the decoder in the browser: its answers are given once each."""

    def __init__(self) -> None:
        self.answers: list[dict[str, Any]] = []
        self.asked: list[tuple[str, int]] = []

    def __call__(self, sound: Any, piece: int) -> SampleChunk | DecodingFailure | None:
        self.asked.append((sound.name, piece))
        return checked({"file": sound.key, **self.answers.pop(0)}) if self.answers else None


def piece(number: int, count: int, samples: np.ndarray) -> dict[str, Any]:
    encoded = base64.b64encode((32_767 * samples).astype("<i2").tobytes()).decode()
    return {"piece": number, "pieces": count, "rate": 16_000, "channels": 1, "samples": encoded}


@pytest.fixture
def browser(monkeypatch: pytest.MonkeyPatch) -> Browser:
    stand_in = Browser()
    monkeypatch.setattr("ui.components.decoder.mount.draw", stand_in)
    monkeypatch.setattr(opening, "can_decode", lambda: False)
    return stand_in


def voice() -> np.ndarray:
    times = np.arange(24_000) / 16_000
    buzz = sum(np.sin(2 * np.pi * 150 * k * times) / k for k in range(1, 20))
    return 0.2 * buzz * np.clip(np.sin(2 * np.pi * 2 * times), 0, 1)


def uploaded(opened, name: str, content: bytes = M4A):
    app = opened("listen")
    app.radio[0].set_value("Upload a file").run()
    app.get("file_uploader")[0].set_value((name, content, "audio/x-m4a"))
    return app.run()


def test_the_sound_is_shown_once_the_browser_has_sent_all_of_it(opened, browser: Browser) -> None:
    app = uploaded(opened, "1. memo.m4a")
    assert not app.error
    assert browser.asked == [("1. memo.m4a", 0)]
    browser.asked.clear()
    first, second = voice()[:10_000], voice()[10_000:]
    browser.answers = [piece(0, 2, first), {"restart": True}, piece(0, 2, first), piece(0, 2, first)]
    app.run()
    browser.answers = [piece(1, 2, second)]
    app.run()
    assert [number for _, number in browser.asked] == [0, 1, 0, 1, 1, 1]
    assert not app.exception
    assert not app.error
    assert "1. memo.m4a: 1.5 s" in texts(app.caption)


@pytest.mark.parametrize("suffix", ["m4a", "webm", "mp4"])
def test_where_the_browser_cannot_either_the_advice_is_that_of_predict(opened, browser: Browser, suffix: str) -> None:
    browser.answers = [{"trouble": "unknown"}]
    app = uploaded(opened, f"memo.{suffix}")
    assert opening.CONVERT_OR_DECODE.split("(")[0].strip() in texts(app.error)
    assert "ffmpeg" in texts(app.error)
    app.run()
    assert "ffmpeg" in texts(app.error)
    assert len(browser.asked) == 1


def test_more_than_ten_minutes_are_told_with_their_length(opened, browser: Browser) -> None:
    browser.answers = [{"trouble": "long", "seconds": 750.0}]
    app = uploaded(opened, "lecture.m4a")
    assert "Expected at most 10 minutes in lecture.m4a" in texts(app.error)
    assert "12.5 minutes" in texts(app.error)


def test_a_very_large_upload_is_not_sent_to_the_browser(
    opened, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.components.decoder.uploads.MOST_BYTES", 1_000)
    app = uploaded(opened, "film.mp4")
    assert "ffmpeg" in texts(app.error)
    assert browser.asked == []


def test_samples_without_a_header_get_advice_at_once(opened, browser: Browser) -> None:
    app = uploaded(opened, "noise.au", np.random.default_rng(0).bytes(40_000))
    assert "Convert it to WAV or FLAC" in texts(app.error)
    assert browser.asked == []
