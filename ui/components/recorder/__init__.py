"""A prompt that can be read from across the room, with countdown, level and recording in the browser."""

from ui.components.recorder.answer import Heard, checked
from ui.components.recorder.mount import Shown, draw

__all__ = ["Heard", "Shown", "checked", "draw"]
