"""Export of a corpus of one's own as a ZIP, written file by file with little memory."""

import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

from ser_core.corpora.manifest import COLUMNS, Utterance, card_path, write_manifest
from ser_core.errors import CorpusError, InputError
from ser_core.paths import is_file
from ser_core.recordings.collection import MANIFEST, PLAN, Collection
from ser_core.recordings.speakers import FILE
from ser_core.storage import write_atomically
from ser_core.tables import csv_text

SUFFIX = ".zip"
AUDIOFOLDER = "metadata.csv"


def export(collection: Collection, path: Path, *, progress: Callable[[int, int], None] | None = None) -> int:
    """Write recordings, manifest, speakers with their agreements, and the plan as a ZIP; returns their number.

    It is written completely or not at all. Recording may continue meanwhile: the manifest in the ZIP lists exactly the
    recordings in the ZIP. After unpacking its table can be opened as a corpus, and its folder with Hugging Face's
    ``datasets``: ``load_dataset("audiofolder", data_dir=FOLDER)``. ``progress`` is called with the number of recordings
    written and their total number.

    Raises:
        CorpusError: if there is nothing to export, or the manifest is damaged.
        InputError: for another suffix.
        StorageError: if it cannot be written; an existing file is unchanged.
    """
    if path.suffix.lower() != SUFFIX:
        raise InputError(f"Expected a file name that ends in {SUFFIX}; got {path.name!r}. Write {path.stem}{SUFFIX}.")
    contents = collection.contents()
    rows = [row for row in contents.rows if row.file not in contents.missing]
    if not rows:
        raise CorpusError(f"Expected recordings in {collection.name}; there are none to export. Record some first.")
    included: list[Utterance] = []

    def write(temporary: Path) -> None:
        with zipfile.ZipFile(temporary, "w") as archive:  # not compressed: FLAC would not become smaller
            for number, row in enumerate(rows, start=1):
                try:
                    archive.write(collection.path(row), f"{collection.name}/{row.file}")
                except FileNotFoundError:  # deleted meanwhile
                    continue
                included.append(row)
                if progress is not None:
                    progress(number, len(rows))
            _write_texts(archive, collection, included)

    write_atomically(path, write)
    return len(included)


def _write_texts(archive: zipfile.ZipFile, collection: Collection, rows: list[Utterance]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        table = Path(folder) / MANIFEST
        write_manifest(collection.as_manifest(rows, root=table.parent), table)
        audiofolder = Path(folder) / AUDIOFOLDER
        audiofolder.write_text(_audiofolder(rows), encoding="utf-8")
        files = [table, card_path(table), audiofolder, collection.folder / FILE, collection.folder / PLAN]
        for file in files:
            if is_file(file):
                archive.write(file, f"{collection.name}/{file.name}")


def _audiofolder(rows: list[Utterance]) -> str:
    """List the recordings in the format of Hugging Face's ``audiofolder``: relative paths in ``file_name``."""
    columns = [name for name in COLUMNS if name != "file" and any(getattr(row, name) is not None for row in rows)]
    lines = [[row.file, *(getattr(row, name) for name in columns)] for row in rows]
    return csv_text([["file_name", *columns], *lines])
