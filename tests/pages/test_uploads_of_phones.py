"""Uploads that the server cannot read are decoded by the visitor's browser, or get the advice of ``predict``."""

from typing import Any

import numpy as np
import pytest

from ser_core.audio import opening
from tests.pages.shown import texts
from ui.components.decoder import Decoded

M4A = b"\0\0\0\x1cftypM4A \0\0\2\0isomiso2" + bytes(2_000)


class Browser:
    """Stands in for the decoder in the browser; it answers once for each upload."""

    def __init__(self) -> None:
        self.answer: dict[str, Any] | None = None
        self.asked: list[str] = []

    def __call__(self, sound: Any) -> Decoded | None:
        self.asked.append(sound.name)
        return None if self.answer is None else Decoded(sound.key, **self.answer)


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


def test_the_sound_is_shown_once_the_browser_has_decoded_it(opened, wav, browser: Browser) -> None:
    app = uploaded(opened, "1. memo.m4a")
    assert not app.error
    assert browser.asked == ["1. memo.m4a"]
    browser.answer = {"content": wav(voice())}
    app.run()
    assert not app.exception
    assert not app.error
    assert "1. memo.m4a: 1.5 s" in texts(app.caption)


@pytest.mark.parametrize("suffix", ["m4a", "webm", "mp4"])
def test_where_the_browser_cannot_either_the_advice_is_that_of_predict(opened, browser: Browser, suffix: str) -> None:
    browser.answer = {}
    app = uploaded(opened, f"memo.{suffix}")
    assert opening.CONVERT_OR_DECODE.split("(")[0].strip() in texts(app.error)
    assert "ffmpeg" in texts(app.error)
    app.run()
    assert "ffmpeg" in texts(app.error)
    assert len(browser.asked) == 1


def test_more_than_ten_minutes_are_told_with_their_length(opened, browser: Browser) -> None:
    browser.answer = {"trouble": "long", "seconds": 750.0}
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
