"""Decoding of text files, and splitting into lines."""

import codecs
import re
from typing import Final

from ser_core.errors import TableError

_BREAK: Final = re.compile(r"\r\n|\n|\r")


def decoded(content: bytes, called: str) -> str:
    """Return the text of a file: UTF-8, or UTF-16 with a byte order mark ("Unicode text" in spreadsheets).

    Raises:
        TableError: if it is in another encoding, or holds a zero byte; names the line.
    """
    wide = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        text = content.decode("utf-16" if wide else "utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        line = len(_BREAK.findall(content[: error.start].decode("latin-1"))) + 1
        where = "" if wide else f" in line {line}"
        raise TableError(
            f"Expected UTF-8 text in {called}; got bytes of another encoding{where} ({error.reason}). "
            "Save the table as CSV UTF-8, or check which file it is."
        ) from error
    zero = text.find("\0")
    if zero >= 0:  # a letter of UTF-16 without its mark, or of UTF-32, holds some; no text does
        line = len(_BREAK.findall(text[:zero])) + 1
        raise TableError(
            f"Expected UTF-8 text in {called}; got a zero byte in line {line}, as in UTF-16 without a byte order mark, "
            "in UTF-32, or in a file that is no table. Save the table as CSV UTF-8, or check which file it is."
        )
    return text


def split_lines(text: str) -> list[str]:
    r"""Split at the ends of lines of every system, without the empty line behind the last one.

    Examples:
        >>> split_lines("a\r\nb\rc\n")
        ['a', 'b', 'c']
    """
    lines = text.split("\n") if "\r" not in text else _BREAK.split(text)
    return lines[:-1] if lines and not lines[-1] else lines
