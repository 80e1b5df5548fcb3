"""Two spaces: two models, or two epochs of one run, of the same utterances; and a run's space as it was learned."""

from ui.views.spaces.angles import draw_angles
from ui.views.spaces.epoch_maps import draw_epoch_maps
from ui.views.spaces.epochs import choose_epochs, choose_run
from ui.views.spaces.exploring import explore
from ui.views.spaces.moves import choose_moves
from ui.views.spaces.pair import choose_rows
from ui.views.spaces.restoring import bring_back
from ui.views.spaces.sides import choose_kind, choose_spaces
from ui.views.spaces.similarity import draw_similarity
from ui.views.spaces.views import draw_views

__all__ = [
    "choose_kind", "choose_spaces", "choose_run", "draw_epoch_maps", "choose_epochs", "choose_rows", "draw_similarity",
    "choose_moves", "explore", "draw_angles", "draw_views", "bring_back",
]  # fmt: skip
