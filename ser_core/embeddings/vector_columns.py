"""Tables with one column per dimension: find the columns that form the vector."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any, Final

import numpy as np

from ser_core.embeddings.reserved_columns import OF_UTTERANCES
from ser_core.tables import Table, cell_text, is_missing
from ser_core.types import FloatArray

FEWEST_NUMBERED: Final = 2  # columns f0, f1, …
FEWEST_NAMED: Final = 8  # columns of numbers with names of their own, as eGeMAPS has 88
_NUMBERED: Final = re.compile(r"(.*?)0*(\d+)[\])]?")  # f0, dim_00, emb[0], pca(1)
_SHOWN: Final = 40  # letters of a cell that a message shows
_UNLIKE: Final = 100.0  # times, from which on a few columns decide every angle


def vector_columns(table: Table) -> tuple[str, ...]:
    """Find the columns that form the vector.

    The largest group of :func:`numbered_columns`; without one, :func:`number_columns` if there are at least
    :data:`FEWEST_NAMED`.
    """
    groups = numbered_columns(table)
    if groups:
        return groups[0]
    named = number_columns(table)
    return named if len(named) >= FEWEST_NAMED else ()


def numbered_columns(table: Table) -> list[tuple[str, ...]]:
    """Find the series of columns that are numbered alike and hold numbers (``f0 f1 …``, ``dim_0 …``, ``0 1 …``).

    A series is numbered from 0 or 1 without a gap, or, with a gap or another begin, has :data:`FEWEST_NAMED` columns or
    more. It holds numbers if most of its filled cells are numbers: a word in one of them must not take a dimension
    away, so the column stays, and :func:`split_off` names the cell.

    Returns:
        The names of each series by number, whole series before others, larger ones before smaller.
    """
    free = _free(table)
    groups: dict[str, dict[int, str]] = {}
    for name in free:
        match = _NUMBERED.fullmatch(name)
        if match:
            groups.setdefault(match[1], {})[int(match[2])] = name
    found: list[tuple[bool, tuple[str, ...]]] = []
    for group in groups.values():
        whole = min(group) in (0, 1) and max(group) - min(group) == len(group) - 1
        if len(group) >= (FEWEST_NUMBERED if whole else FEWEST_NAMED):
            found.append((whole, tuple(group[number] for number in sorted(group))))
    found.sort(key=lambda one: (not one[0], -len(one[1])))
    return [names for _, names in found if _hold_numbers([free[name] for name in names])]


def number_columns(table: Table) -> tuple[str, ...]:
    """Find all columns of which most filled cells are numbers, and those of a series; at least two, or none.

    Columns with a name of the contract tell of utterances and are no part of it.
    """
    in_series = {name for names in numbered_columns(table) for name in names}
    named = tuple(name for name, cells in _free(table).items() if name in in_series or _hold_numbers([cells]))
    return named if len(named) >= FEWEST_NUMBERED else ()


def _free(table: Table) -> dict[str, Sequence[Any] | FloatArray]:
    return {name: cells for name, cells in table if name.lower() not in OF_UTTERANCES and name}


def split_off(table: Table, names: Sequence[str]) -> tuple[FloatArray, Table, Mapping[int, str]]:
    """Split a table into vectors and the rest.

    Returns:
        Vectors ``(B, D)`` of the named columns, NaN in cells without a number; the other columns; and of each row whose
        vector is not finite the first cell to blame, as ``'oops' in dim_5``.
    """
    cells = dict(table)
    vectors = np.column_stack([_numbers(cells[name]) for name in names])
    faults: dict[int, str] = {}
    for row in np.flatnonzero(~np.isfinite(vectors).all(axis=1)).tolist():
        name = names[int(np.flatnonzero(~np.isfinite(vectors[row]))[0])]
        text = cell_text(cells[name][row])
        faults[row] = f"{repr(text[:_SHOWN]) if text else 'nothing'} in {name}"
    kept = table.only([name for name in table.header if name not in set(names)])
    shown = f"{names[0]} to {names[-1]}"
    notes = [f"{len(names)} columns of numbers were read as the vector: {shown}."]
    known = ~np.isnan(vectors)
    with np.errstate(all="ignore"):
        sizes = np.where(known, np.abs(vectors), 0).sum(axis=0) / np.maximum(known.sum(axis=0), 1)
    sizes = sizes[sizes > 0]
    if len(sizes) and sizes.max() > _UNLIKE * np.median(sizes):
        notes.append(
            f"The largest of these columns is {sizes.max() / np.median(sizes):.0f} times as large as the middle one "
            "and decides every angle: divide each column by its deviation first if all are to count."
        )
    return vectors, replace(kept, notes=(*kept.notes, *notes)), faults


def looks_like_numbers(cells: Collection[str]) -> bool:
    """Tell whether a first line is numbers, so that a file has no header."""
    return bool(cells) and all(_number(cell) is not None for cell in cells)


def _hold_numbers(columns: Sequence[Sequence[Any] | FloatArray]) -> bool:
    """Tell whether more than half of the filled cells of all columns together are numbers."""
    numbers = filled = 0
    for cells in columns:
        if isinstance(cells, np.ndarray):
            filled += len(cells)
            numbers += len(cells) if _is_array_of_numbers(cells) else 0
            continue
        read = [_cell_number(cell) for cell in cells]
        there = [number is not None for number in read]
        numbers += sum(there)
        filled += sum(one or not is_missing(cell_text(cell)) for one, cell in zip(there, cells, strict=True))
    return 2 * numbers > filled


def _numbers(cells: Sequence[Any] | FloatArray) -> FloatArray:
    if isinstance(cells, np.ndarray):
        return cells.astype(np.float64) if _is_array_of_numbers(cells) else np.full(len(cells), np.nan)
    numbers = [_cell_number(cell) for cell in cells]
    return np.array([np.nan if number is None else number for number in numbers])


def _is_array_of_numbers(cells: FloatArray) -> bool:
    return cells.ndim == 1 and cells.dtype.kind in "fiu"


def _cell_number(cell: Any) -> float | None:
    """Read a number, also one that is written as text; a truth value, a date or a duration is none."""
    if isinstance(cell, bool | np.bool_ | np.timedelta64 | np.complexfloating):  # two of them are NumPy's numbers
        return None
    if isinstance(cell, float | int | np.number | Decimal):
        try:
            return float(cell)
        except OverflowError:  # a whole number without limit
            return np.inf if cell > 0 else -np.inf
    return _number(cell.strip()) if isinstance(cell, str) and not is_missing(cell) else None


def _number(text: str) -> float | None:
    try:
        return float(text) if "_" not in text else None
    except ValueError:
        return None
