"""Parser for tables as text: separator, header, and rows or errors."""

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Final

from ser_core.errors import TableError
from ser_core.tables.decoding import split_lines
from ser_core.tables.quoting import RowLayout, fields_of, record_at
from ser_core.tables.record import Table
from ser_core.tables.writing import as_it_was

SEPARATORS: Final[tuple[str, ...]] = (",", ";", "\t", "|")
_NAMES: Final = {",": "comma", ";": "semicolon", "\t": "tab", "|": "pipe"}
_DECLARED: Final = re.compile(r'"?sep=(.)"?[,;\t|]*', re.IGNORECASE)
_LOOKED_AT = 50  # lines from which a separator is guessed
_HEADER_LINES = 10
_SHOWN = 5  # lines that a note or message names


def parse_table(
    text: str,
    called: str,
    *,
    known: Collection[str] = (),
    separators: Sequence[str] = SEPARATORS,
    quotes: bool = True,
) -> Table:
    r"""Read a table with a header.

    ``known`` are names of columns, in lower case, that identify the separator among ``separators``, the first of which
    is the default. With ``quotes`` a cell may stand in double quotes; else they are ordinary characters.

    Every line that is not empty is a row. A first line ``sep=;`` names the separator; empty fields after the last
    separator of all lines are no columns. The apostrophes of :func:`ser_core.tables.writing.without_formulas` are taken
    off.

    Raises:
        TableError: if there is no line, a line has other fields than the header, or a quote can't be read; names the
            line as an editor counts it.

    Examples:
        >>> table = parse_table('file;text, as spoken\n\na.wav;"one\ntwo"\nb.wav;3" nail\n', "x.csv", known={"file"})
        >>> table.header, table.rows, table.places
        (('file', 'text, as spoken'), [('a.wav', 'one\ntwo'), ('b.wav', '3" nail')], [3, 5])
    """
    lines = split_lines(text.replace("\0", "\ufffd"))
    at = _first_filled(lines, 0)
    separator = declared_separator(lines[at]) if at < len(lines) else ""
    if separator and _first_filled(lines, at + 1) < len(lines):
        at = _first_filled(lines, at + 1)
    else:
        separator = guess_separator(lines[at : at + 2 * _LOOKED_AT], known=known, separators=separators)
    if at >= len(lines):
        raise TableError(f"Expected a table in {called}; the file is empty. Its first line names the columns.")
    split = _splitter(separator, quotes=quotes)
    after = _header_end(lines, at, separator) if quotes else at + 1
    header = _trimmed([" ".join(name.strip("\ufeff").split()) for name in split("\n".join(lines[at:after]))])

    layout = RowLayout(lines[after - 1 :], separator, len(header))
    rows: list[list[str]] = []
    places: list[int] = []
    stray: list[int] = []
    blank: list[int] = []
    number, blanks = after, " " if separator == "\t" else None  # a line of tabs is a row without values
    while number < len(lines):
        if not lines[number].strip(blanks):
            blank.append(number + 1)
            number += 1
            continue
        if quotes and '"' in lines[number]:
            record = record_at(lines, number, separator, layout, called)
            cells, taken = record.cells, record.lines
            if record.stray:
                stray.append(number + 1)
        else:
            cells, taken = split(lines[number]), 1
        rows.append(cells)
        places.append(number + 1)
        number += taken
    width = len(header)
    named = _even(rows, places, width, called, separator)
    columns = tuple([as_it_was(row[index]) for row in named] for index in range(width))
    notes = [_stray_note(stray)] if stray else []
    last = places[-1] if places else 0
    return Table(
        tuple(map(as_it_was, header)),
        columns,
        places,
        notes=tuple(notes),
        blank_lines=tuple(line for line in blank if line < last),
        header_place=at + 1,
    )


def declared_separator(line: str) -> str:
    """Return the separator that a spreadsheet's first line ``sep=;`` names, ``""`` if the line is another one.

    Examples:
        >>> declared_separator("sep=;"), declared_separator("file;speaker")
        (';', '')
    """
    match = _DECLARED.fullmatch(line.strip(" "))
    return match[1] if match else ""


def guess_separator(
    lines: Sequence[str], *, known: Collection[str] = (), separators: Sequence[str] = SEPARATORS
) -> str:
    """Return the separator that gives the columns that are needed, else the one that gives the most even rows.

    ``lines`` begin with the header; ``known`` are names of columns in lower case.

    Examples:
        >>> guess_separator(["file;text, as spoken, if known", "a;b"], known={"file"})
        ';'
    """
    filled = [line for line in lines if line.strip()][:_LOOKED_AT]
    if not filled:
        return separators[0]

    def worth(separator: str) -> tuple[int, float, int]:
        header, *rows = [fields_of(line, separator).cells for line in filled]
        hits = len({name.strip(' \t"\ufeff\xa0').lower() for name in header} & set(known))
        even = sum(len(row) == len(header) for row in rows) / max(len(rows), 1) if len(header) > 1 else 0.0
        return (hits if len(header) > 1 else 0), even, len(header)

    return max(separators, key=worth)


def split_fields(lines: Iterable[str], separator: str) -> list[list[str]]:
    """Split lines into fields that may be more or fewer from line to line; quotes hold within a line only."""
    return [[as_it_was(cell) for cell in fields_of(line, separator).cells] for line in lines]


def _splitter(separator: str, *, quotes: bool) -> Callable[[str], list[str]]:
    return (lambda line: fields_of(line, separator).cells) if quotes else (lambda line: line.split(separator))


def _first_filled(lines: Sequence[str], at: int) -> int:
    return next((number for number in range(at, len(lines)) if lines[number].strip()), len(lines))


def _header_end(lines: Sequence[str], at: int, separator: str) -> int:
    """Return the index behind the header: spreadsheets break the lines of long names, in quotes."""
    if fields_of(lines[at], separator).opened < 0:
        return at + 1
    for end in range(at + 2, min(at + _HEADER_LINES, len(lines))):
        fields = fields_of("\n".join(lines[at:end]), separator)
        if fields.opened >= 0:
            continue
        first, *middle, last = [len(fields_of(line, separator).cells) == len(fields.cells) for line in lines[at:end]]
        # Else a quote that strays in the header would swallow rows.
        return at + 1 if any(middle) or (first and last) else end
    return at + 1


def _trimmed(cells: Sequence[str]) -> list[str]:
    """Leave out empty cells at the end, one at least stays."""
    width = max((place for place, cell in enumerate(cells, start=1) if cell.strip()), default=1)
    return list(cells[:width])


def _even(
    rows: Sequence[list[str]], places: Sequence[int], width: int, called: str, separator: str
) -> Sequence[list[str]]:
    """Return rows of one width; cells that are missing or too many are refused, unless the surplus is empty."""
    uneven: list[tuple[int, int]] = []
    even = []
    for place, row in zip(places, rows, strict=True):
        cells = row if len(row) <= width else [*row[:width], *_filled_rest(row[width:])]
        if len(cells) != width:
            uneven.append((place, len(cells)))
        even.append(cells)
    if uneven:
        place, count = uneven[0]
        more = f" and {len(uneven) - 1} more line(s) differ" if len(uneven) > 1 else ""
        sign = _NAMES.get(separator, repr(separator))
        raise TableError(
            f"Expected {width} fields in each line of {called}, as in its header; got {count} in line {place}{more}. "
            f"Put text that holds a {sign} in double quotes, or correct that line."
        )
    return even


def _filled_rest(cells: Sequence[str]) -> list[str]:
    return [] if not any(cell.strip() for cell in cells) else list(cells)


def _stray_note(lines: Sequence[int]) -> str:
    more = f" and {len(lines) - _SHOWN} more" if len(lines) > _SHOWN else ""
    named = ", ".join(map(str, lines[:_SHOWN]))
    return f"Quotes that open a cell and don't close in it were read as characters: line {named}{more}."
