"""Map part of a view: colours, filters, selection and camera."""

import math
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from types import MappingProxyType
from typing import Any, TypeVar

from ser_core.embeddings.view_values import (
    MOST_NAMES,
    ParsedView,
    check,
    check_texts,
    formatted,
    is_number,
    is_text,
    setter,
)
from ser_core.errors import SerError

ZOOMS = (0.5, 2000.0)


@dataclass(frozen=True)
class Camera:
    """Camera of a map; the map reaches from -1 to 1 along its longest side.

    Attributes:
        centre: the place of the map that is seen in the middle, each number from -1 to 1.
        zoom: 1 where the whole map is seen, within :data:`ZOOMS`.
        turn: of a solid map, around the upright axis and towards the eye, in radians.

    Raises:
        ViewError: if one of the numbers is out of its range.
    """

    centre: tuple[float, float, float] = (0.0, 0.0, 0.0)
    zoom: float = 1.0
    turn: tuple[float, float] = (-0.6, 0.35)

    def __post_init__(self) -> None:
        check(_numbers(self.centre, 3, 1.0), "three numbers from -1 to 1 for the middle of the map", self.centre)
        low, high = ZOOMS
        check(is_number(self.zoom) and low <= self.zoom <= high, f"a zoom from {low:g} to {high:g}", self.zoom)
        turned = _numbers(self.turn, 2, 1000.0) and abs(self.turn[1]) <= math.pi / 2 + 1e-6
        check(turned, "two angles for the turn, the second from -π/2 to π/2", self.turn)


@dataclass(frozen=True)
class MapView:
    """Settings of a map, or of two maps that share them. Empty values were not set.

    ``hidden`` are columns with hidden values, ``limits`` columns of numbers with the lowest and the highest value that
    is shown; ``selected`` and ``pressed`` are names of utterances (:func:`ser_core.embeddings.matching.names`),
    ``pressed`` the one that was pressed last.

    Raises:
        ViewError: if a value has another form, or is too long. Columns and utterances are checked when the view is
            shown.
    """

    colour: str = ""
    search: str = ""
    hidden: tuple[tuple[str, tuple[str, ...]], ...] = ()
    limits: tuple[tuple[str, tuple[float, float]], ...] = ()
    camera: Camera | None = None
    selected: tuple[str, ...] = ()
    pressed: str = ""

    def __post_init__(self) -> None:
        check_texts(self, ("colour", "search", "pressed"))
        values = [value for _, names in self.hidden for value in names]
        check(all(is_text(value) for value in (*dict(self.hidden), *values)), "texts for what is hidden", self.hidden)
        check(len(values) <= MOST_NAMES, f"at most {MOST_NAMES} hidden values", len(values))
        for name, ends in self.limits:
            fits = is_text(name) and _ordered(ends)
            check(fits, f"a lowest and a highest number of what is shown of {formatted(name)}", ends)
        check(all(is_text(name) for name in self.selected), "names of utterances", self.selected)
        check(len(self.selected) <= MOST_NAMES, f"at most {MOST_NAMES} selected utterances", len(self.selected))


M = TypeVar("M", bound=MapView)


def plain_map(view: MapView) -> dict[str, Any]:
    """Turn the map settings into plain values, without those that were not set.

    Examples:
        >>> plain_map(MapView(colour="speaker", camera=Camera(zoom=2.0)))
        {'colour': 'speaker', 'camera': {'centre': [0.0, 0.0, 0.0], 'zoom': 2.0, 'turn': [-0.6, 0.35]}}
    """
    values = {
        "colour": view.colour,
        "search": view.search,
        "hidden": {column: list(names) for column, names in view.hidden},
        "limits": {column: list(ends) for column, ends in view.limits},
        "camera": None if view.camera is None else {name: _listed(one) for name, one in asdict(view.camera).items()},
        "selected": list(view.selected),
        "pressed": view.pressed,
    }
    return {name: value for name, value in values.items() if value}


class ParsedMapView(ParsedView[M]):
    """View with a map, while its values are parsed."""

    def take_hidden(self, value: Any) -> None:
        """Parse the hidden values of columns."""
        pairs = self.pairs(value, "columns with hidden values")
        self.take(hidden=tuple((column, self.texts(names, "hidden values")) for column, names in pairs))

    def take_limits(self, value: Any) -> None:
        """Parse what is shown of columns of numbers."""
        for column, ends in self.pairs(value, "columns of numbers with limits"):
            pair = tuple(ends) if isinstance(ends, list | tuple) else (ends,)
            self.take(limits=(*self.view.limits, (column, pair)))

    def take_camera(self, value: Any) -> None:
        """Parse the camera."""
        given = {
            name: tuple(one) if isinstance(one, list) else one
            for name, one in self.pairs(value, "numbers of the camera")
        }
        known: dict[str, Any] = {name: given.pop(name) for name in ("centre", "zoom", "turn") if name in given}
        self.notes += [f"Expected centre, zoom and turn of the camera; got {formatted(name)}." for name in given]
        try:
            self.view = replace(self.view, camera=Camera(**known) if known else None)
        except SerError as error:
            self.notes.append(str(error))

    def take_selected(self, value: Any) -> None:
        """Parse the names of selected utterances."""
        self.take(selected=self.texts(value, "names of selected utterances"))


MAP_READERS: Mapping[str, Callable[[ParsedMapView[Any], Any], None]] = MappingProxyType({
    "colour": setter("colour"),
    "search": setter("search"),
    "hidden": ParsedMapView.take_hidden,
    "limits": ParsedMapView.take_limits,
    "camera": ParsedMapView.take_camera,
    "selected": ParsedMapView.take_selected,
    "pressed": setter("pressed"),
})  # fmt: skip


def _ordered(ends: Any) -> bool:
    return len(ends) == 2 and all(map(is_number, ends)) and bool(ends[0] <= ends[1])


def _numbers(value: Any, count: int, most: float) -> bool:
    fits = isinstance(value, tuple) and len(value) == count and all(map(is_number, value))
    return fits and all(abs(one) <= most for one in value)


def _listed(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value
