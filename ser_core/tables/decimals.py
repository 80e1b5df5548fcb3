"""Numbers with a decimal comma, as spreadsheets write them in most of Europe and South America."""

import dataclasses
import re
from collections.abc import Iterable, Sequence
from typing import Any, Final

from ser_core.tables.cells import is_missing
from ser_core.tables.record import Table
from ser_core.types import FloatArray

_NUMBER: Final = re.compile(r"[+-]?\d+(?:,\d+)?(?:[eE][+-]?\d+)?", re.ASCII)
_THOUSANDS: Final = re.compile(r"[+-]?[1-9]\d{0,2}(?:,\d{3})+", re.ASCII)


def have_decimal_commas(cells: Iterable[str]) -> bool:
    """Return whether cells are numbers with decimal commas.

    All must be numbers without a point, and one of them no whole number with commas between thousands (``1,500``).

    Examples:
        >>> have_decimal_commas(["1,5", "2", ""]), have_decimal_commas(["1,500", "2,000"]), have_decimal_commas(["1.5"])
        (True, False, False)
    """
    proven = False
    for cell in cells:
        text = cell.strip()
        if is_missing(text):
            continue
        if not _NUMBER.fullmatch(text):
            return False
        proven = proven or ("," in text and not _THOUSANDS.fullmatch(text))
    return proven


def with_points(cells: Iterable[str]) -> list[str]:
    """Write numbers with decimal points."""
    return [cell.replace(",", ".") for cell in cells]


def with_decimal_points(table: Table) -> Table:
    """Convert decimal commas in a table to points, with a note.

    A column is changed if all its cells are numbers and those of it or of another such column prove the comma.
    """
    changed = {
        place
        for place, cells in enumerate(table.columns)
        if _may_have_commas(cells) and all(is_missing(cell) or _NUMBER.fullmatch(cell.strip()) for cell in cells)
    }
    if not any(have_decimal_commas(table.columns[place]) for place in changed):
        return table
    columns = tuple(with_points(cells) if place in changed else cells for place, cells in enumerate(table.columns))
    note = f"Commas were read as decimal points in {len(changed)} column(s) of numbers."
    return dataclasses.replace(table, columns=columns, notes=(*table.notes, note))


def _may_have_commas(cells: Sequence[Any] | FloatArray) -> bool:
    return (
        isinstance(cells, list) and all(isinstance(cell, str) for cell in cells) and any("," in cell for cell in cells)
    )
