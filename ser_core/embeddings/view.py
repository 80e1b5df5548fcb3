"""View of a space: all settings of the page Embedding space, validated."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from ser_core.config import lookup
from ser_core.embeddings.map_view import MAP_READERS, MapView, ParsedMapView, plain_map
from ser_core.embeddings.view_values import check, check_texts, formatted, is_number, is_text, read_values, setter
from ser_core.geometry.maps import PCA, STARTS, MapRequest, parameters

MODEL, FILE = "model", "file"  # what made the vectors that are looked at
_ANY_ROWS = 1000  # how many utterances there are is not known here: the ranges that follow from it are not checked


@dataclass(frozen=True)
class View(MapView):
    """Settings of the page Embedding space with its map. Empty values were not set.

    Attributes:
        kind: :data:`MODEL` or :data:`FILE`.
        space: name of the model, or of the file of vectors; a name in a list, never a path.
        training: whether training utterances are shown too.
        split: of the diagonal of the matrix of angles.
        label: the column whose values are the classes of the matrix of angles; empty for the usual one.
        directions: where the classes' directions come from.
        row: label of the row of that matrix in which a cell is looked at.
        column: label of the cell's column.
        method: of the map, a name in :data:`ser_core.geometry.maps.METHODS`.
        dimensions: of the map, 2 or 3.
        sphere: whether the map lies on the unit sphere.
        settings: the method's parameters and its seed, as sorted pairs.

    Raises:
        ViewError: if a value has another form, or is too long.
        SerError: if there is no such map or parameter; ranges depend on the utterances, and are checked for the map.
    """

    kind: str = MODEL
    space: str = ""
    training: bool = False
    split: str = ""
    label: str = ""
    directions: str = ""
    row: str = ""
    column: str = ""
    method: str = PCA
    dimensions: int = 2
    sphere: bool = False
    settings: tuple[tuple[str, float | str], ...] = ()

    def __post_init__(self) -> None:
        super().__post_init__()
        check(self.kind in (MODEL, FILE), f"vectors of a {MODEL} or a {FILE}", self.kind)
        check_texts(self, ("space", "split", "label", "directions", "row", "column", "method"))
        for name in ("training", "sphere"):
            check(isinstance(getattr(self, name), bool), f"yes or no for {name}", getattr(self, name))
        check(type(self.dimensions) is int and self.dimensions in (2, 3), "2 or 3 dimensions", self.dimensions)
        MapRequest(self.method, self.dimensions, sphere=self.sphere).check(_ANY_ROWS)
        for name, value in self.settings:
            check(self.method != PCA, "no parameters with PCA, which has none", name)
            if name == "start":
                called = value if isinstance(value, str) and is_text(value) else formatted(value)
                lookup("start", called, dict.fromkeys(STARTS[self.method]))
            else:
                lookup("parameter", name, parameters(self.method, _ANY_ROWS))
                check(is_number(value), f"a number for {name}", value)

    @property
    def request(self) -> MapRequest:
        """The map."""
        return MapRequest(self.method, self.dimensions, self.settings, self.sphere)


def plain(view: View) -> dict[str, Any]:
    """Turn a view into plain values, without those that were not set.

    Examples:
        >>> plain(View(space="demo", colour="speaker", hidden=(("emotion", ("sad",)),)))
        {'model': 'demo', 'method': 'PCA', 'dimensions': 2, 'colour': 'speaker', 'hidden': {'emotion': ['sad']}}
    """
    values: dict[str, Any] = {
        view.kind: view.space,
        "training": view.training,
        "split": view.split,
        "label": view.label,
        "directions": view.directions,
        "row": view.row,
        "column": view.column,
        "method": view.method,
        "dimensions": view.dimensions,
        "sphere": view.sphere,
        "settings": dict(view.settings),
        **plain_map(view),
    }
    return {name: value for name, value in values.items() if value}


def read_view(values: Mapping[str, Any]) -> tuple[View, tuple[str, ...]]:
    """Parse a view from untrusted plain values; returns a note for each that was left out.

    Examples:
        >>> view, notes = read_view({"model": "demo", "dimensions": 7})
        >>> view.space, view.dimensions, notes
        ('demo', 2, ('Expected 2 or 3 dimensions; got 7.',))
    """
    return read_values(values, _Reading(View()), _READERS)


class _Reading(ParsedMapView[View]):
    """A view of a space that is being read."""

    def take_settings(self, value: Any) -> None:
        for name, one in self.pairs(value, "parameters of the map"):
            self.take(settings=tuple(sorted({**dict(self.view.settings), name: one}.items())))


# In this order: what the later ones may be depends on the earlier ones.
_READERS: Mapping[str, Callable[[_Reading, Any], None]] = MappingProxyType({
    "model": lambda reading, value: reading.take(kind=MODEL, space=value),
    "file": lambda reading, value: reading.take(kind=FILE, space=value),
    "training": setter("training"),
    "split": setter("split"),
    "label": setter("label"),
    "directions": setter("directions"),
    "row": setter("row"),
    "column": setter("column"),
    "method": setter("method"),
    "dimensions": setter("dimensions"),
    "sphere": setter("sphere"),
    "settings": _Reading.take_settings,
    **MAP_READERS,
})  # fmt: skip
