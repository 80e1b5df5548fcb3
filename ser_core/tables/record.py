"""Table as read from a file: names, columns, and the position of each row in the file."""

import dataclasses
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from ser_core.types import FloatArray


@dataclass(frozen=True)
class Table:
    """A table with ``B`` rows.

    Attributes:
        header: the name of each column as it is written, without blanks around it.
        columns: the ``B`` cells of each column. Cells of a text file are ``str``; those of parquet are Python values,
            ``None`` where there is none. A column of vectors of one size is an array of shape ``(B, D)``.
        places: line of the file where each row begins, or its number from 1 in a file without lines.
        unit: what ``places`` count: ``line`` or ``row``.
        notes: what a reader of results must know of the reading.
        blank_lines: lines without content between the rows; they are no rows.
        header_place: line of the header.
    """

    header: tuple[str, ...]
    columns: tuple[Sequence[Any] | FloatArray, ...]
    places: Sequence[int]
    unit: str = "line"
    notes: tuple[str, ...] = ()
    blank_lines: tuple[int, ...] = ()
    header_place: int = 1

    def __len__(self) -> int:
        return len(self.places)

    def __iter__(self) -> Iterator[tuple[str, Sequence[Any] | FloatArray]]:
        """Yield each column with its name."""
        return zip(self.header, self.columns, strict=True)

    @property
    def rows(self) -> list[tuple[Any, ...]]:
        """The cells row by row."""
        return list(zip(*self.columns, strict=True))

    def place(self, row: int) -> str:
        """Describe the position of a row for messages.

        Examples:
            >>> Table(("a",), (["x", "y"],), (2, 5)).place(1)
            'line 5'
        """
        return f"{self.unit} {self.places[row]}"

    def only(self, names: Sequence[str]) -> "Table":
        """Select columns."""
        kept = [(name, cells) for name, cells in self if name in names]
        return dataclasses.replace(
            self, header=tuple(name for name, _ in kept), columns=tuple(cells for _, cells in kept)
        )

    def without_header(self, names: Sequence[str]) -> "Table":
        """Turn the header into the first row, for a table without header, with other names of the columns."""
        columns = tuple([name, *cells] for name, cells in self)
        return dataclasses.replace(self, header=tuple(names), columns=columns, places=(self.header_place, *self.places))

    def without_empty_rows(self) -> "Table":
        """Drop rows whose cells are all empty."""
        kept = [row for row, cells in enumerate(self.rows) if not all(map(_is_empty, cells))]
        if len(kept) == len(self):
            return self
        columns = tuple([cells[row] for row in kept] for cells in self.columns)
        return dataclasses.replace(self, columns=columns, places=[self.places[row] for row in kept])


def _is_empty(cell: Any) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())
