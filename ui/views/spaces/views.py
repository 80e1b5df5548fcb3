"""The views of two spaces: kept, brought back, and the one that is looked at now, taken to be kept."""

from typing import TYPE_CHECKING

import streamlit as st

from ser_core.embeddings.library import safe_name
from ser_core.embeddings.matching import names
from ser_core.embeddings.pair_view import PairView, read_pair_view
from ser_core.embeddings.view_text import OF_TWO
from ui import state
from ui.components.spaces import RUN
from ui.components.views import Shelf, draw_kept_views, draw_taken, take
from ui.views.spaces import epochs, sides
from ui.views.spaces.film import shown_of
from ui.views.spaces.maps import COLOUR, DRAWN_LINES, marked_in
from ui.views.spaces.moves import MEASURE, Moves
from ui.views.spaces.pair import SWITCH, Pair
from ui.views.spaces.restoring import PAGE, begin

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator


def draw_views() -> "DeltaGenerator":
    """Draw the views that are kept; returns where it is said what became of one."""
    return draw_kept_views(SHELF)


def draw_keeping(pair: Pair, moves: Moves) -> None:
    """Draw the button that takes the view that is looked at now, and what can be done with it."""
    if st.button("Keep view", help="Under a name, as a link or as a file; of the maps all but their zoom."):
        take(SHELF, pair.key, *_taken(pair, moves))
    draw_taken(SHELF, pair.key, "Whoever opens the link needs the same models, files or runs under the same names.")


def _taken(pair: Pair, moves: Moves) -> tuple[PairView, tuple[str, ...]]:
    if pair.sides.of_one_run:
        run = state.recall(RUN)
        of = {
            "run": run,
            "first_epoch": state.recall(epochs.epoch_of(epochs.FIRST, run)),
            "second_epoch": state.recall(epochs.epoch_of(epochs.SECOND, run)),
            "epoch": state.recall(shown_of(run)),
            "measure": state.recall(MEASURE, ""),
        }
    else:
        of = {"first": state.recall(sides.FIRST), "second": state.recall(sides.SECOND)}
    called = names(pair.matched.first)
    return read_pair_view(
        {
            **of,
            "training": state.recall(SWITCH, False),
            "neighbours": moves.neighbours,
            "colour": state.recall(COLOUR, ""),
            "lines": state.recall(DRAWN_LINES, ""),
            "selected": [called[row] for row in marked_in(pair)],
        }
    )


def _in_words(view: PairView) -> str:
    if view.run:
        parts = [f"{view.run}, epochs {view.first_epoch} and {view.second_epoch}"]
    else:
        parts = [f"{view.first} and {view.second}"]
    if view.training:
        parts.append("with training utterances")
    parts.append(f"{view.neighbours} neighbours")
    if view.colour:
        parts.append(f"coloured by {view.colour.replace('_', ' ')}")
    if view.selected:
        parts.append(f"{len(view.selected)} selected")
    return "; ".join(parts) + "."


SHELF = Shelf(
    PAGE,
    OF_TWO,
    "A view is everything that is set on this page, with the selected utterances. “Keep view” below the maps keeps it "
    "under a name, as a link or as JSON.",
    begin,
    _in_words,
    lambda view: f"view-{safe_name(view.run or f'{view.first}-{view.second}')}",
)
