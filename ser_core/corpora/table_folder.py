"""Search for the folder of a table's recordings, which may be named without suffix."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from ser_core.corpora.folder import first_few
from ser_core.errors import CorpusError
from ser_core.paths import UnicodeFileNames, is_file, is_folder, matching

SUFFIXES: tuple[str, ...] = (".wav", ".flac", ".mp3", ".ogg", ".opus", ".aiff", ".aif", ".m4a", ".webm")
DEEPEST = 4  # folders below the table's own
MOST_FOLDERS = 5_000
TRIED = 20  # rows that decide which folder it is: a few missing recordings shall not hide it


@dataclass(frozen=True)
class LocatedFiles:
    """Located recordings of a table: their paths below ``root``, in the table's order, and notes."""

    root: Path
    files: tuple[str, ...]
    notes: tuple[str, ...] = ()


def locate(table: Path, files: Sequence[str], first: Sequence[Path], *, search: bool = True) -> LocatedFiles:
    """Find the folder that a table's recordings are relative to.

    ``files`` are relative, ``/`` between folders, possibly without suffix. ``first`` are tried before folders below and
    beside the table's own, which are only tried with ``search``.

    Raises:
        CorpusError: if no folder holds any of the first recordings, or several hold them all.
    """
    for folder in first:
        if _count(folder, files[:TRIED]):
            return _located(folder, files, [])
    found = _fullest(_below(table.parent), files) or _fullest(_beside(table.parent), files) if search else []
    if len(found) > 1:
        shown = first_few([str(folder) for folder in found])
        raise CorpusError(
            f"Expected one folder with the recordings of {table.name}; {len(found)} hold them: {shown}. Say which "
            "with: python -m ser_core manifest TABLE --root FOLDER --out NEW.csv"
        )
    if not found:
        near = ", or in a folder below or beside" if search else ""
        raise CorpusError(
            f"Expected the recordings of {table.name} below {' or '.join(map(str, first))}{near}; {files[0]} is not "
            "there. Put the table into the corpus folder, or say where they are: "
            "python -m ser_core manifest TABLE --root FOLDER --out NEW.csv"
        )
    return _located(found[0], files, [f"The recordings were found in {_shown(found[0], table.parent)}."])


def _located(root: Path, files: Sequence[str], notes: list[str]) -> LocatedFiles:
    spellings = UnicodeFileNames()
    spelled = [_spelled(root, file, spellings) for file in files]
    completed = [
        new
        for old, new in zip(files, spelled, strict=True)
        if PurePosixPath(new).suffix.lower() in SUFFIXES and PurePosixPath(old).suffix != PurePosixPath(new).suffix
    ]
    if completed:
        notes = [*notes, f"{len(completed)} file names without a suffix were completed, such as {completed[0]}."]
    return LocatedFiles(root, tuple(spelled), tuple(notes))


def _spelled(root: Path, file: str, spellings: UnicodeFileNames) -> str:
    """Return a file's name as the disk has it: its form of Unicode, its suffix; as it is where nothing fits."""
    found = spellings.find(root, file)
    if found is not None and is_file(root / found):
        return found
    if PurePosixPath(file).suffix.lower() in SUFFIXES:
        return file
    return next((found for suffix in SUFFIXES if (found := spellings.find(root, file + suffix))), file)


def _count(folder: Path, files: Sequence[str]) -> int:
    spellings = UnicodeFileNames()
    return sum(is_file(folder / _spelled(folder, file, spellings)) for file in files)


def _fullest(folders: Sequence[Path], files: Sequence[str]) -> list[Path]:
    """Return the folders that hold the most of the first recordings; none if none holds one."""
    counted = {folder: _count(folder, files[:TRIED]) for folder in folders}
    most = max(counted.values(), default=0)
    return [folder for folder, count in counted.items() if count == most] if most else []


def _below(base: Path) -> list[Path]:
    """List the folders below a folder; no hidden ones, none that is a link."""
    found: list[Path] = []
    for parent, names, _ in os.walk(base):
        depth = len(Path(parent).relative_to(base).parts)
        names[:] = sorted(name for name in names if not name.startswith(".")) if depth < DEEPEST else []
        found += [folder for name in names if not (folder := Path(parent, name)).is_symlink()]
        if len(found) > MOST_FOLDERS:
            break
    return found[:MOST_FOLDERS]


def _beside(base: Path) -> list[Path]:
    """List the folders beside a folder, and the one that holds them all."""
    beside = [path for path in matching(base.parent, "*") if path != base and is_folder(path) and not path.is_symlink()]
    return [*beside[:MOST_FOLDERS], base.parent]


def _shown(folder: Path, base: Path) -> str:
    return f"{Path(os.path.relpath(folder, base)).as_posix()}/"
