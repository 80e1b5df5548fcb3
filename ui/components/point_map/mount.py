"""Mount of the map component."""

import functools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ser_core.plots.point_map import PointMap
from ui.components import in_browser
from ui.components.point_map.message import MapMessage, checked

_BROWSER = Path(__file__).parent / "browser"
_MARKING = Path(__file__).parent / "marking"


@dataclass(frozen=True)
class PressedPoint:
    """What belongs to a pressed point.

    Attributes:
        id: of the point.
        neighbours: ids of its nearest others, nearest first; they are ringed, joined by lines, and walked with the
            arrow keys.
        degrees: angle to each of them.
        sounds: where the browser finds the sound of an id, where there is one.
    """

    id: int
    neighbours: tuple[int, ...] = ()
    degrees: tuple[float, ...] = ()
    sounds: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True)
class PlacedRecording:
    """Position of a recording on the map.

    Attributes:
        at: where it is drawn; see :meth:`ser_core.plots.point_map.PointMap.drawn_at`.
        name: what stands beside it.
    """

    at: tuple[float, ...]
    name: str


def draw(made: PointMap, *, key: str, plain: bool = False) -> MapMessage:
    """Draw a map.

    Args:
        made: from :func:`ser_core.plots.point_map.point_map`. Its bytes cross once: Streamlit keeps large messages in
            the browser by their content, and a run that sends the same ones sends only their name.
        key: of maps that follow each other in one place; selection and filters outlive a change of projection under it.
        plain: without tools, and low enough to leave room for what stands below it on the first screen.

    Returns:
        What is chosen now.
    """
    result = _component(plain)(made.content, key)
    return checked(result.answer, made.ids, kept=result.kept)


def mark(
    *,
    space: str,
    view: str,
    ringed: Sequence[int] = (),
    placed: PlacedRecording | None = None,
    lined: Sequence[int] | None = (),
    classes: tuple[str, Sequence[str]] | None = None,
) -> None:
    """Mark a position on the map, without sending the points again.

    Args:
        space: of the map; see :func:`ser_core.plots.point_map.point_map`.
        view: of the map on which ``placed`` was placed.
        ringed: ids of utterances that are heard elsewhere on the page.
        placed: a recording that is none of the points.
        lined: ids of utterances to which a line is drawn from where they lie on the map that this one is held against;
            ``None`` for those that are selected or ringed.
        classes: a column and some of its values: their utterances are ringed, and all others fade.
    """
    marks = {
        "space": space,
        "view": view,
        "ringed": list(ringed),
        "placed": None if placed is None else {"at": list(placed.at), "name": placed.name},
        "lined": None if lined is None else list(lined),
        "classes": None if classes is None else {"column": classes[0], "names": list(classes[1])},
    }
    _marking()(marks, "marks on the map")


def press(*, space: str, pressed: PressedPoint | None) -> None:
    """Give the map of a space what belongs to the pressed point: its sound, its neighbours and theirs."""
    neighbours = None
    if pressed is not None:
        neighbours = {"of": pressed.id, "ids": list(pressed.neighbours), "degrees": list(pressed.degrees)}
    _tell(space, neighbours, {} if pressed is None else pressed.sounds)


def give_sounds(*, space: str, sounds: Mapping[int, str]) -> None:
    """Give the map of a space the sounds of its points beforehand, so that a press needs no answer of the page.

    Args:
        space: of the map, on which nothing else comes with a pressed point.
        sounds: where the browser finds the sound of an id.
    """
    _tell(space, None, sounds)


def _tell(space: str, neighbours: Mapping[str, Any] | None, sounds: Mapping[int, str]) -> None:
    found = {str(number): address for number, address in sounds.items()}
    _marking()({"space": space, "neighbours": neighbours, "sounds": found}, f"the pressed point of {space}")


@functools.cache
def _component(plain: bool) -> Callable[[bytes, str], Any]:
    return in_browser.component(
        "utterance_map_plain" if plain else "utterance_map",
        _BROWSER,
        markup="map.html",
        styles=("controls.css", "map.css", *(("plain.css",) if plain else ())),
        values=("answer", "kept"),
    )


@functools.cache
def _marking() -> Any:
    return in_browser.component("utterance_map_marks", _MARKING, markup="marking.html", styles=(), values=())
