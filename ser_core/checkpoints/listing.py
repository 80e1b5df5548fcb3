"""List of the checkpoints that ship, that were made here, and of finished runs."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ser_core.checkpoints.card import Card
from ser_core.checkpoints.folder import CARD, read_card
from ser_core.config import did_you_mean
from ser_core.errors import CheckpointError
from ser_core.paths import changed, expanded, is_file, matching
from ser_core.workspace import runs_directory, user_checkpoints_directory

_PACKAGE = Path(__file__).resolve().parents[1]
_INSTALLED = _PACKAGE / "shipped_checkpoints"  # see setup.py
SHIPPED = _INSTALLED if _INSTALLED.is_dir() else _PACKAGE.parent / "checkpoints"


@dataclass(frozen=True)
class Entry:
    """One checkpoint in a list; ``name`` is the folder's name, or ``runs/<id>`` for a run."""

    name: str
    path: Path
    card: Card

    @property
    def made_here(self) -> bool:
        """Whether it lies in the workspace; if not, it ships."""
        return self.path.parent != SHIPPED


def available() -> list[Entry]:
    """List every checkpoint whose card can be read: shipped ones first, then the newest run first."""
    entries = []
    for name, path in _folders():
        try:
            entries.append(Entry(name, path, read_card(path)))
        except CheckpointError:
            continue  # see unreadable()
    return entries


def unreadable() -> list[tuple[str, str]]:
    """List the checkpoints whose card cannot be read: name and reason."""
    found = []
    for name, path in _folders():
        try:
            read_card(path)
        except CheckpointError as error:
            found.append((name, str(error)))
    return found


def find(name: str | Path) -> Path:
    """Find a checkpoint's folder by its name in the list, or by its path; raises CheckpointError if there is none."""
    named = dict(_folders())
    if str(name) in named:
        return named[str(name)]
    path = expanded(name)
    for folder in (path, path / "checkpoint"):
        if is_file(folder / CARD):
            return folder
    raise CheckpointError(
        f"Expected a checkpoint among {', '.join(named) or 'none yet'}, or a folder with {CARD}; got {str(name)!r}."
        f"{did_you_mean(str(name), named) or ' Train one with: python -m ser_core train'}"
    )


def _folders() -> Iterator[tuple[str, Path]]:
    for home in (SHIPPED, user_checkpoints_directory()):
        for folder in matching(home, "*"):
            if is_file(folder / CARD):
                yield folder.name, folder
    finished = [run for run in matching(runs_directory(), "*") if is_file(run / "checkpoint" / CARD)]
    for run in sorted(finished, key=lambda path: changed(path / "checkpoint" / CARD), reverse=True):
        yield f"runs/{run.name}", run / "checkpoint"
