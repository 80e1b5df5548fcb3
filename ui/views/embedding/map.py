"""The map itself, and beside it what is chosen on it."""

from dataclasses import dataclass

import streamlit as st

from ser_core.plots.point_map import PointMap, point_map
from ser_core.types import FloatArray
from ui import state
from ui.components import point_map as component
from ui.components.projections import Request
from ui.views.embedding.known import Known
from ui.views.embedding.simple_map import draw_simple_map

PARAMETER, SIMPLE = "map", "simple"  # an address that ends in ?map=simple asks for the map without WebGL2
NO_WEBGL2 = "the browser has no WebGL2"


@dataclass(frozen=True)
class Chosen:
    """What is chosen on the map.

    Attributes:
        rows: row numbers of the selected utterances.
        clicked: row number of the one that was pressed last, if any.
    """

    rows: tuple[int, ...] = ()
    clicked: int | None = None


def draw_map(known: Known, request: Request, points: FloatArray) -> Chosen:
    """Draw the points.

    Raises:
        InputError: if a coordinate is not finite.
    """
    if state.recall(NO_WEBGL2) or st.query_params.get(PARAMETER) == SIMPLE:
        chosen = Chosen(tuple(draw_simple_map(known, request, points)))
    else:
        answer = component.draw(_made(f"{known.key}|{request.caption}", known, request, points), key=_key(known))
        if answer.missing:
            state.remember(NO_WEBGL2, True)
            st.rerun()
        if answer.unknown:
            st.caption(f"{answer.unknown} of the selected points are not on this map and were left out.")
        chosen = Chosen(answer.selected, answer.clicked)
    st.caption(f"{request.caption}. Axes and gaps of a map have no unit: read neighbourhoods, not distances.")
    return chosen


def _key(known: Known) -> str:
    return f"map|{known.key}"


@st.cache_resource(max_entries=6, show_spinner=False)
def _made(key: str, _known: Known, _request: Request, _points: FloatArray) -> PointMap:
    return point_map(
        _points,
        _known.coloured,
        title=f"{_request.caption} of the utterances.",
        space=_key(_known),
        view=key,
    )
