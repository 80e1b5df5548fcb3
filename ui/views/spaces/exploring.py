"""Both maps with the selected utterances, as a fragment of the page."""

import streamlit as st

from ui.components import point_map, simple_map
from ui.errors import shown_to_visitor
from ui.views.spaces.lines import lined_rows
from ui.views.spaces.maps import draw_maps, space_of
from ui.views.spaces.moved import draw_moved
from ui.views.spaces.moves import Movement
from ui.views.spaces.pair import SpacePair
from ui.views.spaces.saving import draw_saving
from ui.views.spaces.sounds import heard_point


@st.fragment
def explore(pair: SpacePair, moves: Movement, lines: str, label: str) -> None:
    """Draw both maps, what can be kept of them, and the table of the selected utterances.

    ``lines`` is one of :data:`ui.views.spaces.lines.KINDS`, ``label`` the column of the classes, or empty.
    """
    with shown_to_visitor():  # a run of this part alone is not inside the page's own
        lined = lined_rows(lines, moves)
        chosen = draw_maps(pair, moves, lined, label)
        if not simple_map.is_wanted():
            point_map.press(space=space_of(pair), pressed=heard_point(chosen.clicked, pair.rows, pair.sound))
        draw_saving(pair, moves, chosen)
        heard = draw_moved(pair, moves, chosen.rows, label)
        if not simple_map.is_wanted():
            point_map.mark(space=space_of(pair), view=pair.key, ringed=heard, lined=lined)
