"""Parts of the lesson "A stranger's voice"."""

from ui.views.stranger.lesson import draw_lesson, model

__all__ = ["draw_lesson", "model"]
