"""Parts of the lesson "What a frame is"."""

from ui.views.frames.lesson import choose_recording, draw_lesson

__all__ = ["choose_recording", "draw_lesson"]
