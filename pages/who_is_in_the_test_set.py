"""Lesson: who is in the test set, and what a score is worth if the network knows them."""

from ui import frame
from ui.components import page_top
from ui.errors import shown_to_visitor
from ui.views import test_set

frame.require(__file__)
page_top.draw("Who is in the test set", "Lesson 3 · What is a score worth if the network knows the voices?")
with shown_to_visitor():
    test_set.draw_editor()
    test_set.draw_text()
