"""One of two spaces that are compared, and both."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ser_core.embeddings.space import CLASS
from ser_core.inference import Atlas
from ser_core.inference.atlas import corpus_roots
from ui import cache, state

if TYPE_CHECKING:
    from ser_core.embeddings.snapshots import Snapshot


@dataclass(frozen=True)
class SpaceSide:
    """One of the two spaces.

    Attributes:
        key: changes when its file is written again.
        name: for people.
        atlas: its utterances, and where their sound may lie.
        label: the column that gives its classes until another one is chosen; empty where none was named.
    """

    key: str
    name: str
    atlas: Atlas
    label: str = CLASS


@dataclass(frozen=True)
class SpaceSides:
    """The two chosen spaces.

    Attributes:
        first: the one that the other is held against.
        second: the other.
        name: of what is compared, the same for all epochs of one run.
        of_one_run: whether both are epochs of one run, in which the same network has turned.
    """

    first: SpaceSide
    second: SpaceSide
    name: str
    of_one_run: bool


def side_of(snapshot: "Snapshot", name: str) -> SpaceSide:
    """Open the space of an epoch under a name for people.

    Raises:
        EmbeddingError: if the snapshot is damaged.
    """
    space = cache.snapshot(snapshot)
    return SpaceSide(
        f"{snapshot.path}|{cache.version(snapshot.path)}",
        name,
        Atlas(space.frame, space.embeddings, roots_of(snapshot), notes=space.notes),
    )


def roots_of(snapshot: "Snapshot") -> tuple[Path, ...]:
    """Say where the sound of a snapshot's utterances may lie."""
    return (*corpus_roots(snapshot.corpus, snapshot.corpus_root), *state.folders_of([snapshot.corpus]))
