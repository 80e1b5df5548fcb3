"""Put the live view on a page."""

import functools
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ui import state
from ui.components import in_browser
from ui.components.live_microphone.message import Message, checked

BROWSER, COMPUTER, NOBODY = "browser", "computer", "nobody"  # whose microphone it is

_BROWSER = Path(__file__).parent / "browser"


def draw(*, source: str, model: dict[str, Any], answer: dict[str, Any] | None, key: str, experts: bool) -> None:
    """Draw the view.

    Args:
        source: whose microphone, :data:`BROWSER` or :data:`COMPUTER`; :data:`NOBODY` where the chosen one is missing.
        model: as :func:`ser_core.plots.live_view.live_model` describes it, with its ``key`` and a ``name`` for
            people; the key alone when the browser has the model already.
        answer: to the last message, if there was one.
        key: of the component.
        experts: whether delays and lost sound are shown in figures.
    """
    # The time makes the data new in each run, so that the browser notices every run: one that no message started may
    # have ended the run of a message.
    sent = {"source": source, "model": model, "answer": answer, "experts": experts, "drawn": time.monotonic()}
    _component()(sent, key)


def received(key: str) -> Message | None:
    """Return the message that started this run, if one did."""
    return checked(state.component_value(key, "message"))


@functools.cache
def _component() -> Callable[[Any, str], Any]:
    return in_browser.component(
        "live_view",
        _BROWSER,
        markup="live.html",
        styles=("controls.css", "term.css", "live.css"),
        values=("message",),
        fetched=True,  # five answers a second
    )
