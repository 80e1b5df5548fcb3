"""Train: choose corpus, recipe and split; start, watch, stop, resume; earlier runs."""

from ui.views.train.address import recall_address
from ui.views.train.before import draw_before_the_first_run
from ui.views.train.more import draw_more
from ui.views.train.progress import draw_run
from ui.views.train.runs import run_in_view
from ui.views.train.settings import choose_settings
from ui.views.train.start import draw_controls, load_ahead

__all__ = [
    "recall_address",
    "choose_settings",
    "run_in_view",
    "draw_controls",
    "draw_run",
    "draw_before_the_first_run",
    "draw_more",
    "load_ahead",
]
