"""Mount of the recorder component."""

import functools
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from ui.components import in_browser
from ui.components.recorder.message import RecorderMessage, checked

_BROWSER = Path(__file__).parent / "browser"


@dataclass(frozen=True)
class RecorderState:
    """State that the recorder shows.

    Attributes:
        prompt: identifies what is to be spoken, and the attempt.
        sentence: to be spoken.
        emotion: how.
        colour: of the emotion.
        symbol: name of its marker, as Plotly calls it.
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
    symbol: str
    countdown: int
    longest: float
    here: bool = True
    recording: bool = False
    level: float = -120.0
    seconds: float = 0.0


def draw(shown: RecorderState, *, key: str) -> RecorderMessage:
    """Draw the prompt with its buttons.

    Returns:
        What has come from the browser in this run; nothing in most.

    Raises:
        AudioError: if a recording came that is damaged.
    """
    return checked(_component()(asdict(shown), key).heard)


@functools.cache
def _component() -> Callable[[Any, str], Any]:
    return in_browser.component(
        "recorder",
        _BROWSER,
        markup="recorder.html",
        styles=("controls.css", "recorder.css"),
        values=("heard",),
    )
