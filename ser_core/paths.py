"""Paths from outside: typed by a person, or read from a table, a card or an archive.

The system refuses to look at some of them: a name longer than it allows, a null byte, a folder that may not be entered.
``pathlib`` raises then, until Python 3.14; here such a path is what it is to the person, one at which nothing is found.
"""

import os
import re
import unicodedata
from pathlib import Path

_LONGEST_NAME = 60
# Names that Windows keeps for its devices, whatever their suffix.
_DEVICES = frozenset(
    {"con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(10))}
)


def is_file(path: Path) -> bool:
    """Tell whether a file lies at a path that may come from outside."""
    return os.path.isfile(path)  # noqa: PTH113 - pathlib raises where this answers


def is_folder(path: Path) -> bool:
    """Tell whether a folder lies at a path that may come from outside."""
    return os.path.isdir(path)  # noqa: PTH112 - pathlib raises where this answers


def exists(path: Path) -> bool:
    """Tell whether anything lies at a path that may come from outside."""
    return os.path.exists(path)  # noqa: PTH110 - pathlib raises where this answers


def expanded(path: str | Path) -> Path:
    """Put a person's home folder for ``~``; ``~name`` of somebody unknown stays as it is, as in a shell.

    Examples:
        >>> expanded("~nobody-of-this-name/a.wav").as_posix()
        '~nobody-of-this-name/a.wav'
    """
    return Path(os.path.expanduser(path))  # noqa: PTH111 - pathlib raises where this leaves the path alone


def is_text(path: Path) -> bool:
    r"""Tell whether a path can be written into a table, which holds UTF-8; the names of some systems are any bytes.

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
    """Make a file's or folder's name for every system out of any text: letters, digits, ``.``, ``-`` and ``_``.

    Args:
        text: whatever a person calls a thing.
        otherwise: its name where nothing of the text can stay.

    Examples:
        >>> safe_name("../Jörg's voice", "corpus"), safe_name("…", "corpus")
        ('Jorg-s-voice', 'corpus')
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    plain = re.sub(r"[^A-Za-z0-9._-]+", "-", plain).strip(".-_")[:_LONGEST_NAME].strip(".-_")
    return f"{plain}-{otherwise}" if plain.lower().partition(".")[0] in _DEVICES else plain or otherwise
