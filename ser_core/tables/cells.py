"""Cells of tables as text, with one spelling per value."""

import json
import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, Final

_NOTHING: Final = frozenset({"", "nan", "nat", "none", "<na>", "null"})
_WHOLE: Final = re.compile(r"(-?(?:0|[1-9]\d*))[.,]0+", re.ASCII)


def cell_text(value: Any) -> str:
    """Return a cell as text, ``""`` where there is no value.

    Text is kept, also *None* and *nan*: only a missing value (``None``, a float NaN, NaT) is none. Durations become
    seconds, lists their items with commas between them, structs JSON.

    Examples:
        >>> cell_text(" None "), cell_text(None), cell_text(float("nan")), cell_text(["sad", "angry"])
        ('None', '', '', 'sad, angry')
    """
    if value is None:
        return ""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace").strip()
    if hasattr(value, "total_seconds"):
        seconds = float(value.total_seconds())
        return "" if math.isnan(seconds) else repr(seconds)
    if hasattr(value, "tolist"):  # NumPy's numbers and arrays
        return cell_text(value.tolist())
    if isinstance(value, float):
        return "" if math.isnan(value) else str(value)
    if isinstance(value, Mapping):
        return json.dumps(value, ensure_ascii=False, default=str)
    if isinstance(value, list | tuple):
        return ", ".join(filter(None, map(cell_text, value)))
    text = str(value).strip()
    return "" if text in {"NaT", "<NA>"} else text


def is_missing(text: str) -> bool:
    """Return whether a text is a usual code for a missing value; in a column of names it may still be a name.

    Examples:
        >>> is_missing("NaN"), is_missing("Nancy")
        (True, False)
    """
    return text.strip().lower() in _NOTHING


def note_on_names(what: str, texts: Iterable[str | None]) -> list[str]:
    """Note names that look like codes for missing values.

    Examples:
        >>> note_on_names("speaker", ["Nan", "Ben", "Nan"])
        ["2 row(s) have the speaker 'Nan', read as a name. If nothing is known there, empty these cells."]
    """
    counts = Counter(text for text in texts if text and is_missing(text))
    return [
        f"{count} row(s) have the {what} {text!r}, read as a name. If nothing is known there, empty these cells."
        for text, count in counts.items()
    ]


def identifier(text: str) -> str:
    """Normalise the name of a speaker, file or class.

    A whole number that became a float when tables were joined is the number that it was; letters with marks are
    composed (Unicode NFC). Leading zeros stay: ``007`` is no number.

    Examples:
        >>> identifier("2.0"), identifier("007"), identifier("1.5"), identifier("Jo\u0308rg") == "Jörg"
        ('2', '007', '1.5', True)
    """
    whole = _WHOLE.fullmatch(text)
    return whole[1] if whole else unicodedata.normalize("NFC", text)
