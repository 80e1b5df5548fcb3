"""Parts of the lesson "Who is in the test set"."""

from ui.views.test_set.lesson import draw_editor, draw_text

__all__ = ["draw_editor", "draw_text"]
