"""Writer for CSV tables whose cells a spreadsheet cannot execute as formulas.

A spreadsheet takes a cell that begins with ``=``, ``+``, ``-`` or ``@`` for a formula, which can open addresses and
start programs. With another separator than the file's, a cell begins behind any separator inside the text. Each such
place gets an apostrophe, with which spreadsheets mark text themselves; reading takes it off.

References:
    OWASP, "CSV Injection".
"""

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import pandas

_NUMBER: Final = r"[+-]?(?:\d+(?:[.,]\d*)?|[.,]\d+)(?:[eE][+-]?\d+)?"
_SIGN: Final = "[=+\\-@\uff1d\uff0b\uff0d\uff20]"  # also in full width
_FIRST: Final = rf"\A(?='*(?:(?!{_NUMBER}\Z){_SIGN}|[\t\r\n]))"
_INSIDE: Final = rf"(?<=[,;|\t\r\n])(?='*(?!{_NUMBER}(?:\Z|[,;|\t\r\n\])])){_SIGN})"  # a list's numbers stay too
_BEGINNING: Final = rf"(?:{_FIRST}|{_INSIDE})"
_QUOTE: Final = '"'
_QUOTED: Final = (_QUOTE, "\r", "\n")
_EMPTY: Final = '""'  # a line of one empty cell is no empty line
_OPEN: Final = re.compile(_BEGINNING)
_MARKED: Final = re.compile(rf"{_BEGINNING}'")


def without_formulas(text: str) -> str:
    """Mark text that a spreadsheet would execute as a formula; numbers stay.

    Examples:
        >>> without_formulas("=1+1"), without_formulas("-3.5"), without_formulas("sad;=1+1"), without_formulas("'@x")
        ("'=1+1", '-3.5', "sad;'=1+1", "''@x")
    """
    return _OPEN.sub("'", text)


def as_it_was(text: str) -> str:
    """Remove the marks of :func:`without_formulas`.

    Examples:
        >>> as_it_was("'=1+1"), as_it_was("''@x"), as_it_was("'tis")
        ('=1+1', "'@x", "'tis")
    """
    return _MARKED.sub("", text) if "'" in text else text


def csv_text(lines: Iterable[Sequence[Any]], *, separator: str = ",") -> str:
    """Write lines of cells as CSV; None becomes an empty cell, numbers are written as they are."""
    return "".join(f"{separator.join(_field(cell, separator) for cell in line) or _EMPTY}\n" for line in lines)


def frame_csv(table: "pandas.DataFrame") -> str:
    """Write a table as CSV; missing values become empty cells."""
    columns = [
        [None if missing else text for text, missing in zip(cells.astype(object), cells.isna(), strict=True)]
        if cells.dtype.kind not in "f"
        else [None if missing else float(text) for text, missing in zip(cells.astype(str), cells.isna(), strict=True)]
        for _, cells in table.items()
    ]
    return csv_text([list(map(str, table.columns)), *zip(*columns, strict=True)])


def _field(cell: Any, separator: str) -> str:
    """Write a cell; the csv module leaves a carriage return without quotes."""
    text = "" if cell is None else without_formulas(cell) if isinstance(cell, str) else str(cell)
    return f'"{text.replace(_QUOTE, _QUOTE * 2)}"' if any(sign in text for sign in (separator, *_QUOTED)) else text


def frame_without_formulas(table: "pandas.DataFrame") -> "pandas.DataFrame":
    """Return a table without formulas in texts and column names."""
    changed: dict[str, Any] = {
        str(name): cells.map(lambda cell: without_formulas(cell) if isinstance(cell, str) else cell)
        for name, cells in table.items()
        if cells.dtype.kind not in "biufmMc"
    }
    return table.assign(**changed).rename(columns=lambda name: without_formulas(str(name)))
