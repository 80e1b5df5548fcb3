"""The map with the matrix of angles beside it, and what is selected on either, as a fragment of the page."""

import streamlit as st

from ser_core.embeddings.space import CLASS
from ser_core.types import FloatArray
from ui.components import point_map
from ui.components.projections import MapRequest
from ui.errors import shown_to_visitor
from ui.frame import enlargement
from ui.views.embedding.angles import MeasuredAngles
from ui.views.embedding.map import draw_map, place_of, space_of
from ui.views.embedding.matrix import draw_matrix
from ui.views.embedding.pairs import draw_cell
from ui.views.embedding.placing import place_recording
from ui.views.embedding.saving import draw_saving
from ui.views.embedding.selection import draw_selection, pressed_point
from ui.views.embedding.split import ask_for_label
from ui.views.embedding.utterances import KnownUtterances


@st.fragment
def explore(known: KnownUtterances, request: MapRequest, points: FloatArray, measured: MeasuredAngles | None) -> None:
    """Draw the map beside the matrix and the selected utterances; below them what is behind the chosen cell.

    Args:
        known: the utterances.
        request: what the points are.
        points: shape ``(B, 2)`` or ``(B, 3)``.
        measured: the angles; ``None`` where there are no classes.
    """
    drawing, beside = st.columns([2, 1] if enlargement() == 1 else [4, 3])  # large figures need the room
    ringed, placed = [], None
    with shown_to_visitor():  # a run of this part alone is not inside the page's own
        with drawing:
            chosen = draw_map(known, request, points, None if measured is None else measured.split)
            pressed = pressed_point(known, chosen)
            if chosen.made is not None:
                point_map.press(space=space_of(known), pressed=pressed)  # before all else: it is heard at once
            draw_saving(known, request, chosen)
        with beside:
            if measured is None:
                ask_for_label(known)
            cell = None if measured is None else draw_matrix(known, measured)
            label = CLASS if measured is None else measured.split.known.label
            ringed += draw_selection(known, label, chosen, pressed)
        if measured is not None and cell is not None:
            ringed += [int(measured.split.numbers[row]) for row in draw_cell(measured, cell)]
        with shown_to_visitor():
            placed, others = place_recording(known, request, points, chosen)
            ringed += others
        if chosen.made is not None:
            rings = list(dict.fromkeys(ringed))
            classes = None if measured is None or cell is None else (measured.split.known.label, cell)
            point_map.mark(
                space=space_of(known), view=place_of(known, request), ringed=rings, placed=placed, classes=classes
            )
