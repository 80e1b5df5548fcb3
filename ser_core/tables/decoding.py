"""Bytes to text and text to lines, as spreadsheets and other systems write them."""

import codecs
import re
from typing import Final

from ser_core.errors import TableError

_BREAK: Final = re.compile(r"\r\n|\n|\r")


def decoded(content: bytes, called: str) -> str:
    """Return the text of a file: UTF-8, or UTF-16 with a byte order mark ("Unicode text" in spreadsheets).

    Args:
        content: the whole file.
        called: what messages call it.

    Raises:
        TableError: if it is in another encoding; names the line.
    """
    wide = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        return content.decode("utf-16" if wide else "utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        line = len(_BREAK.findall(content[: error.start].decode("latin-1"))) + 1
        where = "" if wide else f" in line {line}"
        raise TableError(
            f"Expected UTF-8 text in {called}; got bytes of another encoding{where} ({error.reason}). "
            "Save the table as CSV UTF-8, or check which file it is."
        ) from error


def split_lines(text: str) -> list[str]:
    r"""Split at the ends of lines of every system, without the empty line behind the last one.

    Examples:
        >>> split_lines("a\r\nb\rc\n")
        ['a', 'b', 'c']
    """
    lines = text.split("\n") if "\r" not in text else _BREAK.split(text)
    return lines[:-1] if lines and not lines[-1] else lines
