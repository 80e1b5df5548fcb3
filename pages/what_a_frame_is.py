"""Lesson: how sound becomes the frames that a model gets."""

from ui import frame
from ui.components import page_top
from ui.errors import shown_to_visitor
from ui.views import frames

frame.require(__file__)
top = page_top.draw("What a frame is", "Lesson 4 · What do columns of numbers keep of a sound?")
with shown_to_visitor():
    with top.settings:
        sound = frames.choose_recording()
    frames.draw_lesson(sound)
