"""Temporary files have special names, by which leftovers of killed processes are found."""

import contextlib
import re
import shutil
import time
from pathlib import Path

from ser_core.types import Seconds

A_DAY: Seconds = 86_400.0
_WRITING, _REPLACED = "writing", "replaced"
_RANDOM = "[a-z0-9_]{8}"  # what Python's tempfile appends
_OURS = re.compile(rf"\.(?P<name>.+)-(?P<kind>{_WRITING}|{_REPLACED})-{_RANDOM}(\.[^.]+)?")
# In a run's folder alone, whose files are all ours: names of earlier releases, and those that safetensors writes under.
_IN_RUNS = re.compile(
    rf"\.(state|config|recordings|embeddings|lock|checkpoint(-old)?)-{_RANDOM}(\.[a-z]+)?|\.tmp\w{{6}}"
)


def prefix_while_writing(name: str) -> str:
    """Return how a temporary file's name begins, or a folder's, that will take the place of ``name``."""
    return f".{name}-{_WRITING}-"


def prefix_while_replaced(name: str) -> str:
    """Return how the name of a folder begins that holds the former ``name`` until the new one is in place."""
    return f".{name}-{_REPLACED}-"


def clear_run(folder: Path) -> None:
    """Delete leftovers of killed processes in a run's folder; the caller must own the run's lock."""
    for path in _entries(folder):
        if _OURS.fullmatch(path.name) or _IN_RUNS.fullmatch(path.name):
            _clear(path)


def clear_beside(path: Path, *, age: Seconds = A_DAY) -> None:
    """Delete temporary files of ``path`` that killed processes left, unchanged for ``age``.

    An age of 0 is only safe for the holder of a lock against other writers.
    """
    begins = prefix_while_writing(path.stem)
    for entry in _entries(path.parent):
        if entry.name.startswith(begins) and entry.suffix == path.suffix and _OURS.fullmatch(entry.name):
            _clear_if_old(entry, age)


def clear_below(folder: Path, *, age: Seconds = A_DAY) -> None:
    """Delete temporary files that killed processes left in a folder and below; linked folders are not entered.

    For ``age`` see :func:`clear_beside`.
    """
    for path in _entries(folder):
        if _OURS.fullmatch(path.name):
            _clear_if_old(path, age)
        elif path.is_dir() and not path.is_symlink():
            clear_below(path, age=age)


def _entries(folder: Path) -> list[Path]:
    with contextlib.suppress(OSError):
        return list(folder.iterdir())
    return []


def _clear_if_old(path: Path, age: Seconds) -> None:
    with contextlib.suppress(OSError):
        if time.time() - path.lstat().st_mtime >= age:
            _clear(path)


def _clear(path: Path) -> None:
    """Delete a leftover; a folder that was moved aside and never replaced goes back to its place."""
    with contextlib.suppress(OSError):
        found = _OURS.fullmatch(path.name)
        if found and found["kind"] == _REPLACED and not (path.parent / found["name"]).exists():
            (path / found["name"]).rename(path.parent / found["name"])
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()
