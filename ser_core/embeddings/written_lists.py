"""Vectors that are written as text in one cell, as CSV files have them: ``[0.1, 0.2]``, ``[0.1 0.2]``, ``0.1 0.2``."""

import re
from collections.abc import Sequence
from typing import Any, Final

import numpy as np

from ser_core.types import FloatArray

FEWEST_BARE: Final = 8  # numbers that make a list without brackets around them: fewer may be a code or a time
_BRACKETS: Final = re.compile(r"^(?:tensor|array)?\(?\s*\[+(?P<inside>[^\[\]]*)\]+.*$", re.DOTALL)
_NUMBER: Final = r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?|[-+]?inf|nan"
_NUMBERS: Final = re.compile(rf"\s*(?:{_NUMBER})(?:(?:\s*[,;]\s*|\s+)(?:{_NUMBER}))+\s*", re.IGNORECASE)
_BETWEEN: Final = re.compile(r"[\s,;]+")


def is_written_list(cell: Any) -> bool:
    r"""Tell whether a cell is a text of two numbers or more in brackets, or of :data:`FEWEST_BARE` without.

    Examples:
        >>> [is_written_list(cell) for cell in ("[0.1, -2e-3]", "[1 2\n 3]", "1 2 3 4 5 6 7 8", "10 20", 4)]
        [True, True, True, False, False]
    """
    read = written_list(cell) if isinstance(cell, str) else None
    return read is not None and (len(read) >= FEWEST_BARE or _BRACKETS.match(cell.strip()) is not None)


def written_list(cell: str) -> FloatArray | None:
    """Read such a cell, shape ``(D,)``; ``None`` if it is no list of numbers.

    Examples:
        >>> written_list("[0.5 -1.0]").tolist(), written_list("none")
        ([0.5, -1.0], None)
    """
    inside = _inside(cell)
    if not _NUMBERS.fullmatch(inside):
        return None
    return np.array([float(part) for part in _BETWEEN.split(inside.strip())])


def read_written_lists(cells: Sequence[Any]) -> list[Any]:
    """Read the written lists of a column; what is none comes back as it is, an empty cell as ``None``."""
    read = [written_list(cell) if isinstance(cell, str) else cell for cell in cells]
    return [
        (None if not str(cell).strip() else cell) if one is None else one for one, cell in zip(read, cells, strict=True)
    ]


def _inside(cell: str) -> str:
    match = _BRACKETS.match(cell.strip())
    return match["inside"] if match else cell
