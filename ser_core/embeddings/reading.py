"""Files of vectors in the forms that other programs write, and the tables beside them; nothing is checked yet."""

import codecs
import csv
import io
import re
import tokenize
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from ser_core.config import did_you_mean
from ser_core.embeddings.space import VECTOR
from ser_core.errors import EmbeddingError
from ser_core.paths import is_file
from ser_core.types import FloatArray

if TYPE_CHECKING:
    import pandas

LABEL = "label"  # the one column of a table without a header
MOST_COLUMNS = 500  # beside the vectors
_NPY = b"\x93NUMPY"
_NOT_TOLD = ("neighbors", "projection_x", "projection_y")  # of a map that no longer fits once rows are left out
_NAMED = 12  # columns that a message names
_OTHERWISE_SEPARATED = re.compile(r"[-+0-9.e]+([,; ]+[-+0-9.e]+)+", re.IGNORECASE)
_NUMBERS = (int, float, np.number)


def read_vectors(path: Path) -> tuple[FloatArray, "pandas.DataFrame | None"]:
    """Read vectors, and what the same file tells of them.

    Args:
        path: ``.parquet`` (a column of lists, ``embedding`` if there are several), ``.npy`` (one row per utterance) or
            ``.tsv`` (one line per utterance, no header).

    Returns:
        Vectors of whatever numbers, shape ``(B, D)``; a row without a vector is all NaN. Columns, one row per vector;
        ``None`` where the form holds none.

    Raises:
        EmbeddingError: if there is no such file, its form is another one, or rows have different lengths.
    """
    readers: Mapping[str, Callable[[Path], tuple[FloatArray, pandas.DataFrame | None]]] = {
        ".parquet": _read_parquet,
        ".npy": lambda path: (_read_npy(path), None),
        ".tsv": lambda path: (_read_tsv(path), None),
    }
    reader = _chosen(path, readers, "vectors", "Export them as one of these.")
    vectors, table = reader(path)
    if vectors.ndim != 2 or not vectors.shape[1]:
        raise EmbeddingError(
            f"Expected one row of numbers per utterance in {path.name}, shape (B, D); got shape {vectors.shape}. "
            "Average over time first, or save the array with one row per utterance."
        )
    return vectors, table


def read_metadata(path: Path) -> "pandas.DataFrame":
    """Read what is told of utterances, in the order of their vectors.

    Args:
        path: ``.csv`` (with a header; comma, semicolon or tab), ``.tsv`` (tabs; with a header unless there is only one
            column, as in TensorBoard's projector) or ``.parquet``.

    Raises:
        EmbeddingError: if there is no such file, or its form is another one.
    """
    import pandas

    readers: Mapping[str, Callable[[Path], pandas.DataFrame]] = {
        ".csv": lambda path: _read_text(path, None),
        ".tsv": lambda path: _read_text(path, "\t"),
        ".parquet": _frame,
    }
    table: pandas.DataFrame = _chosen(path, readers, "metadata", "Save the table as one of these.")(path)
    _refuse_many(list(table.columns), path)
    return table


def _chosen(path: Path, readers: Mapping[str, Any], what: str, advice: str) -> Any:
    if not is_file(path):
        raise EmbeddingError(f"Expected a file of {what} at {path}; there is none. Check the path.")
    reader = readers.get(path.suffix.lower())
    if reader is None:
        raise EmbeddingError(f"Expected {what} as {', '.join(readers)}; got {path.name!r}. {advice}")
    return reader


# ------------------------------------------------------------------------------------------------ parquet
def _read_parquet(path: Path) -> tuple[FloatArray, "pandas.DataFrame"]:
    frame = _frame(path)
    lists = [name for name in frame.columns if name not in _NOT_TOLD and _holds_lists(frame[name].tolist())]
    name = VECTOR if VECTOR in lists else (lists[0] if len(lists) == 1 else None)
    if name is None:
        hint = did_you_mean(VECTOR, lists)
        if VECTOR in frame.columns:
            hint = f" The cells of {VECTOR} are no lists of numbers."
        raise EmbeddingError(
            f"Expected one column of vectors in {path.name}, called {VECTOR} if there are several; got "
            f"{_listed(lists) or 'none'} among {_listed(list(frame.columns))}.{hint} A vector is a list of numbers in "
            "one cell: put the numbers of each row together, or rename the column."
        )
    table = frame.drop(columns=[column for column in {*lists, *_NOT_TOLD} if column in frame.columns])
    _refuse_many(list(table.columns), path)
    return _stacked(frame[name].tolist(), path), table


def _frame(path: Path) -> "pandas.DataFrame":
    import pandas

    if not path.stat().st_size:
        raise EmbeddingError(f"Expected a parquet table in {path.name}; the file is empty. Export it again.")
    try:
        frame = pandas.read_parquet(path)
    except (OSError, ValueError, TypeError, NotImplementedError) as error:  # what pyarrow raises descends from these
        told = _first_line(error).replace(str(path), path.name)
        raise EmbeddingError(
            f"Expected a parquet table in {path.name}; got: {told}. Write it again, or check which file it is."
        ) from error
    if any(name is not None for name in frame.index.names):  # audformat's tables have file, start, end as index
        frame = frame.reset_index()
    frame.columns = [str(name) for name in frame.columns]
    twice = frame.columns[frame.columns.duplicated()].tolist()
    if twice:
        raise EmbeddingError(f"Expected each column once in {path.name}; got {twice[0]} twice. Rename one of them.")
    return frame.reset_index(drop=True)


def _holds_lists(values: Sequence[Any]) -> bool:
    first = next((value for value in values if value is not None and not isinstance(value, float)), None)
    return isinstance(first, list | tuple | np.ndarray) and all(isinstance(one, _NUMBERS) for one in list(first)[:3])


def _stacked(values: Sequence[Any], path: Path) -> FloatArray:
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
        told = np.array([value for value, known in zip(values, there, strict=True) if known], dtype=float)
        told = told.reshape(sum(there), size)
    except (TypeError, ValueError) as error:
        raise EmbeddingError(
            f"Expected numbers in the vectors of {path.name}; got: {_first_line(error)}. "
            "Write them as lists of numbers."
        ) from error
    if all(there):
        return told
    stacked = np.full((len(values), size), np.nan)
    stacked[there] = told
    return stacked


# ------------------------------------------------------------------------------------------------ NPY
def _read_npy(path: Path) -> FloatArray:
    with path.open("rb") as stream:
        magic = stream.read(len(_NPY))
    if magic != _NPY:
        raise EmbeddingError(
            f"Expected an array in NumPy's form in {path.name}; it begins otherwise, like a pickle or another kind of "
            "file. Nothing is unpickled here: save it with numpy.save from an array of numbers."
        )
    try:
        # Mapped, not read: a header that promises more than the file holds is refused before memory is asked for.
        array = np.load(path, mmap_mode="r", allow_pickle=False)
    except (ValueError, OSError, EOFError, MemoryError, OverflowError, SyntaxError, tokenize.TokenError) as error:
        pickled = "object" in str(error).lower()
        what = "pickled Python objects, which are never opened here" if pickled else _first_line(error)
        raise EmbeddingError(
            f"Expected an array of numbers in {path.name}; got: {what}. Save it again with numpy.save from a "
            "float32 array with one row per utterance."
        ) from error
    if array.dtype.kind not in "fiu":
        raise EmbeddingError(
            f"Expected real numbers in {path.name}; got values of type {array.dtype}. Save it again as float32."
        )
    return np.array(array, dtype=np.float64)


# ------------------------------------------------------------------------------------------------ text
def _read_tsv(path: Path) -> FloatArray:
    lines = _text(path).rstrip().split("\n")
    if lines == [""]:
        raise EmbeddingError(f"Expected a line per vector in {path.name}; the file is empty. Export it again.")
    _refuse_empty([line.strip() for line in lines], path)
    try:
        vectors: FloatArray = np.loadtxt(lines, delimiter="\t", comments=None, ndmin=2)
    except ValueError as error:
        raise EmbeddingError(_what_is_wrong(lines, path)) from error
    return vectors


def _what_is_wrong(lines: Sequence[str], path: Path) -> str:
    size = len(lines[0].split("\t"))
    for number, line in enumerate(lines, start=1):
        cells = line.split("\t")
        for cell in cells:
            try:
                float(cell)
            except ValueError:
                return (
                    f"Expected numbers with tabs between them in {path.name}; got {cell.strip()[:40]!r} in line "
                    f"{number}. {_advice_on(cell, number)}"
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


def _read_text(path: Path, delimiter: str | None) -> "pandas.DataFrame":
    import pandas

    text = _text(path)
    first = text.partition("\n")[0]
    mark = delimiter or next((one for one in ",;\t" if one in first), ",")
    try:
        if delimiter:  # TensorBoard's tables know no quotation marks
            rows = [line.split(delimiter) if line else [] for line in text.rstrip("\n").split("\n")]
        else:
            rows = list(csv.reader(io.StringIO(text.rstrip("\n"), newline=""), delimiter=mark))
    except csv.Error as error:
        raise EmbeddingError(f"Expected a table in {path.name}; got: {error}. Save it as CSV UTF-8.") from error
    if not any(rows):
        raise EmbeddingError(f"Expected a table in {path.name}; the file is empty. Its first line names the columns.")
    _refuse_empty(rows, path)
    bare = delimiter == "\t" and len(rows[0]) == 1
    header, body = ([LABEL], rows) if bare else ([name.strip() for name in rows[0]], rows[1:])
    uneven = [number for number, row in enumerate(body, start=1) if len(row) != len(header)]
    if uneven:
        raise EmbeddingError(
            f"Expected {len(header)} fields in each line of {path.name}; got {len(body[uneven[0] - 1])} in line "
            f"{uneven[0] + (not bare)}. Correct that line."
        )
    _refuse_many(header, path)
    if len(set(header)) < len(header):
        raise EmbeddingError(f"Expected each column once in {path.name}; one occurs twice. Rename it.")
    return pandas.DataFrame({name: [row[place] for row in body] for place, name in enumerate(header)}, dtype=object)


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


def _refuse_empty(lines: Sequence[Sequence[str]], path: Path) -> None:
    """Refuse a line without content between others: without it, all that follow would belong to other rows."""
    empty = next((number for number, line in enumerate(lines, start=1) if not line), None)
    if empty is not None:
        raise EmbeddingError(
            f"Expected something in each line of {path.name}; got nothing in line {empty}. Delete that line if it "
            "stands for no utterance, or fill it in."
        )


def _text(path: Path) -> str:
    try:
        content = path.read_bytes()
        wide = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))  # spreadsheets call it "Unicode text"
        text = content.decode("utf-16" if wide else "utf-8-sig")
    except (UnicodeDecodeError, OSError) as error:
        raise EmbeddingError(
            f"Expected UTF-8 text in {path.name}; got: {_first_line(error)}. Check which file it is, "
            "or export it again."
        ) from error
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")


def _first_line(error: BaseException) -> str:
    lines = str(error).strip().splitlines()
    return lines[0].rstrip(".") if lines else type(error).__name__
