"""Listen: choose a recording, see and hear it, read what a model hears in it and why."""

from ui.views.listen.folder import draw_folder
from ui.views.listen.page import draw_heard, make_places
from ui.views.listen.sentence import draw_sentence

__all__ = ["draw_folder", "draw_heard", "draw_sentence", "make_places"]
