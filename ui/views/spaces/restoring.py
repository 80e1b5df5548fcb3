"""Restoring of a view of two spaces: first the spaces, then all other settings."""

import uuid
from typing import TYPE_CHECKING, Any

from ser_core.embeddings.matching import names
from ser_core.embeddings.pair_view import PairView
from ser_core.plots.map_look import look_of
from ser_core.plots.point_map import colour_columns, with_judgements
from ui import state
from ui.components import point_map
from ui.components.simple_map import COLOUR
from ui.components.spaces import EPOCHS, KIND, RUN, SPACES
from ui.components.views import begin_restoring, finish_restoring, restore_choice
from ui.views.spaces import epochs, sides
from ui.views.spaces.classes import class_columns, classes_of, usual_column
from ui.views.spaces.epoch_maps import shown_of
from ui.views.spaces.lines import DRAWN_LINES, KINDS
from ui.views.spaces.listed import listed_spaces
from ui.views.spaces.maps import space_of
from ui.views.spaces.moves import MEASURE, MEASURES, neighbours_of
from ui.views.spaces.pair import SWITCH, SpacePair
from ui.views.spaces.runs import runs_listed

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

PAGE = "two spaces"


def begin(view: PairView, called: str, notes: tuple[str, ...] = ()) -> None:
    """Start to restore a view, before any other part of the page is drawn.

    Args:
        view: what is to be seen.
        called: what to call it, for the visitor.
        notes: what was left out of it already.
    """
    begin_restoring(PAGE, view, called, (*notes, *_set_sides(view)))
    state.choose(SWITCH, view.training)


def bring_back(pair: SpacePair | None, place: "DeltaGenerator") -> None:
    """Restore the other settings of a view before it is drawn, and note what is missing.

    Args:
        pair: the utterances compared, if there are any.
        place: where it is said.
    """
    finish_restoring(PAGE, pair, place, _set)


def _set_sides(view: PairView) -> tuple[str, ...]:
    notes: list[str] = []
    if view.run:
        state.choose(KIND, EPOCHS)
        runs = runs_listed()
        if view.run not in runs:
            return (f"There is no run {view.run!r} here that has kept its space.",)
        state.choose(RUN, view.run)
        known = _epochs_in(runs[view.run])
        for name, value in (
            (epochs.epoch_of(epochs.FIRST, view.run), view.first_epoch),
            (epochs.epoch_of(epochs.SECOND, view.run), view.second_epoch),
            (shown_of(view.run), view.epoch),
        ):
            notes += restore_choice(name, value, known, "kept epoch")
    elif view.first or view.second:
        state.choose(KIND, SPACES)
        there = listed_spaces()
        for label, name in ((sides.FIRST, view.first), (sides.SECOND, view.second)):
            if name in there:
                state.choose(label, name)
            elif name:
                notes.append(f"There is no model or file {name!r} here: another one is shown.")
    return tuple(notes)


def _epochs_in(run: Any) -> list[int]:
    from ser_core.embeddings.snapshots import snapshots_of

    return [one.epoch for one in snapshots_of(run)[0]]


def _set(view: PairView, pair: SpacePair) -> tuple[str, ...]:
    notes: list[str] = []
    if view.neighbours:
        state.choose(neighbours_of(pair), float(view.neighbours))
    columns = class_columns(pair.sides, pair)
    measures = MEASURES if pair.sides.of_one_run else MEASURES[:1]
    for name, value, options, what in (
        (MEASURE, view.measure, measures, "measure"),
        (DRAWN_LINES, view.lines, KINDS, "choice of lines"),
        (classes_of(pair.sides), view.label or usual_column(pair.sides, columns), columns, "label of the classes"),
    ):
        notes += restore_choice(name, value or None, options, what)
    table = with_judgements(pair.rows)
    look, missing = look_of(
        view, table, names(pair.matched.first), colour_columns(table), token=uuid.uuid4().hex, key=pair.key
    )
    point_map.show(space_of(pair), look)
    if look.colour:
        state.choose(COLOUR, look.colour)  # of the simple maps, in a browser that draws no others
    return (*notes, *missing)
