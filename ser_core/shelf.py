"""Things of one kind that a person keeps: a file each, in a folder of the workspace."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ser_core.errors import SerError
from ser_core.paths import is_file, matching, safe_name
from ser_core.storage import advice_when_full


@dataclass(frozen=True)
class Shelf:
    """A folder of such files.

    Attributes:
        kind: what one thing is called, for example ``voice``; several are the same with an ``s``.
        suffix: of the files.
        error: raised for what does not lie there.
        folder: returns where they lie, which follows the workspace.
    """

    kind: str
    suffix: str
    error: type[SerError]
    folder: Callable[[], Path]

    def files(self) -> list[Path]:
        """List the files, by name; what begins with a dot is being written."""
        return matching(self.folder(), f"*{self.suffix}")

    def free_place(self, name: str) -> Path:
        """Return a file that is not there yet, called after whatever a person calls the thing; numbered if need be."""
        folder, stem, number = self.folder(), safe_name(name, self.kind), 1
        path = folder / f"{stem}{self.suffix}"
        while path.exists():
            number += 1
            path = folder / f"{stem}-{number}{self.suffix}"
        return path

    def require(self, path: Path) -> None:
        """See that a file is one of these, whoever named it.

        Raises:
            SerError: of the shelf's kind, if it is not.
        """
        if path not in self.files() or not is_file(path):
            raise self.error(
                f"Expected one of the {self.kind}s kept in {self.folder()}; got {path.name!r}. "
                "Choose one from the list."
            )

    def delete(self, path: Path) -> None:
        """Delete one of the files for good.

        Raises:
            SerError: of the shelf's kind, if it is none of them.
            StorageError: if it may not be deleted.
        """
        self.require(path)
        with advice_when_full(path):
            path.unlink(missing_ok=True)
