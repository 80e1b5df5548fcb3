"""Readers for files of vectors and for tables of metadata; the content is not checked here."""

import re
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from ser_core.config import did_you_mean
from ser_core.embeddings.arrays import read_npy, read_npz, refuse_with_a_line
from ser_core.embeddings.reserved_columns import LABEL, OF_UTTERANCES
from ser_core.embeddings.space import VECTOR
from ser_core.embeddings.vector_choices import NOT_VECTORS, list_columns, unnested, written_columns
from ser_core.embeddings.vector_columns import looks_like_numbers, split_off, vector_columns
from ser_core.embeddings.written_lists import read_written_lists
from ser_core.errors import EmbeddingError, TableError
from ser_core.paths import is_file
from ser_core.tables import (
    SEPARATORS,
    SUFFIXES,
    Table,
    read_parquet_table,
    read_table,
    read_text,
    split_lines,
    with_decimal_points,
)
from ser_core.types import FloatArray

MOST_COLUMNS = 500  # beside the vectors
_CONVERTED = (".pt", ".pth", ".safetensors")  # by the line that the refusal gives
_SHOWN = 40  # letters of a cell that a message shows
_NAMED = 12  # columns that a message names
_OTHERWISE_SEPARATED = re.compile(r"[-+0-9.e]+([,; ]+[-+0-9.e]+)+", re.IGNORECASE)


@dataclass(frozen=True)
class VectorsOfFile:
    """What a file of vectors holds.

    Attributes:
        vectors: shape ``(B, D)``; a row without a vector is all NaN, a cell without a number NaN.
        told: the other columns; ``None`` if there can be none.
        faults: of rows of a table whose vector cannot be used, the cell to blame, as ``'oops' in dim_5``.
        columns: of the table that the vectors are: one for each dimension, or one of lists; none of an array.
    """

    vectors: FloatArray
    told: Table | None = None
    faults: Mapping[int, str] = field(default_factory=dict)
    columns: Sequence[str] = ()

    def named(self, dimension: int) -> str:
        """Name a dimension, counted from 0, as its file does; by its number, from 1, where the file has no name."""
        if len(self.columns) == self.vectors.shape[1]:
            return self.columns[dimension]
        return f"number {dimension + 1} of {self.columns[0] if self.columns else 'the vector'}"


def read_vectors(path: Path, columns: Sequence[str] = ()) -> VectorsOfFile:
    """Read vectors and the metadata in the same file.

    Args:
        path: ``.parquet`` (a column of lists, ``embedding`` if there are several, or one column per dimension);
            ``.npy`` or ``.npz`` (one row per utterance); ``.csv`` and ``.tsv`` (one column per dimension, or a column
            of lists that are written as text, with a header if there are other columns).
        columns: those that are the vector; without them they are found by their names and values.

    Raises:
        EmbeddingError: if there is no such file, its form is another one, or rows have different lengths.
    """
    content = read_columns(path)
    found = _vectors_of(content, path, columns) if isinstance(content, Table) else VectorsOfFile(content)
    if found.vectors.ndim != 2 or not found.vectors.shape[1]:
        raise EmbeddingError(
            f"Expected one row of numbers per utterance in {path.name}, shape (B, D); got shape {found.vectors.shape}. "
            "Average over time first, or save the array with one row per utterance."
        )
    return found


def read_columns(path: Path) -> Table | FloatArray:
    """Read a file of vectors: all columns of a table, or an array.

    Raises:
        EmbeddingError: if there is no such file, its form is another one, or a column occurs twice.
    """
    readers: Mapping[str, Callable[[Path], Table | FloatArray]] = {
        ".parquet": lambda path: read_parquet_table(path, path.name),
        ".npy": read_npy,
        ".npz": read_npz,
        ".csv": _read_csv,
        ".tsv": _read_tsv,
        **dict.fromkeys(_CONVERTED, refuse_with_a_line),
    }
    reader = _chosen(path, readers, "vectors", "Export them as one of these.")
    try:
        content: Table | FloatArray = reader(path)
    except TableError as error:
        raise EmbeddingError(str(error)) from error
    if not isinstance(content, Table):
        return content
    _refuse_blank(content.blank_lines, path)
    return _distinct(content, path)


def read_metadata(path: Path, known: Collection[str] = ()) -> Table:
    """Read the metadata of utterances, in the order of their vectors.

    ``.csv`` and ``.parquet`` are read by :func:`ser_core.tables.read_table`; ``.tsv`` as TensorBoard's projector writes
    it: tabs, quotes as characters, a header unless there is only one column. ``known`` column names, in lower case,
    identify the separator.

    Raises:
        EmbeddingError: if there is no such file, its form is another one, or a line between others is empty.
    """
    projector = path.suffix.lower() == ".tsv"
    reader = _chosen(path, dict.fromkeys(SUFFIXES, read_table), "metadata", "Save the table as one of these.")
    separators = ("\t",) if projector else SEPARATORS
    try:
        table: Table = reader(path, called=path.name, known=known, separators=separators, quotes=not projector)
    except TableError as error:
        raise EmbeddingError(str(error)) from error
    _refuse_blank(table.blank_lines, path)
    if projector and len(table.header) == 1:
        table = table.without_header((LABEL,))
    _refuse_many(table.header, path)
    return _distinct(table, path)


def _chosen(path: Path, readers: Mapping[str, Any], what: str, advice: str) -> Any:
    if not is_file(path):
        raise EmbeddingError(f"Expected a file of {what} at {path}; there is none. Check the path.")
    reader = readers.get(path.suffix.lower())
    if reader is None:
        forms = ", ".join(form for form in readers if form not in _CONVERTED)
        raise EmbeddingError(f"Expected {what} as {forms}; got {path.name!r}. {advice}")
    return reader


# ------------------------------------------------------------------------------------------------ tables
def _vectors_of(table: Table, path: Path, columns: Sequence[str]) -> VectorsOfFile:
    """Take the vectors out of a table."""
    lists, written = list_columns(table), written_columns(table)
    if columns:
        missing = [name for name in columns if name not in table.header]
        if missing:
            raise EmbeddingError(
                f"Expected the columns of the vector in {path.name}; there is no column {missing[0]!r} among "
                f"{_listed(table.header)}. Choose the columns again."
            )
        wide: Sequence[str] = () if len(columns) == 1 and columns[0] in (*lists, *written) else columns
        name = None if wide else columns[0]
    else:
        name = VECTOR if VECTOR in lists else (lists[0] if len(lists) == 1 else None)
        wide = () if name is not None or lists else vector_columns(table)
        if name is None and not wide and not lists:
            name = VECTOR if VECTOR in written else (written[0] if len(written) == 1 else None)
    if wide:
        vectors, metadata, faults = split_off(table, wide)
        metadata = metadata.only([column for column in metadata.header if column not in (*lists, *written)])
    elif name is not None:
        cells = dict(table)[name]
        vectors = _stacked(cells, path)
        faults = {
            row: f"{cells[row].strip()[:_SHOWN]!r} in {name}"
            for row in np.flatnonzero(np.isnan(vectors).all(axis=1)).tolist()
            if isinstance(cells[row], str) and cells[row].strip()
        }
        metadata = table.only([column for column in table.header if column not in (*lists, *written, *NOT_VECTORS)])
    else:
        raise _no_vector(table, lists or written, path)
    _refuse_many(metadata.header, path)
    return VectorsOfFile(vectors, metadata, faults, wide or [str(name)])


def _no_vector(table: Table, lists: Sequence[str], path: Path) -> EmbeddingError:
    if lists:
        return EmbeddingError(
            f"Expected one column of vectors in {path.name}, called {VECTOR} if there are several; got "
            f"{_listed(lists)} among {_listed(table.header)}.{did_you_mean(VECTOR, lists)} Choose which of them is the "
            "vector, or rename it."
        )
    hint = f" The cells of {VECTOR} are no lists of numbers." if VECTOR in table.header else ""
    return EmbeddingError(
        f"Expected one column of vectors in {path.name}, called {VECTOR} if there are several, or one column of "
        f"numbers per dimension, numbered like f0, f1, f2; got none among {_listed(table.header)}.{hint} A vector is a "
        "list of numbers in one cell: put the numbers of each row together, name the columns so, or choose the columns."
    )


def _distinct(table: Table, path: Path) -> Table:
    twice = [name for name, count in Counter(table.header).items() if count > 1 and name]
    if twice:
        raise EmbeddingError(f"Expected each column once in {path.name}; got {twice[0]} twice. Rename one of them.")
    return table


def _stacked(values: Sequence[Any] | FloatArray, path: Path) -> FloatArray:
    if isinstance(values, np.ndarray):
        return values
    values = [unnested(value) for value in read_written_lists(values)]
    there = [isinstance(value, list | tuple | np.ndarray) for value in values]
    lengths = [len(value) if known else -1 for value, known in zip(values, there, strict=True)]
    size = next((length for length in lengths if length >= 0), 0)
    ragged = [row for row, length in enumerate(lengths) if length not in (-1, size)]
    if ragged:
        raise EmbeddingError(
            f"Expected vectors of one size in {path.name}; got {size} numbers in row 1 and {lengths[ragged[0]]} in row "
            f"{ragged[0] + 1}. They come from different models, or frames were not averaged over time: make them alike."
        )
    try:
        metadata = np.array([value for value, known in zip(values, there, strict=True) if known], dtype=float)
        metadata = metadata.reshape(sum(there), size)
    except (TypeError, ValueError) as error:
        raise EmbeddingError(
            f"Expected numbers in the vectors of {path.name}; got: {_first_line(error)}. "
            "Write them as lists of numbers."
        ) from error
    if all(there):
        return metadata
    stacked = np.full((len(values), size), np.nan)
    stacked[there] = metadata
    return stacked


# ------------------------------------------------------------------------------------------------ text
def _read_csv(path: Path) -> Table:
    table = read_table(path, called=path.name, known=OF_UTTERANCES)
    if looks_like_numbers(table.header):  # numbers alone, without a header
        table = table.without_header([str(number) for number in range(len(table.header))])
    else:
        _refuse_numbers_as_names(table.header, path)
    return with_decimal_points(table)


def _refuse_numbers_as_names(header: Sequence[str], path: Path) -> None:
    """Refuse a first line that is a row of numbers but for some cells: it would be read as names, and be lost."""
    numbers = [cell for cell in header if looks_like_numbers([cell])]
    if 2 * len(numbers) > len(header) and any("." in cell for cell in numbers):
        place = next(number for number, cell in enumerate(header) if not looks_like_numbers([cell]))
        raise EmbeddingError(
            f"Expected names of the columns, or numbers alone, in line 1 of {path.name}; got "
            f"{header[place][:_SHOWN]!r} in column {place + 1} among {len(numbers)} numbers. Correct it, or write "
            "names above the numbers."
        )


def _read_tsv(path: Path) -> Table | FloatArray:
    """Read TensorBoard's vectors, or a table with a header that names utterances or numbers its columns."""
    first = next((line for line in split_lines(read_text(path, path.name)) if line.strip()), "")
    cells = [cell.strip() for cell in first.split("\t")]
    named = any(cell.lower() in OF_UTTERANCES for cell in cells)
    if len(cells) > 1 and (named or not any(looks_like_numbers([cell]) for cell in cells)):
        table = with_decimal_points(read_table(path, called=path.name, separators=("\t",)))
        if vector_columns(table) or written_columns(table):
            return table
    return _projected(path)


def _projected(path: Path) -> FloatArray:
    lines = split_lines(read_text(path, path.name).rstrip())
    if not lines:
        raise EmbeddingError(f"Expected a line per vector in {path.name}; the file is empty. Export it again.")
    _refuse_blank([number for number, line in enumerate(lines, start=1) if not line.strip()], path)
    try:
        vectors: FloatArray = np.loadtxt(lines, delimiter="\t", comments=None, ndmin=2)
    except ValueError as error:
        raise EmbeddingError(_what_is_wrong(lines, path)) from error
    return vectors


def _what_is_wrong(lines: Sequence[str], path: Path) -> str:
    size = len(lines[0].split("\t"))
    for number, line in enumerate(lines, start=1):
        cells = line.split("\t")
        for place, cell in enumerate(cells, start=1):
            try:
                float(cell)
            except ValueError:
                return (
                    f"Expected numbers with tabs between them in {path.name}, also in column {place}; got "
                    f"{cell.strip()[:_SHOWN]!r} in line {number}. {_advice_on(cell, number)}"
                )
        if len(cells) != size:
            return (
                f"Expected vectors of one size in {path.name}; got {size} numbers in line 1 and {len(cells)} in line "
                f"{number}. Export them again from one model."
            )
    return f"Expected numbers with tabs between them in {path.name}; got something else. Export it again."


def _advice_on(cell: str, number: int) -> str:
    if _OTHERWISE_SEPARATED.fullmatch(cell.strip()):
        return "Write tabs between the numbers, and points in them."
    if number == 1:
        return "Vectors have no header: delete that line."
    return "Correct that line, or check which of the files holds the vectors."


def _refuse_many(columns: Sequence[str], path: Path) -> None:
    """Refuse a table that is wider than a page can offer to colour by, most likely numbers that are a vector."""
    if len(columns) > MOST_COLUMNS:
        raise EmbeddingError(
            f"Expected at most {MOST_COLUMNS} columns beside the vectors in {path.name}; got {len(columns)}. Keep "
            "those that name or describe the utterances; numbers that are a vector belong into the file of vectors."
        )


def _listed(names: Sequence[str]) -> str:
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return ", ".join(names[:_NAMED]) + more


def _refuse_blank(lines: Sequence[int], path: Path) -> None:
    """Refuse a line without content between others: without it, all that follow would belong to other rows."""
    if lines:
        raise EmbeddingError(
            f"Expected something in each line of {path.name}; got nothing in line {lines[0]}. Delete that line if it "
            "stands for no utterance, or fill it in."
        )


def _first_line(error: BaseException) -> str:
    lines = str(error).strip().splitlines()
    return lines[0].rstrip(".") if lines else type(error).__name__
