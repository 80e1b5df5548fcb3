"""Common utterances of two spaces: same file, start and end."""

import math
from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np

from ser_core.embeddings.space import NAME, Space
from ser_core.errors import EmbeddingError
from ser_core.tables import identifier
from ser_core.types import IntArray

FEWEST = 3
_DIGITS = 3  # of a second: what tables round to

Name = tuple[str, float | None, float | None]


def matched(spaces: Sequence[Space], names: Sequence[str]) -> list[IntArray]:
    """Return row numbers, ``(M,)``, into each space of the utterances in all spaces, in the order of the first.

    ``names`` are those of the spaces in messages. Of rows with one name the first counts.

    Raises:
        EmbeddingError: if there are fewer than three such utterances.
    """
    rows = [_rows(space) for space in spaces]
    common = [name for name in rows[0] if all(name in other for other in rows[1:])]
    if len(common) < FEWEST:
        examples = "; ".join(
            f"{len(space)} in {name}, such as {_name_text(next(iter(known), None))}"
            for name, space, known in zip(names, spaces, rows, strict=True)
        )
        raise EmbeddingError(
            f"Expected at least {FEWEST} utterances that all spaces have in common, by file, start and end; got "
            f"{len(common)} ({examples}). Choose spaces of one corpus, embed the same recordings with both models "
            "(`embed`), or give the files the same names."
        )
    return [np.array([known[name] for name in common], dtype=np.int64) for known in rows]


def names(space: Space) -> list[str]:
    """Name every utterance by its file, and by its seconds if the file holds several.

    Those are written as a media fragment, ``interview.wav#t=1.5,3``.

    References:
        Media Fragments URI 1.0, W3C Recommendation (2012), section 4.2.1.
    """
    files, starts, ends = space.column(NAME), _seconds(space, "start"), _seconds(space, "end")
    counts = Counter(files)
    return [
        file if counts[file] == 1 else f"{file}#t={_written(start)}{'' if end is None else f',{_written(end)}'}"
        for file, start, end in zip(files, starts, ends, strict=True)
    ]


def _written(seconds: float | None) -> str:
    return format(seconds or 0, "g")


def _rows(space: Space) -> dict[Name, int]:
    files, starts, ends = space.column(NAME), _seconds(space, "start"), _seconds(space, "end")
    known: dict[Name, int] = {}
    for row, (file, start, end) in enumerate(zip(files, starts, ends, strict=True)):
        known.setdefault((identifier(file), start, end), row)
    return known


def _seconds(space: Space, column: str) -> list[float | None]:
    """Times of a column; ``None`` where there is none. A start of zero is the file's own."""
    values: list[Any] = space.frame[column].tolist() if column in space.frame.columns else [None] * len(space)
    return [_rounded(value, column) for value in values]


def _rounded(value: Any, column: str) -> float | None:
    try:
        number = float(value)
    except (TypeError, ValueError):
        return None
    if not math.isfinite(number):
        return None
    rounded = round(number, _DIGITS)
    return None if column == "start" and rounded == 0 else rounded


def _name_text(name: Name | None) -> str:
    if name is None:
        return "nothing"
    file, start, end = name
    if start is None and end is None:
        return repr(file)
    return f"{file!r} from {start or 0:g} s" + ("" if end is None else f" to {end:g} s")
