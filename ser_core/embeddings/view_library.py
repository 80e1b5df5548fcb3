"""Views that are kept in the workspace under a name of the person's own."""

from pathlib import Path

from ser_core.embeddings.library import safe_name
from ser_core.embeddings.view import View
from ser_core.embeddings.view_text import read_view_json, view_json
from ser_core.errors import ViewError
from ser_core.paths import is_folder
from ser_core.storage import advice_when_full, write_text_atomically
from ser_core.workspace import views_directory

SUFFIX = ".json"
LONGEST_NAME = 80


def kept() -> list[Path]:
    """List the files of the views that are kept."""
    folder = views_directory()
    return sorted(folder.glob(f"[!.]*{SUFFIX}")) if is_folder(folder) else []


def load(path: Path) -> tuple[str, View, tuple[str, ...]]:
    """Read a view that is kept.

    Returns:
        Its name, the view, and what was left out of it with the reason.

    Raises:
        ViewError: if the file is gone or damaged.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ViewError(
            f"Expected a view in {path.name}; got: {error.strerror or error}. Choose another one, or save it anew."
        ) from error
    name, view, notes = read_view_json(content)
    usable = name.isprintable() and 0 < len(name.strip()) <= LONGEST_NAME
    return name.strip() if usable else path.stem, view, notes


def keep(view: View, name: str) -> Path:
    """Keep a view under a name that no other one has.

    Returns:
        The file, called after the name.

    Raises:
        ViewError: if the name is empty, too long or taken.
        StorageError: if it cannot be written.
    """
    called = _free(name)
    folder, stem, number = views_directory(), safe_name(called), 1
    path = folder / f"{stem}{SUFFIX}"
    while path.exists():
        number += 1
        path = folder / f"{stem}-{number}{SUFFIX}"
    write_text_atomically(path, view_json(view, called))
    return path


def rename(path: Path, name: str) -> None:
    """Give a view another name; its file stays.

    Raises:
        ViewError: if there is no such view, it is damaged, or the name is empty, too long or taken.
        StorageError: if it cannot be written.
    """
    _require_kept(path)
    _, view, _ = load(path)
    write_text_atomically(path, view_json(view, _free(name, but=path)))


def delete(path: Path) -> None:
    """Delete a view for good.

    Raises:
        ViewError: if there is no such view.
        StorageError: if it may not be deleted.
    """
    _require_kept(path)
    with advice_when_full(path):
        path.unlink(missing_ok=True)


def _require_kept(path: Path) -> None:
    if path not in kept():
        raise ViewError(
            f"Expected one of the views kept in {views_directory()}; got {path.name!r}. Choose one from the list."
        )


def _free(name: str, but: Path | None = None) -> str:
    called = " ".join(name.split())
    if not called or len(called) > LONGEST_NAME or not called.isprintable():
        raise ViewError(
            f"Expected a name of 1 to {LONGEST_NAME} letters for the view; got {len(called)}"
            f"{'' if called.isprintable() else ', some of which cannot be printed'}. Choose another name."
        )
    if called in {_name_in(path) for path in kept() if path != but}:
        raise ViewError(
            f"Expected a name that no other view has; got {called!r}. Choose another name, or delete that view first."
        )
    return called


def _name_in(path: Path) -> str:
    try:
        return load(path)[0]
    except ViewError:
        return path.stem
