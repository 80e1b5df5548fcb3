"""Listen: choose a recording, see and hear it, read what a model hears in it."""

from ui.views.listen.choices import bring, choose_sound
from ui.views.listen.neighbours import draw_neighbours
from ui.views.listen.picture import draw_sound
from ui.views.listen.verdict import draw_measures, draw_verdict

__all__ = ["bring", "choose_sound", "draw_sound", "draw_verdict", "draw_measures", "draw_neighbours"]
