"""The map itself, and beside it what is chosen on it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import streamlit as st

from ser_core.errors import SerError
from ser_core.geometry.globe import globe_tips
from ser_core.plots.globe import Globe, globe_of
from ser_core.plots.map_look import MapLook
from ser_core.plots.point_map import PointMap, point_map
from ser_core.types import FloatArray
from ui.components import glossary, simple_map
from ui.components import point_map as component
from ui.components.projections import MapRequest
from ui.components.text import plain
from ui.views.embedding.simple_map import draw_simple_map
from ui.views.embedding.split import SplitUtterances
from ui.views.embedding.utterances import KnownUtterances


@dataclass(frozen=True)
class MapSelection:
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


def draw_map(
    known: KnownUtterances, request: MapRequest, points: FloatArray, split: SplitUtterances | None
) -> MapSelection:
    """Draw the points, coloured by the classes of the split until another colour is chosen; on the sphere, a globe.

    Args:
        known: the utterances.
        request: what the points are.
        points: shape ``(B, 2)`` or ``(B, 3)``.
        split: which gives the classes and the directions; ``None`` where there are no classes.

    Raises:
        InputError: if a coordinate is not finite.
    """
    look = component.look_for(space_of(known))
    label = "" if split is None else split.known.label
    if simple_map.is_wanted():
        chosen = MapSelection(draw_simple_map(known, request, points, look, label), kept=simple_map.draw_keeping())
    else:
        globe, aimed = _globe(known, request, points, split) if request.sphere else (None, "")
        key = (place_of(known, request), look.token if look else "", aimed)
        made = _made(key, label, known, request, points, look, globe)
        answer = component.draw(made, key=space_of(known))
        if answer.missing:
            simple_map.fall_back()
        if answer.unknown:
            st.caption(f"{answer.unknown} of the selected points are not on this map and were left out.")
        chosen = MapSelection(answer.selected, answer.clicked, made, answer.kept)
        if globe is not None and globe.in_words:
            st.caption(plain(globe.in_words))
    glossary.caption(
        f"[[Map of the embedding|projection]]: {request.caption}. Axes and gaps of a map have no unit: read "
        "neighbourhoods, not distances."
    )
    if known.flatters:
        st.warning(
            "A map of training data flatters every model: it has been told where these utterances belong. "
            "Only held-out utterances show what it has learned."
        )
    return chosen


def space_of(known: KnownUtterances) -> str:
    """Name the space: its maps share selection, filters and colour."""
    return f"map|{known.key}"


def place_of(known: KnownUtterances, request: MapRequest) -> str:
    """Name a map of the space: what is drawn of it again has the same zoom."""
    return f"{known.key}|{request.caption}"


@st.cache_resource(max_entries=6, show_spinner=False)
def _made(
    key: tuple[str, ...],
    label: str,
    _known: KnownUtterances,
    _request: MapRequest,
    _points: FloatArray,
    _look: MapLook | None,
    _globe: Globe | None,
) -> PointMap:
    return point_map(
        _points,
        _known.coloured_by(label),
        title=f"{_request.caption} of the utterances.",
        space=space_of(_known),
        view=place_of(_known, _request),
        look=_look,
        globe=_globe,
        colour=label,
    )


def _globe(
    known: KnownUtterances, request: MapRequest, points: FloatArray, split: SplitUtterances | None
) -> tuple[Globe, str]:
    """Find the arrows of a map on the sphere, and what they are known by; none where a class has no place there."""
    if split is None:
        return Globe(), ""
    try:
        return _aimed(place_of(known, request), split.key, known, request, points, split), split.key
    except SerError as error:
        st.caption(f"The globe has no arrows. {plain(str(error))}")
        return Globe(), ""


@st.cache_resource(max_entries=6, show_spinner=False)
def _aimed(
    place: str,
    key: str,
    _known: KnownUtterances,
    _request: MapRequest,
    _points: FloatArray,
    _split: SplitUtterances,
) -> Globe:
    tips = globe_tips(_request, _split.directions, _known.embeddings, _points)
    return globe_of(_known.coloured_by(_split.known.label), _split.known.label, _split.labels, _split.directions, tips)
