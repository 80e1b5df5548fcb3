"""Absolute paths in tables, made relative to the folder of the recordings, also from other computers."""

from collections.abc import Sequence
from pathlib import Path, PurePosixPath, PureWindowsPath

from ser_core.paths import expanded, is_file

_TRIED = 20  # rows that decide how much of a path is another computer's


def below_root(files: Sequence[str], root: Path) -> tuple[list[str], list[str]]:
    """Make absolute paths relative to a named folder; relative paths stay.

    Paths of this computer are taken relative to it. Of those of another computer, which get a note, the folders that
    all of them share are left out from the left until the first recordings are found.
    """
    base = expanded(root).absolute()
    here = [_here(file, base) for file in files]
    whole = {file: parts for file in here if len(parts := _whole(file)) > 1 and ".." not in parts}
    if not whole:
        return here, []
    folders = [parts[:-1] for parts in whole.values()]
    shared = next(
        (place for place, names in enumerate(zip(*folders, strict=False)) if len(set(names)) > 1),
        min(map(len, folders)),
    )
    tried = list(whole.values())[:_TRIED]
    found = [sum(is_file(base.joinpath(*parts[left_out:])) for parts in tried) for left_out in range(shared + 1)]
    if not max(found):
        return here, []
    left_out = found.index(max(found))
    first = next(iter(whole))
    note = (
        f"{len(whole)} files are named by paths of another computer, such as {first}; they were read below the folder "
        f"of --root from {'/'.join(whole[first][left_out:])} on."
    )
    return ["/".join(whole[file][left_out:]) if file in whole else file for file in here], [note]


def is_whole(file: str) -> bool:
    """Return whether a path is absolute on any system."""
    return bool(_whole(file))


def _here(file: str, base: Path) -> str:
    path = Path(file)
    return path.relative_to(base).as_posix() if path.is_absolute() and path.is_relative_to(base) else file


def _whole(file: str) -> tuple[str, ...]:
    """Return the parts of a whole path without its drive or root; nothing for a relative one."""
    path = PurePosixPath(file) if file.startswith("/") else PureWindowsPath(file)
    return path.parts[1:] if path.anchor else ()
