"""The columns of a table that can be the vector: lists in one column, or one column per dimension."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from ser_core.embeddings.reserved_columns import OF_UTTERANCES
from ser_core.embeddings.space import VECTOR
from ser_core.embeddings.vector_columns import number_columns, numbered_columns
from ser_core.embeddings.written_lists import is_written_list, written_list
from ser_core.tables import Table
from ser_core.types import FloatArray

_NUMBERS: Final = (int, float, np.number)
# Of a map that no longer fits once rows are left out.
NOT_VECTORS: Final = ("neighbors", "neighbor_ids", "neighbor_distances", "projection_x", "projection_y")


@dataclass(frozen=True)
class VectorChoice:
    """One way to take vectors out of a table.

    Attributes:
        columns: one column of lists, or several columns of numbers in the order of the dimensions.
        size: dimensions of a vector, as the first row has them.
    """

    columns: tuple[str, ...]
    size: int

    @property
    def title(self) -> str:
        """What to call it, for people.

        Examples:
            >>> VectorChoice(("hidden",), 768).title, VectorChoice(("f0", "f1", "f2"), 3).title
            ('hidden: lists of 768 numbers', '3 columns of numbers: f0 to f2')
        """
        if len(self.columns) == 1:
            return f"{self.columns[0]}: lists of {self.size} numbers"
        return f"{self.size} columns of numbers: {self.columns[0]} to {self.columns[-1]}"


def vector_choices(table: Table) -> tuple[VectorChoice, ...]:
    """List every way to take vectors out of a table.

    Returns:
        Columns of lists, ``embedding`` first and longer lists before shorter ones; then groups of numbered columns, the
        largest first; then all columns of numbers with names of their own.
    """
    found = dict(table)
    names = [*list_columns(table), *written_columns(table)]
    lists = [VectorChoice((name,), size_of_lists(found[name])) for name in names]
    lists.sort(key=lambda one: (one.columns[0] != VECTOR, -one.size))
    wide = [*numbered_columns(table), number_columns(table)]
    choices = [*lists, *(VectorChoice(columns, len(columns)) for columns in dict.fromkeys(wide) if columns)]
    return tuple(choices)


def list_columns(table: Table) -> list[str]:
    """Name the columns whose cells are lists of numbers."""
    return [name for name, cells in table if name not in NOT_VECTORS and _holds_lists(cells)]


def written_columns(table: Table) -> list[str]:
    """Name the columns whose cells are lists of numbers written as text, without those that tell of utterances."""
    return [
        name
        for name, cells in table
        if name.lower() not in OF_UTTERANCES and not isinstance(cells, np.ndarray) and is_written_list(_first(cells))
    ]


def _holds_lists(cells: Sequence[Any] | FloatArray) -> bool:
    if isinstance(cells, np.ndarray):
        return cells.ndim == 2
    inside = unnested(_first(cells))
    return isinstance(inside, list | tuple | np.ndarray) and all(isinstance(one, _NUMBERS) for one in list(inside)[:3])


def unnested(cell: Any) -> Any:
    """Take a list out of the lists of one entry around it: ``[[1, 2]]`` becomes ``[1, 2]``."""
    while isinstance(cell, list | tuple | np.ndarray) and len(cell) == 1 and _is_list(cell[0]):
        cell = cell[0]
    return cell


def size_of_lists(cells: Sequence[Any] | FloatArray) -> int:
    """Count the numbers in the first list of a column."""
    if isinstance(cells, np.ndarray):
        return int(cells.shape[1])
    first = _first(cells)
    if isinstance(first, str):
        read = written_list(first)
        return 0 if read is None else len(read)
    return len(unnested(first))


def _first(cells: Sequence[Any]) -> Any:
    there = (cell for cell in cells if cell is not None and not isinstance(cell, float))
    return next((cell for cell in there if not (isinstance(cell, str) and not cell.strip())), None)


def _is_list(cell: Any) -> bool:
    return isinstance(cell, list | tuple | np.ndarray)
