"""The first page: what this is, three doors, and what is there already."""

from ui.views.home.doors import draw_doors, draw_introduction
from ui.views.home.inventory import draw_corpora, draw_models, draw_runs

__all__ = ["draw_introduction", "draw_doors", "draw_models", "draw_runs", "draw_corpora"]
