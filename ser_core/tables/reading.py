"""Reader for tables, by the suffix of the file."""

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Final

from ser_core.errors import TableError
from ser_core.paths import is_file
from ser_core.tables.decoding import decoded
from ser_core.tables.parquet import read_parquet_table
from ser_core.tables.record import Table
from ser_core.tables.text import SEPARATORS, parse_table

SUFFIXES: Final[tuple[str, ...]] = (".csv", ".tsv", ".parquet")
MOST_BYTES: Final = 2_000_000_000  # of a file of text


def read_table(
    path: Path,
    *,
    called: str | None = None,
    known: Collection[str] = (),
    separators: Sequence[str] = SEPARATORS,
    quotes: bool = True,
) -> Table:
    """Read a table from a file.

    ``.csv`` and ``.tsv`` are read by :func:`ser_core.tables.text.parse_table`, whose options these are, ``.parquet`` by
    :func:`ser_core.tables.parquet.read_parquet_table`. ``called`` is the name of the file in messages.

    Raises:
        TableError: if there is no such file, its suffix is another one, or it cannot be read.
    """
    called = str(path) if called is None else called
    if not is_file(path):
        raise TableError(f"Expected a table at {called}; there is none. Check the path.")
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise TableError(
            f"Expected a table that ends in {', '.join(SUFFIXES)}; got {path.name!r}. Save it in one of these."
        )
    if suffix == ".parquet":
        return read_parquet_table(path, called)
    return parse_table(read_text(path, called), called, known=known, separators=separators, quotes=quotes)


def read_text(path: Path, called: str) -> str:
    """Read a file as text.

    Raises:
        TableError: if it cannot be read, is larger than :data:`MOST_BYTES`, or in another encoding.
    """
    try:
        size = path.stat().st_size
        if size > MOST_BYTES:
            raise TableError(
                f"Expected text of at most {MOST_BYTES / 1e9:g} GB in {called}; got {size / 1e9:.1f} GB. "
                "Save it as parquet, or in parts."
            )
        content = path.read_bytes()
    except OSError as error:
        raise TableError(f"Expected to read {called}; got: {error.strerror}. Check its permissions.") from error
    return decoded(content, called)
