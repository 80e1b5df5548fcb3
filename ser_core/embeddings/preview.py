"""A look into a file of vectors before it is opened: its first rows, and which columns may be what."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from ser_core.embeddings.column_mapping import ColumnMapping
from ser_core.embeddings.column_roles import likely_roles, renames
from ser_core.embeddings.opening import beside, refuse_second
from ser_core.embeddings.reading import read_columns
from ser_core.embeddings.vector_choices import VectorChoice, list_columns, vector_choices, written_columns
from ser_core.embeddings.vector_columns import vector_columns
from ser_core.errors import EmbeddingError
from ser_core.paths import expanded
from ser_core.tables import Table, cell_text
from ser_core.types import FloatArray

ROWS: Final = 5
LETTERS: Final = 60  # of a cell
_NUMBERS: Final = 3  # of a list that are shown


@dataclass(frozen=True)
class FilePreview:
    """What a file of vectors holds.

    Attributes:
        rows: how many vectors there are.
        vectors: the ways to take vectors out of it, the one that is taken without a choice first; empty for an array.
        size: of a vector of an array; 0 for a table.
        columns: names of the columns that are no part of the first of ``vectors``.
        first: the first :data:`ROWS` rows, a text for each cell of ``columns``.
        roles: the likely name, label and speaker.
        renames: of each column the names of emotions in it that are not ours, with ours.
    """

    rows: int
    vectors: tuple[VectorChoice, ...]
    size: int
    columns: tuple[str, ...]
    first: tuple[tuple[str, ...], ...]
    roles: ColumnMapping
    renames: Mapping[str, tuple[tuple[str, str], ...]]


def preview(path: str | Path, metadata: str | Path | None = None) -> FilePreview:
    """Look into a file of vectors, and into the table beside it.

    Args:
        path: as :func:`ser_core.embeddings.opening.open_space` takes it.
        metadata: as there.

    Raises:
        EmbeddingError: if a file cannot be read, the two do not fit, or nothing in it can be a vector.
    """
    path = expanded(path)
    content = read_columns(path)
    if isinstance(content, Table):
        choices = _ordered(vector_choices(content), content)
        if not choices:
            raise EmbeddingError(
                f"Expected vectors in {path.name}: a column of lists of numbers, or one column of numbers per "
                f"dimension; got neither among its {len(content.header)} columns. Save the vectors in one of these "
                "forms."
            )
        if metadata is not None:
            refuse_second(metadata, path)
        used = {*choices[0].columns, *list_columns(content), *written_columns(content)}
        told: Table | None = content.only([name for name in content.header if name and name not in used])
        rows, size = len(content), 0
    else:
        choices, (rows, size) = (), _shape(content, path)
        told = None if metadata is None else beside(expanded(metadata), content, path)
    columns = () if told is None else told.header
    cells = {} if told is None else dict(told)
    first = tuple(tuple(_shown(cells[name][row]) for name in columns) for row in range(min(ROWS, rows)) if columns)
    found = {name: renames(column) for name, column in cells.items()}
    return FilePreview(rows, choices, size, tuple(columns), first, likely_roles(cells, rows), found)


def _ordered(choices: Sequence[VectorChoice], table: Table) -> tuple[VectorChoice, ...]:
    """Put what is taken without a choice first."""
    lists, usual = list_columns(table), vector_columns(table)
    if lists or not usual:
        return tuple(choices)
    return tuple(sorted(choices, key=lambda one: one.columns != usual))


def _shape(array: FloatArray, path: Path) -> tuple[int, int]:
    if array.ndim != 2 or not array.shape[1]:
        raise EmbeddingError(
            f"Expected one row of numbers per utterance in {path.name}, shape (B, D); got shape {array.shape}. "
            "Average over time first, or save the array with one row per utterance."
        )
    return len(array), int(array.shape[1])


def _shown(cell: Any) -> str:
    if isinstance(cell, list | tuple | np.ndarray):
        numbers = [f"{value:.3g}" if isinstance(value, float) else str(value) for value in list(cell)[:_NUMBERS]]
        return f"[{', '.join(numbers)}{', …' if len(cell) > _NUMBERS else ''}]"
    text = cell_text(cell)
    return text if len(text) <= LETTERS else f"{text[: LETTERS - 1]}…"
