"""Atomic writing of files: a full disk or a crash leaves the previous content."""

import contextlib
import os
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from ser_core.errors import StorageError
from ser_core.leftovers import clear_beside, prefix_while_writing


@contextlib.contextmanager
def advice_when_full(path: Path) -> Iterator[None]:
    """Turn an ``OSError`` while writing ``path`` into a :class:`StorageError` with a next step."""
    try:
        yield
    except OSError as error:
        raise StorageError(
            f"Expected to write {path}; the system answered: {error.strerror or error}. "
            "Free some space or check the folder's permissions, then try again; nothing that was there has changed."
        ) from error


def require_writable(path: Path) -> None:
    """Check that a file can be written before long work; its folder is created if needed.

    Old temporary files of killed processes are deleted.

    Raises:
        StorageError: if the folder cannot be made or written, or the name is not allowed or that of a folder.
    """
    with advice_when_full(path):
        _refuse_folder(path)
        path.parent.mkdir(parents=True, exist_ok=True)
        with contextlib.suppress(FileNotFoundError):
            path.stat()
        tempfile.TemporaryFile(dir=path.parent).close()
        clear_beside(path)


def write_atomically(path: Path, write: Callable[[Path], None]) -> None:
    """Write a file beside its destination with ``write``, then move it there in one step; makes its folder.

    Raises:
        StorageError: if the disk is full, the folder cannot be written, or ``path`` is a folder. It is then unchanged.
    """
    write_together({path: write})


def write_together(files: Mapping[Path, Callable[[Path], None]]) -> None:
    """Write files that belong together: none replaces its predecessor before all are written.

    ``files`` maps each destination to the function that writes its content to a temporary path in the same folder. The
    last one is moved last and can stand for all.

    Raises:
        StorageError: as :func:`write_atomically`; all files are then unchanged.
    """
    temporary: dict[Path, Path] = {}
    try:
        for path, write in files.items():
            with advice_when_full(path):
                _refuse_folder(path)
                path.parent.mkdir(parents=True, exist_ok=True)
                descriptor, name = tempfile.mkstemp(
                    dir=path.parent, prefix=prefix_while_writing(path.stem), suffix=path.suffix
                )
                os.close(descriptor)
                temporary[path] = Path(name)
                write(temporary[path])
                temporary[path].chmod(0o644)
                if len(files) > 1:
                    _flush(temporary[path])
        for path in files:
            with advice_when_full(path):
                os.replace(temporary[path], path)
            del temporary[path]
    finally:
        for left in temporary.values():
            left.unlink(missing_ok=True)


def _flush(path: Path) -> None:
    """Wait until a file is on the disk, so that taking its place takes no time in which another one is missing."""
    with path.open("r+b") as file:
        os.fsync(file.fileno())


def _refuse_folder(path: Path) -> None:
    if path.is_dir():
        raise StorageError(f"Expected the name of a file to write; got {str(path)!r}, a folder. Name a file in it.")


def write_text_atomically(path: Path, text: str) -> None:
    """Write UTF-8 text completely or not at all; see :func:`write_atomically`."""
    write_atomically(path, lambda temporary: write_text(temporary, text))


def write_text(path: Path, text: str) -> None:
    """Write UTF-8 text to a path that :func:`write_together` gives."""
    path.write_text(text, encoding="utf-8")
