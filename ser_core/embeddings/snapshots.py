"""Snapshots: the embedding space of a run after some epochs, as files of vectors."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from ser_core import plain_json
from ser_core.embeddings.opening import open_space
from ser_core.embeddings.space import VECTOR, Space
from ser_core.errors import EmbeddingError
from ser_core.paths import matching
from ser_core.storage import advice_when_full, write_atomically
from ser_core.types import FloatArray

if TYPE_CHECKING:
    import pandas

VERSION = 1
FOLDER = "snapshots"
NUMBER_BYTES = 2  # of a float16: it keeps the direction of a vector within 0.03 degrees
_FACTS = b"ser_core_snapshot"
_NAME = re.compile(r"epoch-(\d{5,})\.parquet")


@dataclass(frozen=True)
class Snapshot:
    """Snapshot file of a run after ``epoch`` epochs of all stages, 0 before training.

    ``stage`` is that of the epoch, at epoch 0 the first; ``corpus_root`` is the corpus's folder at training, empty if
    unknown.
    """

    path: Path
    epoch: int
    stage: str
    utterances: int
    corpus: str
    corpus_root: str

    @property
    def title(self) -> str:
        """Title for people.

        Examples:
            >>> Snapshot(Path("x"), 0, "softmax", 3, "demo", "").title
            '0, before training'
        """
        return f"{self.epoch}, {self.stage}" if self.epoch else "0, before training"


def save_snapshot(
    run: Path,
    metadata: "pandas.DataFrame",
    embeddings: FloatArray,
    *,
    epoch: int,
    stage: str,
    corpus: str = "",
    corpus_root: str = "",
) -> Path:
    """Write the space of an epoch into a run's folder, in place of an earlier one of this epoch.

    ``told`` is the metadata of the utterances, ``file`` included. Of the embeddings ``(B, D)`` the unit vectors are
    kept in half precision; a vector without a direction stays zero.

    Raises:
        StorageError: if it cannot be written; nothing is left behind then.
    """
    import pyarrow
    import pyarrow.parquet

    lengths = np.linalg.norm(embeddings.astype(np.float64), axis=1, keepdims=True)  # (B, 1)
    units = np.divide(embeddings, lengths, out=np.zeros(embeddings.shape), where=lengths > 0).astype(np.float16)
    table = pyarrow.Table.from_pandas(metadata, preserve_index=False)
    table = table.append_column(VECTOR, pyarrow.FixedSizeListArray.from_arrays(units.ravel(), embeddings.shape[1]))
    facts = {"version": VERSION, "epoch": epoch, "stage": stage, "corpus": corpus, "corpus_root": corpus_root}
    table = table.replace_schema_metadata({**(table.schema.metadata or {}), _FACTS: json.dumps(facts).encode()})
    path = run / FOLDER / f"epoch-{epoch:05d}.parquet"
    names = list(metadata.columns)  # vectors hold no value often enough for a dictionary
    write_atomically(path, lambda temporary: pyarrow.parquet.write_table(table, temporary, use_dictionary=names))
    return path


def snapshots_of(run: Path) -> tuple[list[Snapshot], list[tuple[str, str]]]:
    """List the snapshots of a run by epoch; beside them those that cannot be read, each with the reason."""
    found, damaged = [], []
    for path in _files(run):
        try:
            found.append(_read_facts(path))
        except EmbeddingError as error:
            damaged.append((path.name, str(error)))
    return sorted(found, key=lambda one: one.epoch), damaged


def has_snapshots(run: Path) -> bool:
    """Return whether a run's folder holds a snapshot, readable or not."""
    return bool(_files(run))


def open_snapshot(snapshot: Snapshot) -> Space:
    """Read a snapshot; utterances whose vector has no direction are left out, which its notes say.

    Raises:
        EmbeddingError: if the file is gone or damaged, or fewer than three utterances are left.
    """
    return open_space(snapshot.path, leave_out=True)


def delete_snapshots_after(run: Path, epoch: int) -> None:
    """Delete the snapshots of epochs that a run is about to train again.

    Raises:
        StorageError: if one may not be deleted.
    """
    for path in _files(run):
        if _epoch(path) > epoch:
            with advice_when_full(path):
                path.unlink(missing_ok=True)


def _files(run: Path) -> Sequence[Path]:
    return [path for path in matching(run / FOLDER, "*.parquet") if _NAME.fullmatch(path.name)]


def _epoch(path: Path) -> int:
    name = _NAME.fullmatch(path.name)
    return int(name[1]) if name else -1


def _read_facts(path: Path) -> Snapshot:
    import pyarrow
    import pyarrow.parquet

    try:
        footer = pyarrow.parquet.read_metadata(path)
        facts: Any = plain_json.parsed((footer.metadata or {}).get(_FACTS, b"null"))
    except (OSError, ValueError, pyarrow.ArrowException) as error:
        reason = str(error).split("\n", 1)[0]
        raise EmbeddingError(
            f"Expected a snapshot in {path.name}; got: {reason}. Delete the file: the other epochs can be seen without "
            "it."
        ) from error
    if not isinstance(facts, dict) or facts.get("version") != VERSION or facts.get("epoch") != _epoch(path):
        raise EmbeddingError(
            f"Expected the snapshot of epoch {_epoch(path)} in {path.name}, version {VERSION}; the file holds another "
            "epoch or version, or none. Delete it, or give it back its name."
        )
    corpus, root, stage = (str(facts.get(key, "")) for key in ("corpus", "corpus_root", "stage"))
    return Snapshot(path, int(facts["epoch"]), stage, footer.num_rows, corpus, root)
