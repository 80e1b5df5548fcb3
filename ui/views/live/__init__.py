"""Live: what a model hears while somebody speaks."""

from ui.views.live.choices import NAMES, choose_source
from ui.views.live.view import draw_view

__all__ = ["NAMES", "choose_source", "draw_view"]
