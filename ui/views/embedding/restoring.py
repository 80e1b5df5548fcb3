"""Restoring of a view: first the space, then all other settings."""

import uuid
from typing import TYPE_CHECKING

from ser_core.embeddings import library
from ser_core.embeddings.matching import names
from ser_core.embeddings.space import CLASS
from ser_core.embeddings.view import FILE as OF_FILE
from ser_core.embeddings.view import View
from ser_core.plots.map_look import look_of
from ser_core.plots.point_map import colour_columns, with_judgements
from ui import cache, state
from ui.components import point_map
from ui.components.checkpoint_choice import CHOICE, MODEL, SOURCE
from ui.components.simple_map import COLOUR
from ui.components.vectors import CHOICE as FILE_CHOICE
from ui.components.vectors import FILE
from ui.components.views import begin_restoring, finish_restoring, restore_choice
from ui.views.embedding.cell import COLUMN, ROW
from ui.views.embedding.map import place_of, space_of
from ui.views.embedding.projection import set_projection
from ui.views.embedding.split import DIRECTIONS, SPLIT, label_of, sources_of, usual_label
from ui.views.embedding.utterances import SWITCH, KnownUtterances

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

PAGE = "embedding space"


def begin(view: View, called: str, notes: tuple[str, ...] = ()) -> None:
    """Start to restore a view, before any other part of the page is drawn.

    Args:
        view: what is to be seen.
        called: what to call it, for the visitor.
        notes: what was left out of it already.
    """
    begin_restoring(PAGE, view, called, (*notes, *_set_source(view)))
    state.choose(SWITCH, view.training)


def bring_back(known: KnownUtterances | None, place: "DeltaGenerator") -> None:
    """Restore the other settings of a view, and note what is missing.

    Args:
        known: the utterances looked at, if there are any.
        place: where it is said.
    """
    finish_restoring(PAGE, known, place, _set)


def _set_source(view: View) -> tuple[str, ...]:
    if not view.space:
        return ()
    if view.kind == OF_FILE:
        there, choice, kind = {path.stem for path in library.saved_spaces()}, FILE_CHOICE, FILE
    else:
        there, choice, kind = {entry.name for entry in cache.checkpoints()}, CHOICE, MODEL
    if view.space not in there:
        return (f"There is no {view.kind} {view.space!r} here: another one is shown.",)
    state.choose(SOURCE, kind)
    state.choose(choice, view.space)
    return ()


def _set(view: View, known: KnownUtterances) -> tuple[str, ...]:
    notes: list[str] = []
    columns = known.space.labels
    notes += restore_choice(label_of(known), view.label or usual_label(known) or None, columns, "label of the classes")
    label = view.label if view.label in columns else usual_label(known)
    classed = known.classed_by(label) if label else known
    splits, classes = sorted(set(known.rows["split"])), sorted(set(classed.atlas.column(CLASS)))
    for value, options, choice, what in (
        (view.split, splits, SPLIT, "split"),
        (view.directions, sources_of(classed), DIRECTIONS, "source of directions"),
        (view.row, classes, ROW, "row of the matrix"),
        (view.column, classes, COLUMN, "column of the matrix"),
    ):
        notes += restore_choice(choice, value or None, options, what)
    request, unfit = set_projection(view.request, len(known.rows))
    table = with_judgements(known.coloured_by(label))
    look, missing = look_of(
        view,
        table,
        names(known.space),
        colour_columns(table),
        token=uuid.uuid4().hex,
        key=place_of(known, request),
    )
    point_map.show(space_of(known), look)
    if look.colour:
        state.choose(COLOUR, look.colour)  # of the simple map, in a browser that draws no other
    return (*notes, *unfit, *missing)
