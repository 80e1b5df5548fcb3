"""Listen: choose a recording, see and hear it, read what a model hears in it and why."""

from ui.views.listen.folder import draw_folder
from ui.views.listen.page import draw_heard, make_places

__all__ = ["draw_folder", "draw_heard", "make_places"]
