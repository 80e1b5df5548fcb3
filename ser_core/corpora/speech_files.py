"""Recordings of listed utterances: their names on disk, and whether each stretch lies inside its file."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from ser_core.audio.opening import seconds_in
from ser_core.audio.reading import END_TOLERANCE
from ser_core.audio.signal import SHORTEST
from ser_core.corpora.folder import first_few, require_readable
from ser_core.corpora.manifest import Utterance
from ser_core.errors import CorpusError
from ser_core.paths import UnicodeFileNames
from ser_core.types import Seconds


def as_on_disk(root: Path, utterances: Sequence[Utterance]) -> tuple[Utterance, ...]:
    """Replace file names by their spelling on disk where the Unicode normal form differs."""
    spellings = UnicodeFileNames()
    files = {file: spellings.find(root, file) or file for file in dict.fromkeys(row.file for row in utterances)}
    return tuple(row if files[row.file] == row.file else replace(row, file=files[row.file]) for row in utterances)


def require_speech(root: Path, utterances: Sequence[Utterance]) -> None:
    """Check that start and end of each utterance lie inside its file, from the file headers.

    Raises:
        CorpusError: if a file is missing or no audio, or a stretch reaches beyond its file or is too short.
    """
    require_readable(root / file for file in dict.fromkeys(utterance.file for utterance in utterances))
    beyond, short = [], []
    for utterance, length in _lengths(root, utterances):
        start, end = utterance.start or 0.0, length if utterance.end is None else utterance.end
        stretch = f"{utterance.file} ({start:g} to {end:g} s of {length:g} s)"
        if start >= length or end > length + END_TOLERANCE:
            beyond.append(stretch)
        elif min(end, length) - start < SHORTEST:
            short.append(stretch)
    if beyond:
        raise CorpusError(
            f"Expected start and end inside each file; {len(beyond)} row(s) reach beyond: {first_few(beyond)}. "
            "Correct the times (seconds), or copy the file again if it was cut off."
        )
    if short:
        raise CorpusError(
            f"Expected stretches of at least {SHORTEST} s; {len(short)} row(s) are shorter: {first_few(short)}. "
            "Correct the times (seconds), or leave these rows out."
        )


def _lengths(root: Path, utterances: Sequence[Utterance]) -> Iterable[tuple[Utterance, Seconds]]:
    lengths: dict[str, Seconds] = {}
    for utterance in utterances:
        if utterance.start is None and utterance.end is None:
            continue
        if utterance.file not in lengths:
            lengths[utterance.file] = seconds_in(root / utterance.file)
        yield utterance, lengths[utterance.file]
