"""Lesson: a space forms, epoch by epoch, on voices that are heard in training and on others."""

from ui import frame
from ui.components import page_top
from ui.errors import shown_to_visitor
from ui.views import forming

frame.require(__file__)
page_top.draw("Watch a space form", "Lesson 2 · What brings the emotions together: triplets, or training?")
with shown_to_visitor():
    forming.draw_question(forming.draw_picture())
with shown_to_visitor():
    forming.draw_measured()
