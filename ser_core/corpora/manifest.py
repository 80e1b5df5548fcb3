"""Manifest of a corpus: its utterances with file, speaker and emotion. Audio is read later."""

import dataclasses
import functools
import hashlib
import json
import os
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ser_core.config import did_you_mean
from ser_core.errors import InputError
from ser_core.labels import EMOTIONS, in_order
from ser_core.storage import require_writable, write_atomically, write_text_atomically
from ser_core.tables import csv_text
from ser_core.types import Seconds

if TYPE_CHECKING:
    import pandas

COLUMNS: tuple[str, ...] = (
    "file", "start", "end", "speaker", "emotion", "gender", "age", "session", "split", "text",
    "intensity", "sentence", "arousal", "valence", "dominance", "corpus", "recording",
)  # fmt: skip
DROP = "drop"
CARD_VERSION = 1


@dataclass(frozen=True)
class Utterance:
    """One utterance with its labels.

    Attributes:
        file: path relative to the corpus root, with ``/`` between folders.
        speaker: who speaks; speaker-independent splits go by this.
        emotion: one of :data:`ser_core.labels.EMOTIONS`; None where there is no label, in a corpus that was opened for
            models which need none.
        start: where it begins in the file, in seconds; None is the beginning.
        end: where it ends in the file, in seconds; None is the file's end.
        gender: ``female`` or ``male``; None where unknown.
        age: in years.
        session: recording session, show or language, as the corpus divides itself.
        split: ``train``, ``development`` or ``test`` where the corpus itself says so.
        intensity: how strongly the emotion was to be played.
        sentence: id of the sentence.
        arousal: rating in the corpus's own scale, mean over annotators.
        valence: as ``arousal``.
        dominance: as ``arousal``.
        recording: shared by utterances cut from one recording (duplicates, overlapping cuts);
            no split ever separates them.
    """

    file: str
    speaker: str
    emotion: str | None
    start: Seconds | None = None
    end: Seconds | None = None
    gender: str | None = None
    age: int | None = None
    session: str | None = None
    split: str | None = None
    text: str | None = None
    intensity: str | None = None
    sentence: str | None = None
    arousal: float | None = None
    valence: float | None = None
    dominance: float | None = None
    corpus: str | None = None
    recording: str | None = None


@dataclass(frozen=True)
class Manifest:
    """Utterances of one corpus, with its licence.

    Attributes:
        corpus: short name.
        root: folder that every ``file`` is relative to.
        utterances: in a fixed order; splits are indices into it.
        licence: the terms, in words.
        citation: what a publication cites.
        notes: what a reader of results must know (cut clips, duplicates, rows left out).
    """

    corpus: str
    root: Path
    utterances: tuple[Utterance, ...]
    licence: str
    citation: str
    notes: tuple[str, ...] = ()

    @property
    def labels(self) -> tuple[str, ...]:
        """Emotions that occur, in the order of every table and figure."""
        return in_order(row.emotion for row in self.utterances if row.emotion is not None)

    @property
    def emotions(self) -> tuple[str, ...]:
        """The emotion of every utterance; raises InputError if one has none."""
        known = tuple(row.emotion for row in self.utterances if row.emotion is not None)
        if len(known) < len(self.utterances):
            raise InputError(
                f"Expected an emotion for every utterance of {self.corpus}; {len(self.utterances) - len(known)} of "
                f"{len(self.utterances)} have none. Fill the column emotion in, or leave these rows out."
            )
        return known

    @property
    def speakers(self) -> tuple[str, ...]:
        """Speakers that occur, sorted."""
        return tuple(sorted({utterance.speaker for utterance in self.utterances}))

    def path(self, utterance: Utterance) -> Path:
        """Return where the utterance's file lies on disk."""
        return self.root / utterance.file

    def digest(self) -> str:
        """Return the SHA-256 of all rows: equal rows give equal digests, wherever the corpus lies."""
        return self._digest

    @functools.cached_property
    def _digest(self) -> str:
        rows = [dataclasses.astuple(utterance) for utterance in self.utterances]
        return hashlib.sha256(json.dumps(rows, ensure_ascii=True).encode()).hexdigest()

    def select(self, indices: Iterable[int]) -> "Manifest":
        """Keep some utterances, in the order of ``indices``."""
        return dataclasses.replace(self, utterances=tuple(self.utterances[index] for index in indices))

    def map_emotions(self, mapping: Mapping[str, str]) -> "Manifest":
        """Rename emotions, or leave some out, and note how many rows that touched.

        Names not listed in ``mapping`` stay; the last note of the new manifest counts the rows of each change.

        Raises:
            InputError: for a name that is not canonical, or if nothing is left.

        Examples:
            >>> calm = Utterance(file="a.wav", speaker="1", emotion="calm")
            >>> mapped = Manifest("tiny", Path("."), (calm,), "", "").map_emotions({"calm": "neutral"})
            >>> mapped.labels, mapped.notes
            (('neutral',), ('Emotions mapped: calm → neutral (1 row).',))
        """
        if not mapping:
            return self
        for source, target in mapping.items():
            for name, known in ((source, EMOTIONS), (target, (*EMOTIONS, DROP))):
                if name not in known:
                    raise InputError(
                        f"Expected --map emotion=emotion with names among {', '.join(EMOTIONS)}, or emotion={DROP} to "
                        f"leave one out; got {name!r}.{did_you_mean(name, known) or ' Correct that name.'}"
                    )
        touched = Counter(utterance.emotion for utterance in self.utterances if utterance.emotion in mapping)
        kept = tuple(
            dataclasses.replace(utterance, emotion=mapping.get(utterance.emotion or "", utterance.emotion))
            for utterance in self.utterances
            if mapping.get(utterance.emotion or "") != DROP
        )
        if not kept:
            raise InputError(
                f"Expected the mapping to leave some of the {len(self.utterances)} rows; it drops them all. "
                f"Keep at least two of {', '.join(self.labels)}."
            )
        changes = ", ".join(
            f"{source} → {'left out' if target == DROP else target} ({_rows(touched[source])})"
            for source, target in mapping.items()
        )
        return dataclasses.replace(self, utterances=kept, notes=(*self.notes, f"Emotions mapped: {changes}."))

    def without_emotions(self) -> "Manifest":
        """Return the same utterances without their emotions, for what must not depend on them."""
        return dataclasses.replace(
            self, utterances=tuple(dataclasses.replace(row, emotion=None) for row in self.utterances)
        )

    def columns(self) -> tuple[str, ...]:
        """Return the columns that hold at least one value; ``file, speaker`` always, ``emotion`` also without rows."""
        always = {"file", "speaker"} if self.utterances else {"file", "speaker", "emotion"}
        return tuple(
            column
            for column in COLUMNS
            if column in always or any(getattr(utterance, column) is not None for utterance in self.utterances)
        )

    def frame(self) -> "pandas.DataFrame":
        """Return one row per utterance, with the columns of :meth:`columns`."""
        import pandas

        return pandas.DataFrame(
            {column: [getattr(utterance, column) for utterance in self.utterances] for column in self.columns()}
        )


def card_path(path: Path) -> Path:
    """Return the small JSON beside a manifest that keeps its root, licence and notes."""
    return path.with_name(path.name + ".json")


def write_manifest(manifest: Manifest, path: Path) -> None:
    """Write a manifest as CSV, TSV or parquet, and beside it ``NAME.json`` with root, licence, citation and notes.

    The root is stored relative to the folder of ``path``.

    Raises:
        InputError: for another suffix.
        StorageError: if it cannot be written; what was there is unchanged.
    """
    writer = _writer_for(path)
    write_atomically(path, lambda temporary: writer(manifest, temporary))
    card = {
        "version": CARD_VERSION,
        "corpus": manifest.corpus,
        "root": _relative(manifest.root, path.parent),
        "licence": manifest.licence,
        "citation": manifest.citation,
        "notes": list(manifest.notes),
        "digest": manifest.digest(),
    }
    write_text_atomically(card_path(path), json.dumps(card, indent=2, ensure_ascii=False) + "\n")


def require_manifest_path(path: Path) -> None:
    """Check that a manifest can be written to ``path``, before a corpus is read.

    Errors are those of :func:`write_manifest`.
    """
    _writer_for(path)
    require_writable(path)


def _writer_for(path: Path) -> Callable[[Manifest, Path], None]:
    writers = {".csv": _write_csv, ".tsv": _write_tsv, ".parquet": _write_parquet}
    writer = writers.get(path.suffix.lower())
    if writer is None:
        raise InputError(
            f"Expected a file name that ends in .csv, .tsv or .parquet; got {path.name!r}. Choose one of them."
        )
    return writer


def _write_tsv(manifest: Manifest, path: Path) -> None:
    _write_csv(manifest, path, separator="\t")


def _write_csv(manifest: Manifest, path: Path, *, separator: str = ",") -> None:
    columns = manifest.columns()
    lines = [[_text(getattr(utterance, column)) for column in columns] for utterance in manifest.utterances]
    path.write_bytes(csv_text([columns, *lines], separator=separator).encode())


def _write_parquet(manifest: Manifest, path: Path) -> None:
    manifest.frame().to_parquet(path, index=False)


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def _relative(root: Path, folder: Path) -> str:
    try:
        return Path(os.path.relpath(root.absolute(), folder.absolute())).as_posix()
    except ValueError:  # another drive on Windows
        return root.absolute().as_posix()


def _rows(count: int) -> str:
    return f"{count} row" if count == 1 else f"{count} rows"
