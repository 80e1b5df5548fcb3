"""Names of classes and of files that Hugging Face's ``datasets`` writes beside a parquet table, or into its cells."""

import contextlib
from collections.abc import Mapping, Sequence
from typing import Any, Final

from ser_core import plain_json

_KEY: Final = b"huggingface"


def class_names(metadata: Mapping[bytes, bytes] | None) -> dict[str, tuple[str, ...]]:
    """Return column → class names (``ClassLabel``) from a parquet schema's metadata; other metadata is ignored."""
    found: dict[str, tuple[str, ...]] = {}
    with contextlib.suppress(ValueError, LookupError, TypeError, AttributeError, RecursionError):
        for column, told in plain_json.parsed((metadata or {}).get(_KEY, b"{}"))["info"]["features"].items():
            if isinstance(told, dict) and told.get("_type") == "ClassLabel":
                found[column] = tuple(map(str, told["names"]))
    return found


def named(cells: Sequence[Any], names: Sequence[str]) -> list[Any]:
    """Replace class numbers by names; -1 is an unknown class, other numbers stay.

    Examples:
        >>> named([1, -1, None, 7], ["anger", "joy"])
        ['joy', None, None, 7]
    """
    return [
        (names[cell] if cell < len(names) else cell) if _is_number(cell) and cell >= 0 else None if cell == -1 else cell
        for cell in cells
    ]


def file_of(cell: Any) -> Any:
    """Return the path of a cell that holds a recording (``Audio``: ``bytes`` and ``path``); others stay."""
    return cell["path"] if isinstance(cell, Mapping) and cell.keys() == {"bytes", "path"} else cell


def _is_number(cell: Any) -> bool:
    return isinstance(cell, int) and not isinstance(cell, bool)
