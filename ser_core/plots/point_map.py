"""Data of a map for the browser component: points, columns and texts in bytes.

Everything that a visitor then does with the map (another colour, zoom, a lasso, a search) needs no new data, so it
happens in the browser and keeps its place.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from ser_core.errors import InputError
from ser_core.plots.categories import categories_of, is_continuous
from ser_core.plots.globe import Globe
from ser_core.plots.map_look import MapLook
from ser_core.plots.packing import Packing
from ser_core.plots.style import sequential_colours
from ser_core.seeding import stream
from ser_core.types import BoolArray, FloatArray, IntArray

if TYPE_CHECKING:
    import pandas

MOST_DRAWN = 200_000  # of more points a sample is drawn, over a picture of how densely all of them lie
SAMPLE = 50_000
MOST_CATEGORIES = 200  # a column of more is searched and shown, but not coloured: colours would be too alike
DENSITY_CELLS = 256
ROOM = 8.0  # rem of the window's height for what stands above a map
SEARCHED = ("file", "text", "sentence")
SHOWN = ("emotion", "predicted", "heard", "speaker", "gender", "split", "sentence", "text", "intensity")
GLOBE_REACH = 1.22  # radii of the sphere from its middle, with arrows and their names
LEAST_REACH = 0.05  # of a map along an axis; one that is all in one line is given this much
FIRST = ("emotion", "predicted", "heard", "speaker", "gender", "split", "sentence", "intensity", "corpus", "confidence")
NOT_COLOURS = {"file", "start", "end", "recording", "embedding"}
RIGHT, WRONG = "rightly", "wrongly"


@dataclass(frozen=True)
class PointMap:
    """Encoded map for the browser, in the format of :mod:`ser_core.plots.packing`.

    Attributes:
        digest: its identity.
        ids: of the drawn points, shape ``(drawn,)``.
        total: how many points there are, drawn or not.
        middle: the place that is drawn in the middle, shape ``(2,)`` or ``(3,)``.
        reach: how far the map goes from there along its longest side.
    """

    content: bytes
    digest: str
    ids: IntArray
    total: int
    middle: FloatArray
    reach: float

    def drawn_at(self, point: FloatArray) -> list[float]:
        """Say where another point of the same projection is drawn, shape ``(2,)`` or ``(3,)``; the map ends at 1."""
        return [float(value) for value in (np.asarray(point, dtype=np.float64) - self.middle) / self.reach]


def point_map(
    points: FloatArray,
    table: "pandas.DataFrame",
    *,
    title: str,
    space: str,
    view: str,
    ids: Sequence[int] | IntArray | None = None,
    look: MapLook | None = None,
    framed: FloatArray | None = None,
    origins: FloatArray | None = None,
    silent: bool = False,
    glides: bool = False,
    room: float = ROOM,
    stretched: bool = False,
    smaller: BoolArray | None = None,
    globe: Globe | None = None,
    colour: str = "",
) -> PointMap:
    """Encode a map.

    Args:
        points: shape ``(B, 2)`` or ``(B, 3)``.
        table: ``B`` rows; every column can be a colour, ``file`` names a point.
        title: for visitors who cannot see the map.
        space: maps of one space show the same utterances: they share selection, filters and colour; those on one
            page are linked.
        view: maps of one view show them in the same places, or at least in one frame: they share zoom and rotation.
        ids: a whole number from 0 to ``2**32 - 1`` for each row, of which a selection consists; by default the
            row's number.
        look: what the map shows first; by default what a visitor last saw of this space.
        framed: the points that the frame holds, ``(…, 2)`` or ``(…, 3)``, the same for maps that are compared; by
            default the map's own.
        origins: where the points lie on the map that this one is compared with, in the shape of ``points``; see
            ``lined`` of :func:`ui.components.point_map.mark`.
        silent: leave it to another map of the same space to report the selection.
        glides: let the points move from where the same ones lay on the map that stood in this place before.
        room: of the window's height that the map leaves to what stands above and below it, in rem.
        stretched: let a map of the plane fill its stage, each axis by a factor of its own.
        smaller: which points are drawn smaller than the others, shape ``(B,)``; by default none.
        globe: what is drawn on the sphere besides points that lie on the unit sphere, shape ``(B, 3)``; its middle is
            the middle of the map.
        colour: the column that colours the points until a visitor chooses one; by default the usual one.

    Raises:
        InputError: if lengths differ, a coordinate is not finite, an id occurs twice, or points of a globe are flat.
    """
    numbers = _checked_ids(len(table) if ids is None else ids)
    for given in (points,) if origins is None else (points, origins):
        _check(given, len(table), len(numbers))
    if globe is not None and points.shape[1] != 3:
        raise InputError(f"Expected points of shape (B, 3) on a globe; got {points.shape}. Project onto the sphere.")
    middle, reach = (np.zeros(3), 1.0) if globe is not None else frame_of(points if framed is None else framed)
    places = _normalised(points, middle, reach)
    begins = None if origins is None else _normalised(origins, middle, reach)
    far = np.abs(places if framed is None else _normalised(framed, middle, reach)).max(axis=0, initial=LEAST_REACH)
    total, rows = len(table), sampled_rows(len(table))
    packing = Packing()
    header: dict[str, Any] = {"version": 1, "title": title, "space": space, "view": view, "total": total}
    if len(rows) < total:
        header["density"] = None if points.shape[1] == 3 else _packed_density(packing, places)
        places, table, numbers = places[rows], table.iloc[rows], numbers[rows]
        smaller = None if smaller is None else smaller[rows]
        begins = None if begins is None else begins[rows]
    table = with_judgements(table)
    header |= {
        "dimensions": points.shape[1],
        "reach": [GLOBE_REACH] * 3 if globe is not None else [*far.tolist(), LEAST_REACH][:3],
        "globe": None if globe is None else globe.described(),
        "silent": silent,
        "glides": glides,
        "room": room,
        "stretched": stretched,
        "count": len(table),
        "points": packing.array(places, "float32"),
        "origins": None if begins is None else packing.array(begins, "float32"),
        "ids": packing.array(numbers, "uint32"),
        "smaller": None if smaller is None else packing.array(smaller, "uint8"),
        "columns": _packed_columns(packing, table, colour),
        "texts": _packed_texts(packing, table),
        "told": [name for name in dict.fromkeys((colour, *SHOWN)) if name in table.columns],
        "searched": [name for name in SEARCHED if name in table.columns],
        "scale": sequential_colours(),
        "look": None if look is None else look.described(),
    }
    content, digest = packing.written(header)
    return PointMap(content, digest, numbers, total, middle, reach)


def sampled_rows(count: int, most: int = MOST_DRAWN, sample: int = SAMPLE) -> IntArray:
    """Choose the rows that are drawn: all up to ``most``, else ``sample`` at random, the same each time."""
    if count <= most:
        return np.arange(count)
    return np.sort(stream(0, "map", count).choice(count, sample, replace=False))


def with_judgements(table: "pandas.DataFrame") -> "pandas.DataFrame":
    """Add columns derived from an atlas: heard rightly or wrongly, with which confidence, how long it is.

    Examples:
        >>> import pandas
        >>> table = pandas.DataFrame({"emotion": ["sad"], "predicted": ["calm"], "probability_calm": [0.75]})
        >>> with_judgements(table)["heard"].tolist(), with_judgements(table)["confidence"].tolist()
        (['wrongly'], [0.75])
    """
    added: dict[str, Any] = {}
    if "predicted" in table.columns and "emotion" in table.columns:
        heard = np.where(table["predicted"] == table["emotion"], RIGHT, WRONG).astype(object)
        heard[table["predicted"].isna().to_numpy()] = None
        added["heard"] = heard
    probabilities = [name for name in table.columns if str(name).startswith("probability_")]
    if probabilities:
        added["confidence"] = table[probabilities].max(axis=1)
    if "start" in table.columns and "end" in table.columns and "duration" not in table.columns:
        added["duration"] = table["end"] - table["start"]
    return table.assign(**{name: values for name, values in added.items() if name not in table.columns})


def colour_columns(table: "pandas.DataFrame", first: str = "") -> list[str]:
    """List the columns that a map can be coloured by: one that is to be first, then the usual ones, then the others."""
    counts = {str(name): table[name].nunique() for name in table.columns if name not in NOT_COLOURS}
    names = [name for name, count in counts.items() if is_continuous(table[name]) or count <= MOST_CATEGORIES]
    # One colour for all says nothing, but is better than none.
    fewest = min(2, max((counts[name] for name in names), default=1)) or 1
    names = [name for name in names if counts[name] >= fewest]
    order = (first, *FIRST)
    return sorted(names, key=lambda name: order.index(name) if name in order else len(order))


def _checked_ids(given: int | Sequence[int] | IntArray) -> IntArray:
    if isinstance(given, int):
        return np.arange(given)
    ids = np.asarray(given)
    if ids.ndim != 1 or (ids.size and (not np.issubdtype(ids.dtype, np.integer) or ids.min() < 0 or ids.max() >> 32)):
        raise InputError(
            f"Expected one whole number from 0 to {2**32 - 1} for each point; got {ids.dtype} of shape {ids.shape}. "
            "Number the rows."
        )
    distinct, counts = np.unique(ids, return_counts=True)
    if len(distinct) < len(ids):
        raise InputError(
            f"Expected a different id for each point; got {int(distinct[counts > 1][0])} "
            f"{int(counts.max())} times. Number the rows."
        )
    return ids.astype(np.int64)


def _check(points: FloatArray, rows: int, ids: int) -> None:
    if points.ndim != 2 or points.shape[1] not in (2, 3) or points.shape[0] != rows:
        raise InputError(
            f"Expected points of shape ({rows}, 2) or ({rows}, 3); got {points.shape}. "
            "Project the same rows that the table lists."
        )
    if ids != rows:
        raise InputError(f"Expected {rows} ids, one for each point; got {ids}. Number the same rows.")
    if not np.isfinite(points).all():
        bad = int(np.flatnonzero(~np.isfinite(points).all(axis=1))[0])
        raise InputError(
            f"Expected finite coordinates; got {points[bad].tolist()} in row {bad}. "
            "Leave rows without a vector out, and project again."
        )


def frame_of(points: FloatArray) -> tuple[FloatArray, float]:
    """Find the middle of a map, and how far it reaches from there along its longest axis; 1 if nowhere."""
    if not len(points):
        return np.zeros(points.shape[1]), 1.0
    halves = points.astype(np.float64) / 2  # halved first: the span of two huge numbers may not be a number
    low, high = halves.min(axis=0), halves.max(axis=0)
    return low + high, float((high - low).max()) or 1.0


def _normalised(points: FloatArray, middle: FloatArray, reach: float) -> FloatArray:
    """Move the map around the origin and into [-1, 1], all axes by one factor, before digits are cut to float32."""
    placed: FloatArray = (points.astype(np.float64) / 2 - middle / 2) / reach * 2
    return placed


def _packed_density(packing: Packing, places: FloatArray) -> dict[str, Any]:
    edges = np.linspace(-1, 1, DENSITY_CELLS + 1)
    counts, _, _ = np.histogram2d(places[:, 1], places[:, 0], bins=(edges, edges))  # rows from below, columns from left
    shades = np.log1p(counts)
    return {**packing.array(np.round(shades * (255 / shades.max())), "uint8"), "cells": DENSITY_CELLS}


def _packed_columns(packing: Packing, table: "pandas.DataFrame", first: str) -> list[dict[str, Any]]:
    columns = []
    for name in colour_columns(table, first):
        values = table[name]
        if is_continuous(values):
            numbers = values.to_numpy(dtype=np.float64, na_value=np.nan)
            numbers = np.where(np.isfinite(numbers) & (np.abs(numbers) < np.finfo(np.float32).max), numbers, np.nan)
            if np.isnan(numbers).all():
                continue
            span = {"low": float(np.nanmin(numbers)), "high": float(np.nanmax(numbers))}
            columns.append({"name": name, "kind": "number", **packing.array(numbers, "float32"), **span})
        else:
            found, codes = categories_of(values)
            entries = [{"name": one.name, "colour": one.colour, "symbol": one.symbol} for one in found]
            columns.append({"name": name, "kind": "category", **packing.array(codes, "uint8"), "entries": entries})
    return columns


def _packed_texts(packing: Packing, table: "pandas.DataFrame") -> list[dict[str, Any]]:
    """Pack the file names, and columns to search or show that have too many values to be a colour."""
    coloured = set(colour_columns(table))
    names = [name for name in dict.fromkeys((*SEARCHED, *SHOWN)) if name in table.columns and name not in coloured]
    return [{"name": name, **packing.texts(_texts(table[name]))} for name in names if table[name].nunique() > 0]


def _texts(values: "pandas.Series[Any]") -> list[str]:
    return values.astype(object).where(values.notna(), "").map(str).to_list()
