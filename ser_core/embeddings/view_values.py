"""Parser for the plain values of a view, from untrusted sources; invalid values are left out with the reason."""

import math
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any, Generic, TypeVar

from ser_core.errors import SerError, ViewError

MOST_LETTERS = 500  # of one text
MOST_NAMES = 100_000  # of utterances, or of hidden values
_MOST_PAIRS = 200
_HALVES = re.compile("[\ud800-\udfff]")  # half a letter, which JSON can hold and no file can
_LONGEST_NOTE = 400
_SHOWN = 60  # letters of what is refused

V = TypeVar("V")
R = TypeVar("R", bound="ParsedView[Any]")


class ParsedView(Generic[V]):
    """View, a frozen dataclass, while its values are parsed, and a note for each value that was left out."""

    def __init__(self, view: V) -> None:
        self.view = view
        self.notes: list[str] = []

    def take(self, **changes: Any) -> None:
        """Store values in the view unless they are invalid."""
        try:
            self.view = replace(self.view, **changes)  # type: ignore[type-var]
        except SerError as error:
            self.notes.append(str(error))

    def pairs(self, value: Any, what: str) -> list[tuple[str, Any]]:
        """Return the pairs of a mapping; none of anything else."""
        if isinstance(value, Mapping) and len(value) <= _MOST_PAIRS:
            return [(str(name), one) for name, one in value.items()]
        got = f"{len(value)} of them" if isinstance(value, Mapping) else formatted(value)
        self.notes.append(f"Expected at most {_MOST_PAIRS} {what}, each with its value; got {got}.")
        return []

    def texts(self, value: Any, what: str) -> tuple[str, ...]:
        """Return the texts of a list, each once."""
        if not isinstance(value, list | tuple):
            self.notes.append(f"Expected a list of {what}; got {formatted(value)}.")
            return ()
        good = tuple(dict.fromkeys(one for one in value if is_text(one) and one))
        bad = [one for one in value if not is_text(one) or not one]
        if bad:
            self.notes.append(f"Expected {what} as texts of at most {MOST_LETTERS} letters; got {formatted(bad[0])}"
                              f"{f' and {len(bad) - 1} more like it' if len(bad) > 1 else ''}.")  # fmt: skip
        return good


def read_values(
    values: Mapping[str, Any], reading: R, readers: Mapping[str, Callable[[R, Any], None]]
) -> tuple[Any, tuple[str, ...]]:
    """Parse plain values, anything at all, into a view; returns a note for each that was left out.

    ``reading`` begins with nothing set; ``readers`` parse the values in their order.
    """
    for name, read in readers.items():
        if name in values:
            read(reading, values[name])
    strange = [name for name in values if name not in readers]
    if strange:
        more = f" and {len(strange) - 1} more" if len(strange) > 1 else ""
        reading.notes.append(f"Expected only what a view holds; got {formatted(strange[0])}{more}.")
    return reading.view, tuple(
        note if len(note) <= _LONGEST_NOTE else f"{note[:_LONGEST_NOTE]}…" for note in reading.notes
    )


def setter(name: str) -> Callable[[ParsedView[Any], Any], None]:
    """Return a parser that stores a value unchanged under the given name."""
    return lambda reading, value: reading.take(**{name: value})


def check(fits: bool, expected: str, got: Any) -> None:
    """Reject a value; raises ViewError unless it fits."""
    if not fits:
        raise ViewError(f"Expected {expected}; got {formatted(got)}.")


def check_texts(view: object, names: Iterable[str]) -> None:
    """Check values of a view that must be texts; raises ViewError if one is none, or too long."""
    for name in names:
        text = getattr(view, name)
        check(is_text(text), f"a text of at most {MOST_LETTERS} letters for {name}", text)


def is_text(value: Any) -> bool:
    """Return whether a value is a text of limited length that can be encoded."""
    return isinstance(value, str) and len(value) <= MOST_LETTERS and not _HALVES.search(value)


def is_number(value: Any) -> bool:
    """Return whether a value is a finite number of limited size."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return abs(value) <= 2**53 and math.isfinite(value)


def formatted(value: Any) -> str:
    """Format a rejected value, shortened."""
    if isinstance(value, int) and not -(2**64) < value < 2**64:
        return "a number of very many digits"
    text = repr(value[:_SHOWN] if isinstance(value, str | list | tuple) else value)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
