"""Tables without a header: columns are recognised by their cells."""

from collections.abc import Callable, Collection
from pathlib import PurePosixPath
from typing import Final

from ser_core.corpora.folder import AUDIO_SUFFIXES
from ser_core.tables import Table, cell_text

FILE: Final = "file"
EMOTION: Final = "emotion"
SPEAKER: Final = "speaker"


def with_header(table: Table, known: Collection[str], is_emotion: Callable[[str], bool]) -> Table:
    """Treat the first line as data if it names no column, and name the columns by their cells.

    A column of sound files is ``file``, one of emotions ``emotion``; where both are there and one more column, that is
    ``speaker``. Others are called by their number.

    A first line that names a column of ``known``, in lower case, is a header; so is one above cells that are neither
    sound files nor emotions.
    """
    if any(name.lower() in known for name in table.header):
        return table
    names: list[str] = []
    for number, (first, cells) in enumerate(table, start=1):
        texts = [first, *map(cell_text, cells)]
        if FILE not in names and all(map(_is_sound, texts)):
            names.append(FILE)
        elif EMOTION not in names and all(map(is_emotion, texts)):
            names.append(EMOTION)
        else:
            names.append(f"column {number}")
    if FILE not in names and EMOTION not in names:
        return table
    rest = [place for place, name in enumerate(names) if name not in (FILE, EMOTION)]
    if len(rest) == 1 and len(names) == 3:
        names[rest[0]] = SPEAKER
    return table.without_header(names)


def note_on(table: Table) -> str:
    """Say how a list without a header was read."""
    return f"The list has no header; its columns were read as {', '.join(table.header)}."


def _is_sound(text: str) -> bool:
    return PurePosixPath(text.strip()).suffix.lower() in AUDIO_SUFFIXES
