"""Put the live view on a page."""

import functools
import json
import time
from pathlib import Path
from typing import Any

import streamlit as st

from ui import state
from ui.components import in_browser
from ui.components.live_microphone.message import Message, checked

BROWSER, COMPUTER, NOBODY = "browser", "computer", "nobody"  # whose microphone it is

_OWN = Path(__file__).parent / "browser"
# One module for the browser: what a file uses when it is read stands in one before it.
_SCRIPTS = (
    "symbols", "spectrum", "spectrogram", "meter", "moments", "courier", "latency", "microphone_stream",
    "audio_clock", "microphone", "view", "timeline", "compass", "trail", "words", "live",
)  # fmt: skip
_AUDIO_THREAD = ("resampler", "worklet")


def script() -> str:
    """Join the scripts; those for the browser's audio thread, which loads its own, travel as text among them."""
    worklet = in_browser.joined(_OWN, _AUDIO_THREAD)
    return f"const WORKLET = {json.dumps(worklet)};\n{in_browser.joined(_OWN, _SCRIPTS)}"


def draw(*, source: str, model: dict[str, Any], answer: dict[str, Any] | None, key: str) -> None:
    """Draw the view.

    Args:
        source: whose microphone, :data:`BROWSER` or :data:`COMPUTER`; :data:`NOBODY` where the chosen one is not there.
        model: as :func:`ser_core.plots.live_view.live_model` describes it, with a ``key`` of its own and a ``name`` for
            people; the key alone when the browser has it.
        answer: to the last message, if there was one.
        key: of the component.
    """
    # The browser shall hear of every run: one that no message began may have swept away the run of a message.
    data = {"source": source, "model": model, "answer": answer, "drawn": time.monotonic()}
    _component()(data=data, key=key, on_message_change=_noted)


def said(key: str) -> Message | None:
    """Return the message that this run was started by, if it was one."""
    return checked(state.component_value(key, "message"))


@functools.cache
def _component() -> Any:
    return st.components.v2.component(
        "live_view", html=_read("live.html"), css=in_browser.styled(_OWN, ("controls.css", "live.css")), js=script()
    )


def _noted() -> None:
    """Let Streamlit know that the view has messages; the run that follows reads them."""


def _read(name: str) -> str:
    return (_OWN / name).read_text(encoding="utf-8")
