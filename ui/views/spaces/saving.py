"""Saving of the present view."""

from ser_core.embeddings.matching import names
from ser_core.embeddings.pair_view import PairView, read_pair_view
from ui import state
from ui.components.spaces import RUN
from ui.components.views import capture_view, draw_captured
from ui.views.spaces import epochs, sides
from ui.views.spaces.classes import class_columns, classes_of, usual_column
from ui.views.spaces.epoch_maps import shown_of
from ui.views.spaces.lines import DRAWN_LINES
from ui.views.spaces.maps import PairSelection
from ui.views.spaces.moves import MEASURE, Movement
from ui.views.spaces.pair import SWITCH, SpacePair
from ui.views.spaces.views import PAGE_VIEWS


def draw_saving(pair: SpacePair, moves: Movement, chosen: PairSelection) -> None:
    """Draw what can be done with the view, once the visitor has asked for that at a map."""
    if chosen.kept is not None:
        capture_view(PAGE_VIEWS, pair.key, *_present_view(pair, moves, chosen))
    draw_captured(
        PAGE_VIEWS, pair.key, "The link works where the same models, files or runs exist under the same names."
    )


def _present_view(pair: SpacePair, moves: Movement, chosen: PairSelection) -> tuple[PairView, tuple[str, ...]]:
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
            "label": _label(pair),
            "training": state.recall(SWITCH, False),
            "neighbours": moves.neighbours,
            "lines": state.recall(DRAWN_LINES, ""),
            **(chosen.kept or {}),
            "selected": [called[row] for row in chosen.rows],
            "pressed": "" if chosen.clicked is None else called[chosen.clicked],
        }
    )


def _label(pair: SpacePair) -> str:
    usual = usual_column(pair.sides, class_columns(pair.sides, pair))
    label: str = state.recall(classes_of(pair.sides), usual)
    return "" if label == usual else label
