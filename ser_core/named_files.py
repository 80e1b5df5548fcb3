"""Library of files of one kind that a user keeps under names, in one folder of the workspace."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ser_core.errors import SerError
from ser_core.paths import is_file, matching, safe_name
from ser_core.storage import advice_when_full


@dataclass(frozen=True)
class NamedFiles:
    """All files of one kind, a noun for messages (``voice``; the plural adds an ``s``).

    ``error`` is raised for a file that is not in the library; ``folder`` returns the folder, which depends on the
    workspace.
    """

    kind: str
    suffix: str
    error: type[SerError]
    folder: Callable[[], Path]

    def paths(self) -> list[Path]:
        """List the files, sorted by name; hidden files are still being written."""
        return matching(self.folder(), f"*{self.suffix}")

    def free_path(self, name: str) -> Path:
        """Return an unused path made from a name that a user typed; numbered if the name is taken."""
        folder, stem, number = self.folder(), safe_name(name, self.kind), 1
        path = folder / f"{stem}{self.suffix}"
        while path.exists():
            number += 1
            path = folder / f"{stem}-{number}{self.suffix}"
        return path

    def require(self, path: Path) -> None:
        """Raise the library's own error unless a file belongs to it."""
        if path not in self.paths() or not is_file(path):
            raise self.error(
                f"Expected one of the {self.kind}s kept in {self.folder()}; got {path.name!r}. "
                "Choose one from the list."
            )

    def delete(self, path: Path) -> None:
        """Delete a file permanently.

        Raises:
            SerError: of the library's own class, if the file is not in it.
            StorageError: if the file cannot be deleted.
        """
        self.require(path)
        with advice_when_full(path):
            path.unlink(missing_ok=True)
