"""The map beside what is chosen on it: one part of the page, which runs alone when something is chosen."""

import streamlit as st

from ser_core.types import FloatArray
from ui.components.projections import Request
from ui.errors import shown_to_visitor
from ui.views.embedding.known import Known
from ui.views.embedding.map import draw_map
from ui.views.embedding.selection import draw_selection


@st.fragment
def explore(known: Known, request: Request, points: FloatArray) -> None:
    """Draw the map and the panel of the selected utterances.

    Args:
        known: the utterances.
        request: what the points are.
        points: shape ``(B, 2)`` or ``(B, 3)``.
    """
    drawing, selection = st.columns([3, 2])
    with shown_to_visitor():  # a run of this part alone is not inside the page's own
        with drawing:
            chosen = draw_map(known, request, points)
        with selection:
            draw_selection(known, chosen)
