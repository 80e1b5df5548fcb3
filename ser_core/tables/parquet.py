"""Reader for parquet tables: size is checked before unpacking, pandas metadata is not used."""

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from ser_core import plain_json
from ser_core.errors import TableError
from ser_core.tables.class_names import class_names, file_of, named
from ser_core.tables.record import Table
from ser_core.tables.size_limits import refuse_bytes, refuse_too_large, text_bytes
from ser_core.types import FloatArray

if TYPE_CHECKING:
    import pandas

_UNNAMED: Final = "__index_level_"  # pandas's index without a name, or with the name of a column


def read_parquet_table(path: Path, called: str) -> Table:
    """Read a table from parquet.

    An index that pandas stored under its own name comes before the other columns; one without a name, or with the name
    of a column, is left out. Nothing else is taken from what pandas or others wrote into the file's metadata.

    Raises:
        TableError: if it is no parquet, is damaged, or would unpack to more than the limits of
            :mod:`ser_core.tables.size_limits`.
    """
    with _as_table_errors(path, called):
        table = _unpacked(path, called)
        names = table.column_names
        index = _index_of(table.schema.metadata, table.num_rows)
        described = {name: numbers for name, numbers in index.items() if numbers is not None and name not in names}
        order = sorted(range(len(names)), key=lambda number: names[number] not in index)
        kept = [number for number in order if not names[number].startswith(_UNNAMED)]
        header = (*described, *(names[number].strip() for number in kept))
        columns = (*described.values(), *(_cells(table.column(number)) for number in kept))
        labels = class_names(table.schema.metadata)
        columns = tuple(
            named(cells, labels[name]) if name in labels and not isinstance(cells, np.ndarray) else cells
            for name, cells in zip(header, columns, strict=True)
        )
        notes = [f"Numbers in the column {name} were read as the classes that the file names." for name in labels]
        return Table(header, columns, range(1, table.num_rows + 1), unit="row", notes=tuple(notes))


def read_frame(path: Path, called: str) -> "pandas.DataFrame":
    """Read a table that was written here, such as an atlas or predictions, without trusting its columns.

    Errors are those of :func:`read_parquet_table`.
    """
    import pyarrow

    with _as_table_errors(path, called):
        table = _unpacked(path, called).replace_schema_metadata(None)
        for number, column in enumerate(table.columns):
            if pyarrow.types.is_dictionary(column.type):
                refuse_bytes(sum(map(text_bytes, column.chunks)), path.stat().st_size, called)
                table = table.set_column(number, table.column_names[number], column.cast(column.type.value_type))
        frame: pandas.DataFrame = table.to_pandas()
        return frame


def _unpacked(path: Path, called: str) -> Any:
    """Return the Arrow table, its texts as dictionaries."""
    import pyarrow.parquet

    size = path.stat().st_size
    if not size:
        raise TableError(f"Expected a parquet table in {called}; the file is empty. Export it again.")
    footer = pyarrow.parquet.read_metadata(path)
    refuse_too_large(footer, size, called)
    table = pyarrow.parquet.ParquetFile(path, read_dictionary=_texts(footer.schema)).read()
    nested = [column for column in table.columns if pyarrow.types.is_nested(column.type)]
    refuse_bytes(sum(text_bytes(chunk) for column in nested for chunk in column.chunks), size, called)
    return table


@contextlib.contextmanager
def _as_table_errors(path: Path, called: str) -> Iterator[None]:
    """Turn any exception caused by a damaged or hostile file into a table error."""
    import pyarrow

    try:
        yield
    except (pyarrow.ArrowException, OSError, ValueError, TypeError, LookupError, ArithmeticError, RecursionError,
            NotImplementedError, MemoryError, AttributeError) as error:  # fmt: skip
        lines = str(error).replace(str(path), path.name).strip().splitlines()
        reason = lines[0].rstrip(".") if lines else type(error).__name__
        raise TableError(
            f"Expected a parquet table in {called}; got: {reason}. Write it again, or check which file it is."
        ) from error


def _index_of(metadata: Mapping[bytes, bytes] | None, rows: int) -> dict[str, range | None]:
    """Return which columns were pandas's index, as audformat's ``file, start, end``; they are stored as the last.

    Evenly spaced numbers are not stored as a column but described, and given here as a range.
    """
    found: dict[str, range | None] = {}
    with contextlib.suppress(ValueError, LookupError, TypeError):  # the other columns can be read without it
        for one in plain_json.parsed((metadata or {}).get(b"pandas", b"{}"))["index_columns"]:
            if isinstance(one, str):
                found[one] = None
            elif isinstance(one["name"], str) and len(numbers := range(one["start"], one["stop"], one["step"])) == rows:
                found[one["name"]] = numbers
    return found


def _texts(schema: Any) -> list[str]:
    """Return the columns of text: equal texts are then read once, however often they occur."""
    columns = [schema.column(number) for number in range(len(schema.names))]
    return [column.path for column in columns if column.physical_type == "BYTE_ARRAY"]


def _cells(column: Any) -> Sequence[Any] | FloatArray:
    import pyarrow

    kind = column.type
    listed = pyarrow.types.is_list(kind) or pyarrow.types.is_large_list(kind) or pyarrow.types.is_fixed_size_list(kind)
    if listed and (pyarrow.types.is_floating(kind.value_type) or pyarrow.types.is_integer(kind.value_type)):
        return _vectors(column)
    if pyarrow.types.is_dictionary(kind):
        return _named(column)
    return list(map(file_of, column.to_pylist()))


def _named(column: Any) -> list[Any]:
    """Cells of a dictionary column; equal cells are one object."""
    cells: list[Any] = []
    for chunk in column.chunks:
        words = [*chunk.dictionary.to_pylist(), None]
        indices = chunk.indices.fill_null(len(words) - 1).to_pylist()
        cells += [words[index] for index in indices]
    return cells


def _vectors(column: Any) -> Sequence[Any] | FloatArray:
    """Lists of numbers: one array where all have one size, else an array or None for each row."""
    import pyarrow.compute

    parts: list[FloatArray | None] = []
    whole: list[FloatArray] = []
    sizes: set[int] = set()
    for chunk in column.chunks:
        lengths = pyarrow.compute.list_value_length(chunk).fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int64)
        numbers = chunk.flatten().to_numpy(zero_copy_only=False)
        if int(lengths[lengths > 0].sum()) != len(numbers):
            return list(column.to_pylist())
        sizes.update(lengths.tolist())
        if len(sizes) == 1 and -1 not in sizes:
            whole.append(numbers.reshape(len(lengths), -1) if len(numbers) else np.zeros((len(lengths), 0)))
            continue
        for array in whole:
            parts += list(array)
        whole = []
        ends = np.cumsum(np.maximum(lengths, 0))
        parts += [
            None if length < 0 else numbers[end - length : end]
            for length, end in zip(lengths.tolist(), ends.tolist(), strict=True)
        ]
    if parts or not whole:
        return parts
    return whole[0] if len(whole) == 1 else np.concatenate(whole)
