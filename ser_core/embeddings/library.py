"""Spaces saved in the workspace."""

import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ser_core import paths, plain_json
from ser_core.embeddings.column_mapping import AS_FOUND, ColumnMapping
from ser_core.embeddings.column_roles import SPEAKER
from ser_core.embeddings.export import with_vectors
from ser_core.embeddings.opening import open_space
from ser_core.embeddings.space import CLASS, NAME, VECTOR, Space
from ser_core.errors import EmbeddingError
from ser_core.named_files import NamedFiles
from ser_core.paths import is_file
from ser_core.storage import write_atomically
from ser_core.workspace import spaces_directory

_FILES = NamedFiles("space", ".parquet", EmbeddingError, spaces_directory)
_NOTES, _LABEL = b"ser_core_notes", b"ser_core_label"


def saved_spaces() -> list[Path]:
    """List the files of saved spaces, by name."""
    return _FILES.paths()


def safe_name(name: str) -> str:
    """Turn the name of a space into a file name of letters, digits, ``.``, ``-`` and ``_``.

    Examples:
        >>> safe_name("../emotion2vec (RAVDESS).npy"), safe_name("...")
        ('emotion2vec-RAVDESS', 'space')
    """
    stem = re.split(r"[/\\]", name)[-1]
    stem = re.sub(r"\.(parquet|npy|npz|tsv|csv)$", "", stem, flags=re.IGNORECASE)
    return paths.safe_name(stem, "space")


def save_space(space: Space, name: str, label: str = "") -> Path:
    """Save a space in the workspace under its name, made safe by :func:`safe_name`, and numbered if it is taken.

    Args:
        space: from :func:`ser_core.embeddings.opening.open_space`.
        name: what it is to be called.
        label: the column whose values are the classes, if it is not ``emotion``.

    Raises:
        StorageError: if it cannot be written.
    """
    import pyarrow
    import pyarrow.parquet

    path = _FILES.free_path(safe_name(name))
    table = pyarrow.Table.from_pandas(with_vectors(space), preserve_index=False)
    told = {_NOTES: json.dumps(space.notes).encode(), _LABEL: json.dumps(label).encode()}
    table = table.replace_schema_metadata({**(table.schema.metadata or {}), **told})
    write_atomically(path, lambda temporary: pyarrow.parquet.write_table(table, temporary))
    return path


def load(path: Path) -> Space:
    """Open a saved space, with the notes of its first opening; raises EmbeddingError if the file is gone or damaged.

    What was decided then holds: no further column is taken for a label or a speaker, and no class is renamed.
    """
    space = open_space(path, mapping=_as_saved(path))
    return Space(space.frame, space.embeddings, notes=tuple(dict.fromkeys([*_notes(path), *space.notes])))


def delete(path: Path) -> None:
    """Delete a saved space.

    Raises:
        EmbeddingError: if the file is not one of those.
        StorageError: if it may not be deleted.
    """
    _FILES.delete(path)


def label_of(path: Path) -> str:
    """Return the column that was chosen as the label of a saved space; empty if none was."""
    found = _told(path, _LABEL)
    return found if isinstance(found, str) else ""


def _as_saved(path: Path) -> ColumnMapping:
    """Return the roles in a file that was saved here; those that are found in one that somebody else put there."""
    if _told(path, _NOTES) is None:
        return AS_FOUND
    import pyarrow.parquet

    there = set(pyarrow.parquet.read_schema(path).names)
    roles = {role: name if name in there else None for role, name in (("label", CLASS), ("speaker", SPEAKER))}
    return ColumnMapping((VECTOR,), NAME, **roles, canonical=False)


def _notes(path: Path) -> Sequence[str]:
    found = _told(path, _NOTES)
    return [str(note) for note in found] if isinstance(found, list) else ()


def _told(path: Path, name: bytes) -> Any:
    """Read what was written beside the table; ``None`` in a file that somebody else put there."""
    import pyarrow
    import pyarrow.parquet

    if not is_file(path):
        return None
    try:
        return plain_json.parsed((pyarrow.parquet.read_schema(path).metadata or {}).get(name, b"null"))
    except (OSError, ValueError, pyarrow.ArrowException):
        return None
