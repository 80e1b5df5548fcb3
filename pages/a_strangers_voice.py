"""Lesson: what a few clips of somebody whom a model has not met change."""

from ui import frame
from ui.components import checkpoint_choice, page_top
from ui.errors import shown_to_visitor
from ui.views import stranger

frame.require(__file__)
page_top.draw("A stranger's voice", "Lesson 5 · Why is somebody new misheard, and what helps?")
with shown_to_visitor():
    entry = stranger.model()
    if entry is None:
        checkpoint_choice.say_where_to_find_one()
    else:
        stranger.draw_lesson(entry)
