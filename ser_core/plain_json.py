"""Reader for untrusted JSON: every defect raises the same kind of error.

Python's reader accepts NaN and infinity as numbers, raises another error for deep nesting, and reads integers that no
computation can use; a damaged or malicious file holds any of these.
"""

import json
import sys
from pathlib import Path
from typing import Any

_LONGEST_SHOWN = 40


def parsed(text: str | bytes) -> Any:
    """Read JSON whose numbers are finite.

    Raises:
        ValueError: if it is anything else; says what.

    Examples:
        >>> parsed('{"uar": NaN}')
        Traceback (most recent call last):
        ValueError: a number that is none, NaN
    """
    try:
        return json.loads(text, parse_float=_finite, parse_int=_whole, parse_constant=_finite)
    except RecursionError as error:
        raise ValueError("brackets in each other, too deep to be read") from error


def read(path: Path) -> Any:
    """Read a file of JSON; see :func:`parsed`.

    Raises:
        OSError: if it cannot be opened.
        ValueError: if it is no JSON, or not UTF-8.
    """
    return parsed(path.read_text(encoding="utf-8"))


def _finite(text: str) -> float:
    value = float(text)
    if not abs(value) <= sys.float_info.max:
        shown = text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"
        raise ValueError(f"a number that is none, {shown}")
    return value


def _whole(text: str) -> int:
    _finite(text)  # before it is an integer, of which Python reads 4300 digits and explains how to allow more
    return int(text)
