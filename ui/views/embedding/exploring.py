"""Map with the panel of selected utterances, as a fragment of the page."""

from collections.abc import Sequence

import streamlit as st

from ser_core.types import FloatArray
from ui.components import point_map
from ui.components.projections import MapRequest
from ui.errors import shown_to_visitor
from ui.views.embedding.map import draw_map, place_of, space_of
from ui.views.embedding.placing import place_recording
from ui.views.embedding.saving import draw_saving
from ui.views.embedding.selection import draw_selection
from ui.views.embedding.utterances import KnownUtterances


@st.fragment
def explore(known: KnownUtterances, request: MapRequest, points: FloatArray, heard: Sequence[int] = ()) -> None:
    """Draw the map and the panel of the selected utterances; below them what can be kept, and what can be placed.

    Args:
        known: the utterances.
        request: what the points are.
        points: shape ``(B, 2)`` or ``(B, 3)``.
        heard: row numbers of utterances that are heard elsewhere on the page, to be ringed.
    """
    drawing, selection = st.columns([3, 2])
    ringed, placed = list(heard), None
    with shown_to_visitor():  # a run of this part alone is not inside the page's own
        with drawing:
            chosen = draw_map(known, request, points)
            draw_saving(known, request, chosen)
        with selection:
            ringed += draw_selection(known, chosen)
        with shown_to_visitor():
            placed, others = place_recording(known, request, points, chosen)
            ringed += others
        if chosen.made is not None:
            rings = list(dict.fromkeys(ringed))
            point_map.mark(space=space_of(known), view=place_of(known, request), ringed=rings, placed=placed)
