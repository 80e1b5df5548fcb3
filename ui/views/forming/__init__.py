"""Lesson *Watch a space form*: the picture that plays, the question, and what was measured."""

from ui.views.forming.measured import draw_measured
from ui.views.forming.picture import draw_picture
from ui.views.forming.question import draw_question

__all__ = ["draw_picture", "draw_question", "draw_measured"]
