"""Views saved in the workspace under a name."""

from pathlib import Path

from ser_core.embeddings.view_text import V, ViewFormat
from ser_core.errors import ViewError
from ser_core.named_files import NamedFiles
from ser_core.storage import write_text_atomically
from ser_core.workspace import views_directory

LONGEST_NAME = 80


def saved_views(form: ViewFormat[V]) -> list[Path]:
    """List the files of saved views of one format."""
    return _files(form).paths()


def load(path: Path, form: ViewFormat[V]) -> tuple[str, V, tuple[str, ...]]:
    """Read name and view of a file, and notes on what was left out; raises ViewError if it is gone or damaged."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ViewError(
            f"Expected a view in {path.name}; got: {error.strerror or error}. Choose another one, or save it again."
        ) from error
    name, view, notes = form.read_json(content)
    usable = name.isprintable() and 0 < len(name.strip()) <= LONGEST_NAME
    return name.strip() if usable else path.stem, view, notes


def save_view(view: V, name: str, form: ViewFormat[V]) -> Path:
    """Save a view under a unique name, which is that of the file.

    Raises:
        ViewError: if the name is empty, too long or taken.
        StorageError: if it cannot be written.
    """
    called = _free(name, form)
    path = _files(form).free_path(called)
    write_text_atomically(path, form.json(view, called))
    return path


def rename(path: Path, name: str, form: ViewFormat[V]) -> None:
    """Rename a view; its file stays.

    Raises:
        ViewError: if there is no such view, it is damaged, or the name is empty, too long or taken.
        StorageError: if it cannot be written.
    """
    _files(form).require(path)
    _, view, _ = load(path, form)
    write_text_atomically(path, form.json(view, _free(name, form, but=path)))


def delete(path: Path, form: ViewFormat[V]) -> None:
    """Delete a view permanently.

    Raises:
        ViewError: if there is no such view.
        StorageError: if it may not be deleted.
    """
    _files(form).delete(path)


def _files(form: ViewFormat[V]) -> NamedFiles:
    return NamedFiles("view", ".json", ViewError, lambda: views_directory() / form.folder)


def _free(name: str, form: ViewFormat[V], but: Path | None = None) -> str:
    called = " ".join(name.split())
    if not called or len(called) > LONGEST_NAME or not called.isprintable():
        raise ViewError(
            f"Expected a name of 1 to {LONGEST_NAME} letters for the view; got {len(called)}"
            f"{'' if called.isprintable() else ', some of which cannot be printed'}. Choose another name."
        )
    if called in {_name_in(path, form) for path in saved_views(form) if path != but}:
        raise ViewError(
            f"Expected a name that no other view has; got {called!r}. Choose another name, or delete that view first."
        )
    return called


def _name_in(path: Path, form: ViewFormat[V]) -> str:
    try:
        return load(path, form)[0]
    except ViewError:
        return path.stem
