"""Tables with one column per dimension: find the columns that form the vector."""

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any, Final

import numpy as np

from ser_core.embeddings.reserved_columns import OF_UTTERANCES
from ser_core.tables import Table, cell_text, is_missing
from ser_core.types import FloatArray

FEWEST_NUMBERED: Final = 2  # columns f0, f1, …
FEWEST_NAMED: Final = 8  # columns of numbers with names of their own, as eGeMAPS has 88
_NUMBERED: Final = re.compile(r"(.*?)0*(\d+)[\])]?")  # f0, dim_00, emb[0], pca(1)
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
    """Find the groups of columns that are numbered alike and hold numbers (``f0 f1 …``, ``dim_0 …``, ``0 1 …``).

    A group is numbered from 0 or 1 without a gap, or, with a gap or another begin, has :data:`FEWEST_NAMED` columns or
    more.

    Returns:
        The names of each group by number, whole groups before others, larger ones before smaller.
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
    return [names for _, names in found if all(_are_numbers(free[name]) for name in names)]


def number_columns(table: Table) -> tuple[str, ...]:
    """Find all columns of numbers that are not told of utterances by a name of the contract; at least two, or none."""
    named = tuple(name for name, cells in _free(table).items() if _are_numbers(cells))
    return named if len(named) >= FEWEST_NUMBERED else ()


def _free(table: Table) -> dict[str, Sequence[Any] | FloatArray]:
    return {name: cells for name, cells in table if name.lower() not in OF_UTTERANCES and name}


def split_off(table: Table, names: Sequence[str]) -> tuple[FloatArray, Table]:
    """Split a table into vectors ``(B, D)`` of the named columns, NaN in cells without a number, and the rest."""
    cells = dict(table)
    vectors = np.column_stack([_numbers(cells[name]) for name in names])
    kept = table.only([name for name in table.header if name not in set(names)])
    shown = f"{names[0]} to {names[-1]}"
    notes = [f"{len(names)} columns of numbers were read as the vector: {shown}."]
    with np.errstate(all="ignore"):
        sizes = np.nanmean(np.abs(vectors), axis=0)
    sizes = sizes[sizes > 0]
    if len(sizes) and sizes.max() > _UNLIKE * np.median(sizes):
        notes.append(
            f"The largest of these columns is {sizes.max() / np.median(sizes):.0f} times as large as the middle one "
            "and decides every angle: divide each column by its deviation first if all are to count."
        )
    return vectors, replace(kept, notes=(*kept.notes, *notes))


def looks_like_numbers(cells: Collection[str]) -> bool:
    """Tell whether a first line is numbers, so that a file has no header."""
    return bool(cells) and all(_number(cell) is not None for cell in cells)


def _are_numbers(cells: Sequence[Any] | FloatArray) -> bool:
    if isinstance(cells, np.ndarray):
        return cells.ndim == 1 and cells.dtype.kind in "fiu"
    found = False
    for cell in cells:
        if isinstance(cell, float | int) and not isinstance(cell, bool):
            found = True
            continue
        text = cell_text(cell) if not isinstance(cell, str) else cell.strip()
        if is_missing(text):
            continue
        if isinstance(cell, bool) or _number(text) is None:
            return False
        found = True
    return found


def _numbers(cells: Sequence[Any] | FloatArray) -> FloatArray:
    if isinstance(cells, np.ndarray):
        return cells.astype(np.float64)
    numbers = [float(cell) if isinstance(cell, float | int) else _number(cell_text(cell)) for cell in cells]
    return np.array([np.nan if number is None else number for number in numbers])


def _number(text: str) -> float | None:
    try:
        return float(text) if "_" not in text else None
    except ValueError:
        return None
