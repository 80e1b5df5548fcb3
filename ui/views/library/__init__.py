"""The page Library: models, training runs and corpora that are here, with their terms."""

from ui.views.library.inventory import draw_corpora, draw_models, draw_runs

__all__ = ["draw_corpora", "draw_models", "draw_runs"]
