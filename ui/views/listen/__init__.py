"""Listen: choose a recording, see and hear it, read what a model hears in it."""

from ui.components.verdict import draw_measures, draw_not_speech, draw_verdict
from ui.views.listen.neighbours import draw_neighbours
from ui.views.listen.picture import draw_sound

__all__ = ["draw_sound", "draw_verdict", "draw_not_speech", "draw_measures", "draw_neighbours"]
