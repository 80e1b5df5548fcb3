"""The map itself, and beside it what is chosen on it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import streamlit as st

from ser_core.plots.map_look import Look
from ser_core.plots.point_map import PointMap, point_map
from ser_core.types import FloatArray
from ui import state
from ui.components import point_map as component
from ui.components.projections import Request
from ui.views.embedding.known import Known
from ui.views.embedding.simple_map import draw_simple_map, keep_simple_map

PARAMETER, SIMPLE = "map", "simple"  # an address that ends in ?map=simple asks for the map without WebGL2
NO_WEBGL2 = "the browser has no WebGL2"
LOOK = "look of the map"


@dataclass(frozen=True)
class Chosen:
    """What is chosen on the map.

    Attributes:
        rows: row numbers of the selected utterances.
        clicked: row number of the one that was pressed last, if any.
        made: the map; ``None`` for the simple one.
        kept: how the map looks, if the visitor asked just now to keep that.
    """

    rows: tuple[int, ...] = ()
    clicked: int | None = None
    made: PointMap | None = None
    kept: Mapping[str, Any] | None = None


def draw_map(known: Known, request: Request, points: FloatArray) -> Chosen:
    """Draw the points.

    Raises:
        InputError: if a coordinate is not finite.
    """
    if state.recall(NO_WEBGL2) or st.query_params.get(PARAMETER) == SIMPLE:
        chosen = Chosen(draw_simple_map(known, request, points, look_for(known)), kept=keep_simple_map())
    else:
        look = look_for(known)
        made = _made(place_of(known, request), look.token if look else "", known, request, points, look)
        answer = component.draw(made, key=space_of(known))
        if answer.missing:
            state.remember(NO_WEBGL2, True)
            st.rerun()
        if answer.unknown:
            st.caption(f"{answer.unknown} of the selected points are not on this map and were left out.")
        chosen = Chosen(answer.selected, answer.clicked, made, answer.kept)
    st.caption(f"{request.caption}. Axes and gaps of a map have no unit: read neighbourhoods, not distances.")
    return chosen


def space_of(known: Known) -> str:
    """Name the space: its maps share selection, filters and colour."""
    return f"map|{known.key}"


def place_of(known: Known, request: Request) -> str:
    """Name a map of the space: what is drawn of it again has the same zoom."""
    return f"{known.key}|{request.caption}"


def show(known: Known, look: Look) -> None:
    """Have the map of a space show a look when it is drawn next."""
    state.remember(LOOK, (known.key, look))


def look_for(known: Known) -> Look | None:
    """Return what the map of a space was to show last."""
    key, look = state.recall(LOOK, ("", None))
    return look if key == known.key else None


@st.cache_resource(max_entries=6, show_spinner=False)
def _made(key: str, token: str, _known: Known, _request: Request, _points: FloatArray, _look: Look | None) -> PointMap:
    return point_map(
        _points,
        _known.coloured,
        title=f"{_request.caption} of the utterances.",
        space=space_of(_known),
        view=key,
        look=_look,
    )
