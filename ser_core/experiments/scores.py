"""Validation of scores in result files: fractions from 0 to 1."""

import math
from collections.abc import Mapping
from typing import Any


def score_in(table: Mapping[str, Any], name: str) -> float:
    """Return a score from a file.

    Raises:
        LookupError: if it is not there.
        ValueError: if it is no number from 0 to 1.

    Examples:
        >>> score_in({"uar": 0.5}, "uar")
        0.5
    """
    value = table[name]
    if not _is_number(value) or not 0 <= value <= 1:
        raise ValueError(f"{name} {value!r} in place of a score from 0 to 1")
    return float(value)


def deviation_in(table: Mapping[str, Any], name: str) -> float | None:
    """Return a deviation of scores from a file, None over one fold; raises ValueError if it is not a number."""
    value = table.get(name)
    if value is None:
        return None
    if not _is_number(value):
        raise ValueError(f"{name} {value!r} in place of a deviation")
    return float(value)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
