"""Train: choose corpus, recipe and split; start, watch, stop, resume; earlier runs."""

from ui.views.train.address import keep_address, recall_address
from ui.views.train.corpus import choose_corpus
from ui.views.train.mapping import choose_mapping
from ui.views.train.progress import draw_run
from ui.views.train.recipe import choose_recipe
from ui.views.train.runs import choose_run
from ui.views.train.snapshots import choose_snapshots
from ui.views.train.split import choose_split, draw_split
from ui.views.train.start import draw_start

__all__ = [
    "recall_address",
    "keep_address",
    "choose_corpus",
    "choose_mapping",
    "choose_recipe",
    "choose_split",
    "choose_snapshots",
    "draw_start",
    "draw_split",
    "choose_run",
    "draw_run",
]
