"""The row of a recording, stored in the comment of its FLAC file.

If a crash came between writing the file and the manifest, or the manifest is damaged, the row is restored from there.
"""

import dataclasses
import json
from pathlib import Path

from ser_core import plain_json
from ser_core.audio.reading import write_flac
from ser_core.corpora.manifest import Utterance
from ser_core.corpora.table_rows import utterances_from
from ser_core.errors import AudioError, CorpusError
from ser_core.recordings.takes import Take

VERSION = 1
SUFFIX = ".flac"


def write_recording(path: Path, take: Take, row: Utterance) -> None:
    """Write a take with its row as 16-bit FLAC, completely or not at all; raises StorageError if it cannot."""
    write_flac(path, take.samples, take.sample_rate, comment=_text(row))


def replace_row(path: Path, row: Utterance) -> None:
    """Replace the row of a recording; its samples are unchanged, and after an error the whole file is.

    Raises:
        AudioError: if the file cannot be read.
        StorageError: if it cannot be written.
    """
    import soundfile

    try:
        samples, rate = soundfile.read(path, dtype="int16")
    except (soundfile.SoundFileError, OSError) as error:
        raise AudioError(
            f"Expected a recording that can be read in {path.name}; got one that is damaged ({error}). "
            "Delete it and record the sentence again."
        ) from error
    write_flac(path, samples, int(rate), comment=_text(row))


def row_inside(path: Path) -> Utterance | None:
    """Read the row inside a recording; ``None`` without a row, and if the file cannot be read."""
    import soundfile

    try:
        with soundfile.SoundFile(path) as file:
            cells = plain_json.parsed(file.comment)["row"]
        values = {str(name): [str(value)] for name, value in cells.items()}
        (row,), _ = utterances_from(values, path)
    except (soundfile.SoundFileError, OSError, ValueError, KeyError, TypeError, AttributeError, CorpusError):
        return None
    return row


def _text(row: Utterance) -> str:
    cells = {name: str(value) for name, value in dataclasses.asdict(row).items() if value is not None}
    return json.dumps({"version": VERSION, "row": cells})
