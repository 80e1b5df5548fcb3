"""The known utterances of a checkpoint, and where their sound is."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

import numpy as np

from ser_core.checkpoints.folder import ATLAS, check_digests, read_card
from ser_core.checkpoints.listing import find
from ser_core.corpora import CORPORA
from ser_core.embeddings import Space
from ser_core.errors import CheckpointError, TableError
from ser_core.geometry.neighbours import nearest
from ser_core.paths import UnicodeFileNames, is_file
from ser_core.tables import read_frame
from ser_core.types import FloatArray
from ser_core.workspace import downloads_directory

if TYPE_CHECKING:
    import pandas

_NEEDED = ("file", "speaker", "emotion", "split", "embedding")
_SUFFIXES = (".flac", ".wav")


@dataclass(frozen=True)
class Atlas(Space):
    """A space whose sound may lie below folders of this computer: that of a checkpoint, or of an opened file."""

    roots: tuple[Path, ...]

    @classmethod
    def load(cls, checkpoint: str | Path) -> "Atlas":
        """Read the atlas beside a checkpoint; raises CheckpointError if there is none, or it cannot be read."""
        folder = find(checkpoint)
        card = read_card(folder)
        path = folder / ATLAS
        if not is_file(path):
            raise CheckpointError(
                f"Expected the known utterances of {folder.name} in {ATLAS}; there is no such file. "
                "Copy the whole checkpoint, or train it again."
            )
        check_digests(folder)
        try:
            frame = read_frame(path, ATLAS)
            missing = [name for name in _NEEDED if name not in frame.columns]
            if missing:
                raise ValueError(f"no column {', '.join(missing)}")
            embeddings = np.stack(frame["embedding"].to_list()).astype(np.float32)
            if embeddings.shape != (len(frame), card.embedding_size):
                raise ValueError(f"vectors of shape {embeddings.shape}")
            if not np.isfinite(embeddings).all():
                raise ValueError("vectors that hold no numbers")
        except (OSError, ValueError, TypeError, TableError) as error:
            raise CheckpointError(
                f"Expected a table of {card.embedding_size}-dimensional vectors at {path}; got: {error}. "
                "Copy the checkpoint again or train it again."
            ) from error
        return cls(frame.drop(columns="embedding"), embeddings, corpus_roots(card.corpus, card.corpus_root))

    def neighbours(self, embedding: FloatArray, count: int, *, include_training: bool = False) -> "pandas.DataFrame":
        """Return the rows of :attr:`frame`, nearest first, nearest by angle to an embedding ``(D,)``.

        At most ``count``, with ``angle_degrees``, and with training utterances on request; the index is that of the
        frame.
        """
        held_out = self.column("split") != "train"
        allowed = np.arange(len(self.frame)) if include_training else np.flatnonzero(held_out)
        if not len(allowed) or count < 1:
            return self.frame.iloc[:0].assign(angle_degrees=np.zeros(0))
        found, angles = nearest(embedding[None, :], self.embeddings[allowed], min(count, len(allowed)))
        rows: pandas.DataFrame = self.frame.iloc[allowed[found[0]]].assign(angle_degrees=angles[0])
        return rows

    def audio_path(self, row: "Mapping[str, Any] | pandas.Series[Any]") -> Path | None:
        """Find a row's sound on this computer; ``None`` if it is not there."""
        relative = PurePosixPath(str(row["file"]))
        if relative.is_absolute() or ".." in relative.parts or any(sign in str(relative) for sign in "\\:"):
            return None  # a stranger's table shall not point out of the corpus folder, on Windows neither
        for root in self.roots:
            path = root.joinpath(*relative.parts)
            for candidate in (path, *(path.with_suffix(suffix) for suffix in _SUFFIXES)):
                spelled = UnicodeFileNames().find(root, candidate.relative_to(root).as_posix())
                if spelled is not None and is_file(root / spelled):
                    return root / spelled
        return None


def corpus_roots(corpus: str, root: object) -> tuple[Path, ...]:
    """Return where a corpus may lie: ``root`` at training, if known, the package, or the downloads."""
    # A card from elsewhere shall not make this computer ask another one over the network.
    roots = [Path(root)] if isinstance(root, str) and root and not root.startswith(("\\\\", "//")) else []
    kind = CORPORA.get(corpus)
    if kind is not None and kind.shipped is not None:
        roots.append(kind.shipped)
    elif kind is not None:
        roots.append(downloads_directory() / corpus)
    return tuple(roots)
