"""Reader for tables of angles: copied from a paper, saved by a spreadsheet, or written by ``angles``."""

import itertools
import re
from collections.abc import Sequence
from typing import Any, Final

import numpy as np

from ser_core import plain_json
from ser_core.errors import InputError, TableError
from ser_core.geometry.angle_table import MOST_LABELS, AngleTable, angle_table
from ser_core.geometry.latex_table import is_latex_table, latex_cells
from ser_core.geometry.markdown_table import is_markdown_table, markdown_cells
from ser_core.tables import declared_separator, decoded, guess_separator, split_fields, split_lines
from ser_core.types import FloatArray

MOST_BYTES: Final = 50_000_000
_BLANKS: Final = {"", "-", "--", "---", "–", "—"}
_DECIMAL_COMMA: Final = re.compile(r"[+-]?\d+,\d+")
_NUMBER: Final = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?", re.ASCII | re.IGNORECASE)


def read_angle_table(content: bytes, *, cosines: bool = False) -> AngleTable:
    r"""Read labels and angles from text.

    CSV with commas, semicolons, tabs or bars, labels in the first row and column; the same with blanks, as a PDF is
    copied; a table in Markdown; the rows of one in LaTeX; or the JSON of ``angles``, which holds degrees. The whole
    table, or one half of it. A decimal comma is read where no comma stands between the columns, and in quotes.

    Raises:
        InputError: if it is no text, holds no table, or as in :func:`ser_core.geometry.angle_table.angle_table`.

    Examples:
        >>> read_angle_table(b";a;b\na;0;12,5\nb;;0").degrees
        array([[ 0. , 12.5],
               [12.5,  0. ]])
    """
    text = _text(content)
    if text.lstrip().startswith("{"):
        return _from_json(text)
    labels, values = _from_lines(text)
    return angle_table(labels, values, cosines=cosines)


def written_number(text: str) -> float | None:
    """Read a number as written in tables; ``None`` for other text, including forms that only Python accepts.

    Examples:
        >>> written_number("-2.5e1"), written_number("1_0"), written_number("nan")
        (-25.0, None, None)
    """
    return float(text) if _NUMBER.fullmatch(text) else None


def _text(content: bytes) -> str:
    if len(content) > MOST_BYTES:
        raise InputError(
            f"Expected a table of at most {MOST_BYTES // 1_000_000} MB; got {len(content) / 1e6:.0f} MB. "
            f"A table of {MOST_LABELS} labels needs less: choose the file with the table."
        )
    try:
        text = decoded(content, "a table of angles")
    except TableError:
        text = "\0"
    if "\0" in text:
        raise InputError(
            "Expected a table as text (CSV or JSON, UTF-8); got bytes that are no such text. "
            "Save the table as CSV in UTF-8, or paste it."
        )
    if not text.strip():
        raise InputError("Expected a table; got nothing. Paste it, or choose a file with labels and angles.")
    return text


def _from_json(text: str) -> AngleTable:
    try:
        found = plain_json.parsed(text)
    except ValueError as error:
        raise InputError(f"Expected JSON as `angles` writes it; got: {error}. Make it again, or use CSV.") from error
    labels, rows = found.get("labels"), found.get("matrix_degrees")
    if not isinstance(labels, list) or not isinstance(rows, list):
        raise InputError(
            "Expected JSON with the keys labels and matrix_degrees, as `angles` writes it; "
            f"got {', '.join(found) or 'none'}. Make it with `angles`, or use CSV."
        )
    if any(not isinstance(row, list) or len(row) != len(labels) for row in rows) or len(rows) != len(labels):
        raise InputError(
            f"Expected {len(labels)} rows of {len(labels)} angles, as there are labels; got another shape. "
            "Make the file again with `angles`."
        )
    values = np.array([[_json_number(value) for value in row] for row in rows], dtype=np.float64)
    return angle_table([str(label) for label in labels], values.reshape(len(labels), len(labels)))


def _json_number(value: Any) -> float:
    if value is None:
        return np.nan
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) < 1e9:
        raise InputError(
            f"Expected angles in matrix_degrees; got {str(value)[:40]}. Make the file again with `angles`."
        )
    return float(value)


def _from_lines(text: str) -> tuple[list[str], FloatArray]:
    if is_latex_table(text):
        cells = latex_cells(text)
    else:
        cells = markdown_cells(text) if is_markdown_table(text) else _cells(text)
    rows = [[cell.strip() for cell in line] for line in cells if any(cell.strip() for cell in line)]
    header, body = rows[0], rows[1:]
    names = [row[0] for row in body]
    _check_labelled(header, names)
    # Some programs leave out the corner, and some end each line with one more separator.
    columns = header if names and header[: len(names)] == names else header[1:]
    while len(columns) > len(names) and not columns[-1]:
        columns.pop()
    if columns != names:
        raise InputError(
            f"Expected the labels of the columns to be those of the rows, in the same order; got {_listed(columns)} "
            f"above and {_listed(names)} on the left. Write the labels in the first row and the first column."
        )
    values = np.full((len(names), len(names)), np.nan)
    for number, row in enumerate(body[:MOST_LABELS] if len(names) <= MOST_LABELS else ()):
        cells_of_row = row[1:]
        if any(cells_of_row[len(names) :]):
            raise InputError(
                f"Expected {len(names)} figures in the row of {names[number]}, as there are labels; got "
                f"{len(cells_of_row)}. Give each label one row and one column."
            )
        for place, cell in enumerate(cells_of_row[: len(names)]):
            if place != number:  # whatever stands on the diagonal is ignored
                values[number, place] = _number(cell, names[number], names[place])
    return names, values


def _cells(text: str) -> list[list[str]]:
    lines = [line for line in split_lines(text) if line.strip()]
    declared = declared_separator(lines[0])
    lines = lines[1:] if declared and len(lines) > 1 else lines
    separator = declared or guess_separator(lines)
    cells = split_fields(lines, separator)
    if len(cells[0]) > 1:
        return cells
    if len(lines) > 1 and len(lines[0].split()) > 1:
        return [line.split() for line in lines]
    raise InputError(
        f"Expected commas, semicolons, tabs or bars between the columns; got none in {lines[0].strip()[:40]!r}. "
        "Write labels in the first row and column, and one of these signs between them."
    )


def _check_labelled(header: Sequence[str], names: Sequence[str]) -> None:
    """Refuse a matrix without labels: it is symmetric, so its first row and column would pass for them."""
    corner, figures = _figure(header[0]), [_figure(name) for name in names]
    fractions = any(one is not None and not one.is_integer() for one in figures)
    if names and (fractions or (None not in figures and (corner is not None or _like_angles(names)))):
        raise InputError(
            f"Expected labels in the first row and the first column; got figures ({_listed(header)}). "
            "Write a name above each column and before each row."
        )


def _like_angles(names: Sequence[str]) -> bool:
    """Return whether numbers are degrees rather than class numbers (0, 1, 2, ...), years or speakers (03, 1001)."""
    whole = [int(name) for name in names if name.isdecimal() and not (len(name) > 1 and name.startswith("0"))]
    steps = {second - first for first, second in itertools.pairwise(whole)}
    return len(whole) == len(names) and max(whole) <= 180 and steps != {1}


def _number(cell: str, row: str, column: str) -> float:
    plain = written_number(cell)  # of 500 labels nearly every cell is one: the rest need not be tried
    if plain is not None and np.isfinite(plain):
        return plain
    if _plain(cell) in _BLANKS:
        return np.nan
    value = _figure(cell)
    if value is None or not np.isfinite(value):
        raise InputError(
            f"Expected a figure for {row} and {column}; got {cell[:40]!r}. "
            "Write a number there, or leave the cell empty if the other half of the table has it."
        )
    return value


def _figure(cell: str) -> float | None:
    text = _plain(cell)
    return written_number(text.replace(",", ".") if _DECIMAL_COMMA.fullmatch(text) else text)


def _plain(cell: str) -> str:
    return cell.replace("−", "-").removesuffix("°").strip()


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(name or "nothing" for name in names[:8])
    return f"{shown}, …" if len(names) > 8 else shown or "none"
