"""Rows of a corpus's table, checked and turned into utterances."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from ser_core.corpora.folder import first_few
from ser_core.corpora.manifest import Utterance
from ser_core.corpora.table_cells import EXPECTED, OPTIONAL_READERS, emotion_named, relative_file, seconds_of, spelled
from ser_core.corpora.table_paths import is_whole
from ser_core.errors import CorpusError
from ser_core.labels import EMOTIONS
from ser_core.tables import is_missing


def utterances_from(
    values: Mapping[str, Sequence[str]],
    path: Path,
    *,
    places: Sequence[str] | None = None,
    labelled: bool = True,
) -> tuple[tuple[Utterance, ...], list[str]]:
    """Check the cells of a table and make utterances of its rows; their files are not looked at.

    ``values`` holds the cells of each column as text, ``""`` for nothing; ``file``, ``speaker`` and ``emotion`` are
    among them. ``places`` says where in ``path`` each row stands, from ``line 2`` on by default. Returns the rows in
    order, and a note on emotions that were read by another name.

    Raises:
        CorpusError: if a row names an unknown emotion, no file or no speaker, a cell does not fit its column, or a
            stretch of speech is listed twice.
    """
    places = [f"line {row}" for row in range(2, len(values["emotion"]) + 2)] if places is None else places
    values = {name: [spelled(name, text) for text in column] for name, column in values.items()}
    emotions, renamed = _emotions(values["emotion"], path, places, labelled=labelled)
    _require_filled(values, path, places)
    utterances = tuple(_utterance(values, emotions, row, path, places[row]) for row in range(len(emotions)))
    require_distinct(utterances, path)
    return utterances, [f"Emotion names read as: {renamed}."] if renamed else []


def without_unreadable(values: Mapping[str, list[str]]) -> tuple[dict[str, list[str]], list[str]]:
    """Drop columns on people or ratings without a single readable cell (``twenties``).

    Where some cells fit, or there is but one, the others are mistakes, which are named when they are read.
    """
    kept, notes = dict(values), []
    for name, read in OPTIONAL_READERS.items():
        filled = [text for text in values.get(name, ()) if not is_missing(text)]
        if len(filled) > 1 and not any(_is_read(read, text) for text in filled):
            del kept[name]
            others = first_few(list(dict.fromkeys(map(repr, filled))))
            notes.append(f"Column {name} not used: it holds {others} in place of {EXPECTED[name]}.")
    return kept, notes


def require_distinct(utterances: Iterable[Utterance], path: Path) -> None:
    """Raise CorpusError if a stretch of a file is listed twice."""
    counts = Counter((utterance.file, utterance.start, utterance.end) for utterance in utterances)
    twice = [file for (file, _, _), count in counts.items() if count > 1]
    if twice:
        raise CorpusError(
            f"Expected each stretch of speech once in {path}; {len(twice)} occur more than once: {first_few(twice)}. "
            "Delete the second row, or give start and end."
        )


def _emotions(
    codes: Sequence[str], path: Path, places: Sequence[str], *, labelled: bool
) -> tuple[list[str | None], str]:
    """Return canonical names, None where a row may be without one, and how others were read."""
    plain = [None if not labelled and is_missing(code) else code.lower() for code in codes]
    emotions = [None if code is None else emotion_named(code) for code in plain]
    known = (*EMOTIONS, None)
    unknown = [f"{places[row]}: {codes[row]!r}" for row, emotion in enumerate(emotions) if emotion not in known]
    if unknown:
        raise CorpusError(
            f"Expected emotions among {', '.join(EMOTIONS)} in {path}; {len(unknown)} row(s) differ: "
            f"{first_few(unknown)}. Rename them in the table, use the name 'other', or say which "
            "they are: python -m ser_core manifest TABLE --emotions THEIRS=OURS --out NEW.csv (or THEIRS=drop)"
        )
    renamed = Counter((code, emotion) for code, emotion in zip(plain, emotions, strict=True) if code != emotion)
    return emotions, ", ".join(f"{code} → {emotion} ({count} rows)" for (code, emotion), count in renamed.items())


def _require_filled(values: Mapping[str, Sequence[str]], path: Path, places: Sequence[str]) -> None:
    for name in ("file", "speaker"):
        empty = [places[row] for row, value in enumerate(values[name]) if not value]
        if empty:
            raise CorpusError(
                f"Expected a {name} in every row of {path}; {len(empty)} row(s) have none: {first_few(empty)}. "
                "Fill the column in; where speakers are unknown, give each recording session one name."
            )


def _utterance(
    values: Mapping[str, Sequence[str]], emotions: Sequence[str | None], row: int, path: Path, place: str
) -> Utterance:
    cells: dict[str, Any] = {name: column[row] or None for name, column in values.items()}
    cells["emotion"] = emotions[row]
    try:
        cells["file"] = relative_file(cells["file"])
    except ValueError as error:
        raise CorpusError(
            f"Expected files below the table's folder, by paths relative to it, in {path}; got {cells['file']!r} in "
            f"{place}. {_advice_on_path(cells['file'])}"
        ) from error
    name = ""
    try:
        for name in ("start", "end"):
            cells[name] = seconds_of(cells.get(name) or "")
        for name, read in OPTIONAL_READERS.items():
            cells[name] = read(cells[name]) if cells.get(name) else None
    except (ValueError, KeyError) as error:
        raise CorpusError(
            f"Expected {EXPECTED[name]} in column {name} of {path}; got {values[name][row]!r} in {place}. "
            "Correct or empty that cell."
        ) from error
    start, end = cells["start"] or 0.0, cells["end"]
    if end is not None and end <= start:
        raise CorpusError(
            f"Expected end after start in {place} of {path}; got {start:g} s to {end:g} s. Correct that row."
        )
    return Utterance(**cells)


def _advice_on_path(file: str) -> str:
    if is_whole(file):
        return "Say where they are here: python -m ser_core manifest TABLE --root FOLDER --out NEW.csv"
    return "Move the table above its recordings, or copy these into its folder."


def _is_read(read: Callable[[str], object], text: str) -> bool:
    try:
        read(text)
    except (ValueError, KeyError):
        return False
    return True
