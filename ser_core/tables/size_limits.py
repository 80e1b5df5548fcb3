"""Size limits of parquet files, from their footer, since a small file may unpack to any size."""

from typing import Any, Final

from ser_core.errors import TableError

MOST_BYTES: Final = 8 * 2**30  # of a table in memory
FREE_BYTES: Final = 256 * 2**20  # up to here a file may unpack to any multiple of its size
MOST_RATIO: Final = 200  # beyond; embeddings of speech unpack to about their size
MOST_ROWS: Final = 20_000_000
MOST_CELLS: Final = 50_000_000  # a cell is a row of a column; a vector is one
_WIDTHS: Final = {"BOOLEAN": 1, "INT32": 4, "INT64": 8, "INT96": 12, "FLOAT": 4, "DOUBLE": 8, "BYTE_ARRAY": 8}


def refuse_too_large(metadata: Any, size: int, called: str) -> None:
    """Reject a file by pyarrow's ``FileMetaData`` and its size in bytes, before unpacking.

    Raises:
        TableError: if the table has more than :data:`MOST_ROWS`, :data:`MOST_CELLS` or :data:`MOST_BYTES`, or more than
            :data:`FREE_BYTES` and :data:`MOST_RATIO` times the size of the file.
    """
    unpacked = 0
    for group in range(metadata.num_row_groups):
        rows = metadata.row_group(group)
        for number in range(rows.num_columns):
            chunk = rows.column(number)
            width = _WIDTHS.get(chunk.physical_type) or max(metadata.schema.column(number).length, 1)
            unpacked += chunk.num_values * width
            if chunk.physical_type == "BYTE_ARRAY":  # read as a dictionary: each text once, and a number for each cell
                unpacked += chunk.total_uncompressed_size
    refuse_bytes(unpacked, size, called)
    names = len(metadata.schema.to_arrow_schema().names)
    if metadata.num_rows > MOST_ROWS or metadata.num_rows * names > MOST_CELLS:
        raise TableError(
            f"Expected at most {MOST_ROWS:,} rows and {MOST_CELLS:,} cells in {called}; got {metadata.num_rows:,} rows "
            f"of {names:,} columns. Keep fewer rows, or the columns that are needed."
        )


def refuse_bytes(unpacked: int, size: int, called: str) -> None:
    """Reject a size in memory above the limits; raises TableError if it is too large."""
    if unpacked > MOST_BYTES or (unpacked > FREE_BYTES and unpacked > MOST_RATIO * size):
        raise TableError(
            f"Expected a table of at most {MOST_BYTES / 2**30:g} GB in {called}, and of at most {MOST_RATIO} times its "
            f"size where it is large; its {size:,} bytes would unpack to {unpacked / 1e9:.1f} GB. Keep fewer rows or "
            "columns, or check where the file comes from."
        )


def text_bytes(array: Any) -> int:
    """Return the bytes of an Arrow array's texts inside lists and structs when each cell has its own."""
    import pyarrow
    import pyarrow.compute

    kind = array.type
    if pyarrow.types.is_dictionary(kind):
        lengths = pyarrow.compute.binary_length(array.dictionary).take(array.indices)
        return int(pyarrow.compute.sum(lengths, min_count=0).as_py())
    if pyarrow.types.is_struct(kind):
        return sum(text_bytes(part) for part in array.flatten())
    if pyarrow.types.is_map(kind):
        return text_bytes(array.keys) + text_bytes(array.items)
    if pyarrow.types.is_nested(kind) and hasattr(array, "flatten"):
        return text_bytes(array.flatten())
    return int(array.nbytes)
