"""Component of the lesson in which windows, filters and spectrogram follow at once what is set."""

from ui.components.frames_lesson.mount import FramesView, draw

__all__ = ["FramesView", "draw"]
