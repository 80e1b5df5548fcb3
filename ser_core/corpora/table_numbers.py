"""Numbers in foreign tables: decimal commas, durations instead of ends, milliseconds, missing ends."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path

from ser_core.corpora.folder import first_few
from ser_core.corpora.manifest import Utterance
from ser_core.corpora.table_cells import seconds_of
from ser_core.corpora.table_columns import DURATION
from ser_core.errors import CorpusError
from ser_core.tables import have_decimal_commas, with_points
from ser_core.types import Seconds

_TIMES = ("start", "end", DURATION)
_RATINGS = ("arousal", "valence", "dominance", "age")


def without_decimal_commas(values: Mapping[str, list[str]]) -> tuple[dict[str, list[str]], list[str]]:
    """Convert decimal commas to points: times together, each rating column by itself; notes the changed ones."""
    changed, converted = dict(values), []
    for names in (_TIMES, *((name,) for name in _RATINGS)):
        there = [name for name in names if name in values]
        if have_decimal_commas(text for name in there for text in values[name]):
            changed |= {name: with_points(values[name]) for name in there}
            converted += there
    return changed, [f"Commas were read as decimal points in: {', '.join(converted)}."] if converted else []


def with_ends(
    values: Mapping[str, list[str]],
    in_milliseconds: Collection[str],
    path: Path,
    places: Sequence[str],
) -> dict[str, list[str]]:
    """Convert milliseconds to seconds, and durations to ends; a row without a duration has no end.

    ``places`` says where in ``path`` each row stands, for messages.

    Raises:
        CorpusError: if a cell of the duration is no time.
    """
    changed = dict(values)
    for name in in_milliseconds:
        changed[name] = [_thousandth(text) for text in changed[name]]
    durations = changed.pop(DURATION, None)
    if durations is None:
        return changed
    starts, ends = changed["start"], []
    for row, text in enumerate(durations):
        try:
            duration = seconds_of(text)
        except ValueError as error:
            raise CorpusError(
                f"Expected seconds or a time like 0 days 00:00:01.5 in column {DURATION} of {path}; got "
                f"{values[DURATION][row]!r} in {places[row]}. Correct or empty that cell."
            ) from error
        try:
            start = seconds_of(starts[row])
        except ValueError:
            start = None  # which is said when it is read
        ends.append("" if duration is None else repr(round((start or 0.0) + duration, 6)))
    return {**changed, "end": ends}


def note_on_open_ends(utterances: Iterable[Utterance]) -> list[str]:
    """Note files with several parts without end: such parts overlap."""
    starts: dict[str, set[Seconds]] = {}
    for utterance in utterances:
        if utterance.end is None:
            starts.setdefault(utterance.file, set()).add(utterance.start or 0.0)
    files = [file for file, found in starts.items() if len(found) > 1]
    if not files:
        return []
    return [
        f"Of {len(files)} file(s), several rows have a start and no end, and each reaches to the end of its file: "
        f"{first_few(files)}. If a column holds their ends, name it: --columns end=COLUMN."
    ]


def _thousandth(text: str) -> str:
    try:
        return repr(float(text) / 1000)
    except ValueError:
        return text  # empty, or an error when it is read
