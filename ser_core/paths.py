"""Untrusted paths: typed by a user, or read from a table, a card or an archive.

Some of them the system refuses: a name longer than it allows, a null byte, a folder that may not be entered.
``pathlib`` raises then, until Python 3.14; here nothing exists at such a path.
"""

import contextlib
import fnmatch
import os
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

_LONGEST_NAME = 60
# Names that Windows keeps for its devices, whatever their suffix.
_DEVICES = frozenset(
    {"con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(10))}
)


def is_file(path: Path) -> bool:
    """Return whether a file exists at an untrusted path."""
    return os.path.isfile(path)  # noqa: PTH113 - pathlib raises where this answers


def is_folder(path: Path) -> bool:
    """Return whether a folder exists at an untrusted path."""
    return os.path.isdir(path)  # noqa: PTH112 - pathlib raises where this answers


def exists(path: Path) -> bool:
    """Return whether anything exists at an untrusted path."""
    return os.path.exists(path)  # noqa: PTH110 - pathlib raises where this answers


def resolved(path: Path) -> Path:
    r"""Resolve links and ``..``; an impossible path stays as it is.

    Examples:
        >>> resolved(Path("a\0b")) == Path("a\0b")
        True
    """
    try:
        return path.resolve()
    except (OSError, ValueError, RuntimeError):  # RuntimeError: links in a circle, until Python 3.13
        return path


def changed(path: Path) -> int:
    """Return when a file was last written, in nanoseconds; 0 if it does not exist."""
    try:
        return path.stat().st_mtime_ns
    except (OSError, ValueError):
        return 0


def size(path: Path) -> int:
    """Return the bytes of a file; 0 if it does not exist."""
    try:
        return path.stat().st_size
    except (OSError, ValueError):
        return 0


def matching(folder: Path, pattern: str) -> list[Path]:
    """List the entries of a folder that match a pattern, sorted; nothing if there is no such folder.

    Hidden names are left out unless the pattern begins with a dot. Entries may come and go meanwhile.
    """
    try:
        names = os.listdir(folder)  # noqa: PTH208 - pathlib's glob raises where a folder vanishes
    except (OSError, ValueError):
        return []
    hidden = pattern.startswith(".")
    return sorted(
        folder / name for name in names if fnmatch.fnmatchcase(name, pattern) and name.startswith(".") == hidden
    )


def below(folder: Path) -> Iterator[Path]:
    """Yield every file and folder below a folder; links to folders are listed and not entered.

    What vanishes meanwhile, or may not be entered, is left out; ``pathlib`` would raise.
    """
    try:
        for parent, folders, files in os.walk(folder):
            for name in (*folders, *files):
                yield Path(parent, name)
    except ValueError:  # a null byte
        return


class UnicodeFileNames:
    """Finds files whose names on disk have another Unicode normal form; a folder is listed at most once.

    A name with marks, such as ``jörg.wav``, has two forms that look alike: composed (NFC), as most systems write it,
    and decomposed (NFD), as macOS and old archives do.
    """

    def __init__(self) -> None:
        self._names: dict[Path, dict[str, list[str]]] = {}

    def find(self, folder: Path, file: str) -> str | None:
        """Return a file's path below a folder, ``/`` between folders, as the disk spells it.

        The path itself if it exists, else the only one of the same letters; None if there is none or several.
        """
        if file.isascii() or exists(folder / file):
            return file if exists(folder / file) else None
        found = ""
        for part in file.split("/"):
            alike = [part] if exists(folder / found / part) else self._equivalent_names(folder / found, part)
            if len(alike) != 1:
                return None
            found = f"{found}/{alike[0]}" if found else alike[0]
        return found

    def _equivalent_names(self, folder: Path, name: str) -> list[str]:
        if folder not in self._names:
            listed: dict[str, list[str]] = {}
            with contextlib.suppress(OSError, ValueError):
                for entry in os.listdir(folder):  # noqa: PTH208 - pathlib's iterdir is slower in large folders
                    listed.setdefault(unicodedata.normalize("NFC", entry), []).append(entry)
            self._names[folder] = listed
        return self._names[folder].get(unicodedata.normalize("NFC", name), [])


def expanded(path: str | Path) -> Path:
    """Expand ``~`` to the home folder; ``~name`` of an unknown user stays as it is, as in a shell.

    Examples:
        >>> expanded("~nobody-of-this-name/a.wav").as_posix()
        '~nobody-of-this-name/a.wav'
    """
    return Path(os.path.expanduser(path))  # noqa: PTH111 - pathlib raises where this leaves the path alone


def is_text(path: Path) -> bool:
    r"""Return whether a path can be written into a table, which holds UTF-8; some systems' names are any bytes.

    Examples:
        >>> is_text(Path("jörg.wav")), is_text(Path("j\udcf6rg.wav"))
        (True, False)
    """
    try:
        str(path).encode()
    except UnicodeEncodeError:
        return False
    return True


def safe_name(text: str, otherwise: str) -> str:
    """Turn any text into a portable file name of letters, digits, ``.``, ``-`` and ``_``, or ``otherwise``.

    Examples:
        >>> safe_name("../Jörg's voice", "corpus"), safe_name("…", "corpus")
        ('Jorg-s-voice', 'corpus')
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    plain = re.sub(r"[^A-Za-z0-9._-]+", "-", plain).strip(".-_")[:_LONGEST_NAME].strip(".-_")
    return f"{plain}-{otherwise}" if plain.lower().partition(".")[0] in _DEVICES else plain or otherwise
