"""Quotes in CSV: which enclose a cell, which are characters, and which are ambiguous."""

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from ser_core.errors import TableError

MOST_LINES: Final = 1_000  # of one cell in quotes
_LOOKED_AT: Final = 1_000  # lines from which is learned how rows begin
_LETTERS: Final = re.compile(r"[^\W\d_]+")
_LETTER_OR_DIGIT: Final = re.compile(r"[^\W_]")
_DIGITS: Final = re.compile(r"\d+")


@dataclass(frozen=True)
class LineFields:
    """The fields of one line, without the quotes that hold a cell together.

    ``opened`` is the index of the first cell whose quote opens and does not close in this line, -1 if there is none;
    ``start`` is the position after that quote.
    """

    cells: list[str]
    opened: int = -1
    start: int = 0


@dataclass(frozen=True)
class TextRow:
    """A row of a text file, over some lines; ``stray`` if a quote that opens a cell was read as a character."""

    cells: list[str]
    lines: int = 1
    stray: bool = False


class RowLayout:
    """Shape of a table's rows: number of fields, as in the header, and the pattern of first cells."""

    def __init__(self, lines: Sequence[str], separator: str, width: int) -> None:
        self._lines = lines
        self._separator = separator
        self._width = width

    def fits(self, cells: Sequence[str]) -> bool:
        """Return whether the number of fields fits the header; empty ones at the end do not count."""
        filled = max((place for place, cell in enumerate(cells, start=1) if cell.strip()), default=1)
        return self._width in (filled, len(cells))

    def is_like_row(self, cells: Sequence[str]) -> bool:
        """Return whether fields look like a row: by number, or by the pattern of the first cell."""
        return self.fits(cells) or cells[0] in self._first_cells or _shape(cells[0]) in self._shapes

    @functools.cached_property
    def _first_cells(self) -> set[str]:
        rows = (fields_of(line, self._separator).cells for line in self._lines[1:_LOOKED_AT])
        return {cells[0] for cells in rows if self.fits(cells) and _LETTER_OR_DIGIT.search(cells[0])}

    @functools.cached_property
    def _shapes(self) -> set[str]:
        # Words alone, as in "Anna", are too much like text to be known by their shape.
        return {shape for shape in map(_shape, self._first_cells) if shape.strip("a ")}


def _shape(cell: str) -> str:
    """Reduce a cell to its signs, with one ``a`` for letters and one ``0`` for digits that follow each other."""
    return _LETTERS.sub("a", _DIGITS.sub("0", cell.strip(' "')))


@functools.cache
def _quoted(separator: str) -> re.Pattern[str]:
    return re.compile(rf' *"([^"]*(?:""[^"]*)*)" *(?={re.escape(separator)}|\Z)')


def fields_of(line: str, separator: str) -> LineFields:
    """Split a line at its separators; a quote that opens a cell and doesn't close before the next one is a character.

    Examples:
        >>> fields_of('a,"b ""c"" d, e",5" f,"g', ",")
        LineFields(cells=['a', 'b "c" d, e', '5" f', '"g'], opened=3, start=23)
    """
    if '"' not in line:
        return LineFields(line.split(separator))
    pattern = _quoted(separator)
    cells: list[str] = []
    opened, start, position = -1, 0, 0
    while True:
        match = pattern.match(line, position)
        if match:
            cells.append(match[1].replace('""', '"'))
            end = match.end()
        else:
            end = line.find(separator, position)
            end = len(line) if end < 0 else end
            cell = line[position:end]
            if opened < 0 and cell.lstrip(" ").startswith('"'):
                opened, start = len(cells), line.index('"', position) + 1
            cells.append(cell)
        if end >= len(line):
            return LineFields(cells, opened, start)
        position = end + len(separator)


def record_at(lines: Sequence[str], at: int, separator: str, layout: RowLayout, called: str) -> TextRow:
    """Read the row that begins in the line ``at``; a quoted cell may span several lines.

    A stray quote would do the same, and swallow the rows up to the next one. So lines that would be rows by themselves
    are never made part of a cell: if the quote can be a character, it is one; if not, the file is refused.

    Raises:
        TableError: if a quote can be read in neither way; names the line where it opens.
    """
    text, taken = lines[at], 1
    while True:
        fields = fields_of(text, separator)
        if fields.opened < 0:
            return TextRow(fields.cells, taken)
        last = _closing_line(text, fields.start, lines, at + taken, separator)
        if last is None:
            if not layout.fits(fields.cells):
                raise TableError(
                    f"Expected each quote that opens a cell to close in {called}; the one in line {at + taken} does "
                    'not. Close it behind the text, or write "" for a quote that is part of the text.'
                )
            return TextRow(fields.cells, taken, stray=True)
        alone = [fields_of(line, separator).cells for line in lines[at : last + 1]]
        like = [layout.is_like_row(cells) for cells in alone]
        # In the first column, what follows the closing quote is the rest of a row anyway.
        if any(like[1:-1]) or (like[-1] and (fields.opened > 0 or like[0])):
            if all(map(layout.fits, alone)) and len(fields.cells) > 2:
                return TextRow(fields_of(lines[at], separator).cells, stray=True)
            raise TableError(
                f"Expected quotes around single cells in {called}; the one that opens in line {at + taken} closes in "
                f"line {last + 1}, and what lies between looks like rows. Remove the quote, or close it where the "
                "cell ends."
            )
        text = "\n".join(lines[at : last + 1])
        taken = last + 1 - at


def _closing_line(text: str, start: int, lines: Sequence[str], after: int, separator: str) -> int | None:
    """Return the index of the line in which a quote closes that does not in its own; None for one that never does."""
    if _single_quote(text, start) is not None:  # it is followed by more text: no writer of CSV leaves that
        return None
    for number in range(after, min(len(lines), after + MOST_LINES)):
        at = _single_quote(lines[number], 0)
        if at is not None:
            rest = lines[number][at + 1 :].lstrip(" ")
            return number if not rest or rest.startswith(separator) else None
    return None


def _single_quote(text: str, start: int) -> int | None:
    """Find the first quote that is not doubled."""
    at = text.find('"', start)
    while at >= 0 and text.startswith('"', at + 1):
        at = text.find('"', at + 2)
    return None if at < 0 else at
