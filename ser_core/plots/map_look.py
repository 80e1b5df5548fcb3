"""Translation of a saved view into what the map in the browser shows: ids, columns and categories."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from ser_core.config import lookup
from ser_core.embeddings.map_view import Camera, MapView
from ser_core.errors import ConfigError
from ser_core.plots.categories import categories_of, is_continuous
from ser_core.types import FloatArray

if TYPE_CHECKING:
    import pandas

_NAMED = 3  # utterances that are named in a note

Limits = tuple[tuple[float, float], tuple[float, float]]


@dataclass(frozen=True)
class MapLook:
    """Colours, filters, selection and camera of a map.

    Attributes:
        token: names this look; a browser takes each look once, and then keeps what its visitor does.
        view: the map to which the camera belongs; see :func:`ser_core.plots.point_map.point_map`.
        colour: the column that colours the points; empty for the one that a visitor last saw.
        hidden: columns, each with the names of its hidden categories.
        limits: columns of numbers, each with the lowest and the highest value that is shown.
        camera: ``None`` for the whole map.
        selected: ids.
        clicked: id of the utterance that was pressed last, if any.
    """

    token: str
    view: str
    colour: str = ""
    search: str = ""
    hidden: tuple[tuple[str, tuple[str, ...]], ...] = ()
    limits: tuple[tuple[str, tuple[float, float]], ...] = ()
    camera: Camera | None = None
    selected: tuple[int, ...] = ()
    clicked: int | None = None

    def described(self) -> dict[str, Any]:
        """Return it as the browser reads it."""
        return asdict(self) | {"hidden": dict(self.hidden), "limits": dict(self.limits)}


def look_of(
    view: MapView, table: "pandas.DataFrame", names: Sequence[str], columns: Sequence[str], *, token: str, key: str
) -> tuple[MapLook, tuple[str, ...]]:
    """Translate a view for a map, and note, in a sentence each, what of the view does not exist there.

    ``table`` holds the rows of the map, ``names`` are those of the utterances
    (:func:`ser_core.embeddings.matching.names`), ``columns`` can be a colour; ``key`` is the map to which the view's
    camera belongs.
    """
    notes: list[str] = []
    colour = _column(view.colour, columns, notes)
    hidden = []
    for name, values in view.hidden:
        found = _column(name, columns, notes)
        if found:
            hidden.append((found, _values(found, values, table, notes)))
    limits = []
    for name, ends in view.limits:
        found = _column(name, columns, notes)
        if found and not is_continuous(table[found]):
            notes.append(f"Expected a column of numbers, to show a part of it; got {found!r}, which has a legend.")
        elif found:
            limits.append((found, ends))
    places = {name: row for row, name in enumerate(names)}
    missing = [name for name in view.selected if name not in places]
    if missing:
        listed = ", ".join(repr(name) for name in missing[:_NAMED])
        notes.append(
            f"{len(missing)} of {len(view.selected)} selected utterances cannot be found among those shown: {listed}"
            f"{' and others' if len(missing) > _NAMED else ''}."
        )
    if view.pressed and view.pressed not in places and view.pressed not in missing:
        notes.append(f"The utterance that was pressed is not among those shown: {view.pressed!r}.")
    look = MapLook(
        token,
        key,
        colour,
        view.search,
        tuple(hidden),
        tuple(limits),
        view.camera,
        tuple(places[name] for name in view.selected if name in places),
        places.get(view.pressed),
    )
    return look, tuple(notes)


def region_seen(camera: Camera, middle: FloatArray, reach: float) -> Limits:
    """Return the limits of both axes that a camera shows of a flat map.

    For ``middle``, ``(2,)`` or more, and ``reach`` see :func:`ser_core.plots.point_map.frame_of`.

    Examples:
        >>> import numpy as np
        >>> region_seen(Camera((0.5, 0.0, 0.0), 4.0), np.array([10.0, 0.0]), 2.0)
        ((10.5, 11.5), (-0.5, 0.5))
    """
    half = reach / camera.zoom
    x, y = (float(middle[axis] + reach * camera.centre[axis]) for axis in (0, 1))
    return (x - half, x + half), (y - half, y + half)


def _column(name: str, columns: Sequence[str], notes: list[str]) -> str:
    """Return a column's name if it exists; empty, with a note, if not."""
    if not name:
        return ""
    try:
        return lookup("column of this space", name, dict.fromkeys(columns, name))
    except ConfigError as error:
        notes.append(str(error))
        return ""


def _values(column: str, wanted: Sequence[str], table: "pandas.DataFrame", notes: list[str]) -> tuple[str, ...]:
    if is_continuous(table[column]):
        notes.append(f"Expected a column with a legend, to hide a part of it; got {column!r}, which has numbers.")
        return ()
    known = {one.name for one in categories_of(table[column])[0]}
    missing = [value for value in wanted if value not in known]
    if missing:
        listed = ", ".join(repr(value) for value in missing[:_NAMED])
        notes.append(
            f"Hidden values of {column!r} that do not occur here: {listed}{' …' if len(missing) > _NAMED else ''}."
        )
    return tuple(value for value in wanted if value in known)
