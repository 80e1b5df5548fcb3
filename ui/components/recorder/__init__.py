"""A prompt that can be read from across the room, with countdown, level and recording in the browser."""

from ui.components.recorder.message import RecorderMessage, checked
from ui.components.recorder.mount import RecorderState, draw

__all__ = ["RecorderMessage", "RecorderState", "checked", "draw"]
