"""Two spaces: two models, or two epochs of one run, of the same utterances; and a run's space as it was learned."""

from ui.views.spaces.angles import draw_angles
from ui.views.spaces.classes import choose_classes
from ui.views.spaces.epoch_maps import draw_epoch_maps
from ui.views.spaces.epochs import choose_epochs, choose_run, draw_snapshots
from ui.views.spaces.exploring import explore
from ui.views.spaces.lines import choose_lines
from ui.views.spaces.moves import choose_moves
from ui.views.spaces.pair import choose_rows
from ui.views.spaces.restoring import bring_back
from ui.views.spaces.sides import choose_kind, choose_spaces
from ui.views.spaces.similarity import draw_similarity
from ui.views.spaces.views import draw_views
from ui.views.spaces.words import in_words

__all__ = [
    "bring_back", "choose_classes", "choose_epochs", "choose_kind", "choose_lines", "choose_moves", "choose_rows",
    "choose_run", "choose_spaces", "draw_angles", "draw_epoch_maps", "draw_similarity", "draw_snapshots", "draw_views",
    "explore", "in_words",
]  # fmt: skip
