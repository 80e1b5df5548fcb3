"""A view of a space: everything that a person has set to look at it, checked wherever it comes from."""

import math
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from types import MappingProxyType
from typing import Any

from ser_core.config import lookup
from ser_core.embeddings.view_values import (
    MOST_LETTERS,
    MOST_NAMES,
    Reading,
    check,
    check_names,
    is_number,
    is_text,
    read_values,
    shown,
    taken,
)
from ser_core.errors import SerError
from ser_core.geometry.maps import PCA, STARTS, Request, parameters

MODEL, FILE = "model", "file"  # what made the vectors that are looked at
ZOOMS = (0.5, 2000.0)
_ANY_ROWS = 1000  # how many utterances there are is not known here: the ranges that follow from it are not checked


@dataclass(frozen=True)
class Camera:
    """From where a map is looked at; the map itself reaches from -1 to 1 along its longest side.

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
class View:
    """Everything that a person has set to look at a space. What is empty was not set.

    Attributes:
        kind: :data:`MODEL` or :data:`FILE`.
        space: name of the model, or of the file of vectors; a name in a list, never a path.
        training: whether training utterances are shown too.
        split: of the diagonal of the matrix of angles.
        directions: where the emotions' directions come from.
        row: label of the row of that matrix in which a cell is looked at.
        column: label of the cell's column.
        method: of the map, a name in :data:`ser_core.geometry.maps.METHODS`.
        dimensions: of the map, 2 or 3.
        sphere: whether the map lies on the unit sphere.
        settings: the method's parameters and its seed, as sorted pairs.
        colour: the column that colours the points.
        search: what is looked for.
        hidden: columns, each with those of its values that are hidden.
        camera: from where the map is looked at.
        selected: names of utterances; see :func:`ser_core.embeddings.matching.names`.
        pressed: name of the one that was pressed last.

    Raises:
        ViewError: if a value has another form, or is too long.
        SerError: if there is no such map or parameter; whether a number is in its range depends on the utterances, and
            is seen when the map is made.
    """

    kind: str = MODEL
    space: str = ""
    training: bool = False
    split: str = ""
    directions: str = ""
    row: str = ""
    column: str = ""
    method: str = PCA
    dimensions: int = 2
    sphere: bool = False
    settings: tuple[tuple[str, float | str], ...] = ()
    colour: str = ""
    search: str = ""
    hidden: tuple[tuple[str, tuple[str, ...]], ...] = ()
    camera: Camera | None = None
    selected: tuple[str, ...] = ()
    pressed: str = ""

    def __post_init__(self) -> None:
        check(self.kind in (MODEL, FILE), f"vectors of a {MODEL} or a {FILE}", self.kind)
        for name in ("space", "split", "directions", "row", "column", "method", "colour", "search", "pressed"):
            text = getattr(self, name)
            check(is_text(text), f"a text of at most {MOST_LETTERS} letters for {name}", text)
        for name in ("training", "sphere"):
            check(isinstance(getattr(self, name), bool), f"yes or no for {name}", getattr(self, name))
        check(type(self.dimensions) is int and self.dimensions in (2, 3), "2 or 3 dimensions", self.dimensions)
        Request(self.method, self.dimensions, sphere=self.sphere).check(_ANY_ROWS)
        for name, value in self.settings:
            check(self.method != PCA, "no parameters with PCA, which has none", name)
            if name == "start":
                called = value if isinstance(value, str) and is_text(value) else shown(value)
                lookup("start", called, dict.fromkeys(STARTS[self.method]))
            else:
                lookup("parameter", name, parameters(self.method, _ANY_ROWS))
                check(is_number(value), f"a number for {name}", value)
        values = [value for _, names in self.hidden for value in names]
        check(all(is_text(value) for value in (*dict(self.hidden), *values)), "texts for what is hidden", self.hidden)
        check(len(values) <= MOST_NAMES, f"at most {MOST_NAMES} hidden values", len(values))
        check_names(self.selected)

    @property
    def request(self) -> Request:
        """The map."""
        return Request(self.method, self.dimensions, self.settings, self.sphere)


def plain(view: View) -> dict[str, Any]:
    """Turn a view into plain values, those that were set.

    Examples:
        >>> plain(View(space="demo", colour="speaker", hidden=(("emotion", ("sad",)),)))
        {'model': 'demo', 'method': 'PCA', 'dimensions': 2, 'colour': 'speaker', 'hidden': {'emotion': ['sad']}}
    """
    values: dict[str, Any] = {
        view.kind: view.space,
        "training": view.training,
        "split": view.split,
        "directions": view.directions,
        "row": view.row,
        "column": view.column,
        "method": view.method,
        "dimensions": view.dimensions,
        "sphere": view.sphere,
        "settings": dict(view.settings),
        "colour": view.colour,
        "search": view.search,
        "hidden": {column: list(names) for column, names in view.hidden},
        "camera": None if view.camera is None else {name: _listed(one) for name, one in asdict(view.camera).items()},
        "selected": list(view.selected),
        "pressed": view.pressed,
    }
    return {name: value for name, value in values.items() if value}


def read_view(values: Mapping[str, Any]) -> tuple[View, tuple[str, ...]]:
    """Make a view of plain values from anywhere, without those that cannot be true.

    Args:
        values: as :func:`plain` gives them; anything at all.

    Returns:
        The view, and what was left out with the reason, a sentence or more for each.

    Examples:
        >>> view, notes = read_view({"model": "demo", "dimensions": 7})
        >>> view.space, view.dimensions, notes
        ('demo', 2, ('Expected 2 or 3 dimensions; got 7.',))
    """
    return read_values(values, _Reading(View()), _READERS)


class _Reading(Reading[View]):
    """A view of a space that is being read."""

    def take_settings(self, value: Any) -> None:
        for name, one in self.pairs(value, "parameters of the map"):
            self.take(settings=tuple(sorted({**dict(self.view.settings), name: one}.items())))

    def take_hidden(self, value: Any) -> None:
        pairs = self.pairs(value, "columns with hidden values")
        self.take(hidden=tuple((column, self.texts(names, "hidden values")) for column, names in pairs))

    def take_camera(self, value: Any) -> None:
        given = {
            name: tuple(one) if isinstance(one, list) else one
            for name, one in self.pairs(value, "numbers of the camera")
        }
        known: dict[str, Any] = {name: given.pop(name) for name in ("centre", "zoom", "turn") if name in given}
        self.notes += [f"Expected centre, zoom and turn of the camera; got {shown(name)}." for name in given]
        try:
            self.view = replace(self.view, camera=Camera(**known) if known else None)
        except SerError as error:
            self.notes.append(str(error))


# In this order: what the later ones may be depends on the earlier ones.
_READERS: Mapping[str, Callable[[_Reading, Any], None]] = MappingProxyType({
    "model": lambda reading, value: reading.take(kind=MODEL, space=value),
    "file": lambda reading, value: reading.take(kind=FILE, space=value),
    "training": taken("training"),
    "split": taken("split"),
    "directions": taken("directions"),
    "row": taken("row"),
    "column": taken("column"),
    "method": taken("method"),
    "dimensions": taken("dimensions"),
    "sphere": taken("sphere"),
    "settings": _Reading.take_settings,
    "colour": taken("colour"),
    "search": taken("search"),
    "hidden": _Reading.take_hidden,
    "camera": _Reading.take_camera,
    "selected": _Reading.take_selected,
    "pressed": taken("pressed"),
})  # fmt: skip


def _numbers(value: Any, count: int, most: float) -> bool:
    fits = isinstance(value, tuple) and len(value) == count and all(map(is_number, value))
    return fits and all(abs(one) <= most for one in value)


def _listed(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value
