"""Put the recorder on a page."""

import functools
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import streamlit as st

from ui.components.recorder.answer import Heard, checked

_BROWSER = Path(__file__).parent / "browser"
# One module for the browser: what a file uses when it is read stands in one before it.
_SCRIPTS = ("microphone", "recorder")


@dataclass(frozen=True)
class Shown:
    """What the recorder shows.

    Attributes:
        prompt: identifies what is to be spoken, and the attempt.
        sentence: to be spoken.
        emotion: how.
        colour: of the emotion.
        countdown: seconds between pressing Record and the recording.
        longest: seconds after which a recording ends by itself.
        here: whether the browser's own microphone records; this computer's otherwise.
        recording: whether this computer's microphone records now.
        level: its present peak, in decibels.
        seconds: since when.
    """

    prompt: str
    sentence: str
    emotion: str
    colour: str
    countdown: int
    longest: float
    here: bool = True
    recording: bool = False
    level: float = -120.0
    seconds: float = 0.0


def script(names: tuple[str, ...] = _SCRIPTS) -> str:
    """Join the recorder's scripts."""
    return "\n".join(_read(f"{name}.js") for name in names)


def draw(shown: Shown, *, key: str) -> Heard:
    """Draw the prompt with its buttons.

    Returns:
        What has come from the browser in this run; nothing in most.

    Raises:
        AudioError: if a recording came that is damaged.
    """
    result: Any = _component()(data=asdict(shown), key=key, on_heard_change=_noted)
    return checked(result.heard)


@functools.cache
def _component() -> Any:
    return st.components.v2.component("recorder", html=_read("recorder.html"), css=_read("recorder.css"), js=script())


def _noted() -> None:
    """Let Streamlit know that the recorder has answers; the run that follows reads them."""


def _read(name: str) -> str:
    return (_BROWSER / name).read_text(encoding="utf-8")
