"""Mount of the map component."""

import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ser_core.plots.point_map import PointMap
from ui.components import in_browser
from ui.components.point_map.message import MapMessage, checked

_BROWSER = Path(__file__).parent / "browser"
_MARKING = Path(__file__).parent / "marking"


@dataclass(frozen=True)
class PlacedRecording:
    """Position of a recording on the map.

    Attributes:
        at: where it is drawn; see :meth:`ser_core.plots.point_map.PointMap.drawn_at`.
        name: what stands beside it.
    """

    at: tuple[float, ...]
    name: str


def draw(made: PointMap, *, key: str) -> MapMessage:
    """Draw a map.

    Args:
        made: from :func:`ser_core.plots.point_map.point_map`. Its bytes cross once: Streamlit keeps large messages in
            the browser by their content, and a run that sends the same ones sends only their name.
        key: of maps that follow each other in one place; selection and filters outlive a change of projection under it.

    Returns:
        What is chosen now.
    """
    result = _component()(made.content, key)
    return checked(result.answer, made.ids, kept=result.kept)


def mark(
    *,
    space: str,
    view: str,
    ringed: Sequence[int] = (),
    placed: PlacedRecording | None = None,
    lined: Sequence[int] | None = (),
) -> None:
    """Mark a position on the map, without sending the points again.

    Args:
        space: of the map; see :func:`ser_core.plots.point_map.point_map`.
        view: of the map on which ``placed`` was placed.
        ringed: ids of utterances that are heard elsewhere on the page.
        placed: a recording that is none of the points.
        lined: ids of utterances to which a line is drawn from where they lie on the map that this one is held against;
            ``None`` for those that are selected or ringed.
    """
    marks = {
        "space": space,
        "view": view,
        "ringed": list(ringed),
        "placed": None if placed is None else {"at": list(placed.at), "name": placed.name},
        "lined": None if lined is None else list(lined),
    }
    _marking()(marks, "marks on the map")


@functools.cache
def _component() -> Callable[[bytes, str], Any]:
    return in_browser.component(
        "utterance_map",
        _BROWSER,
        markup="map.html",
        styles=("controls.css", "map.css"),
        values=("answer", "kept"),
    )


@functools.cache
def _marking() -> Any:
    return in_browser.component("utterance_map_marks", _MARKING, markup="marking.html", styles=(), values=())
