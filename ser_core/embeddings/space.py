"""Embedding space: vectors of utterances with their metadata."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

from ser_core.errors import InputError
from ser_core.labels import EMOTIONS
from ser_core.types import BoolArray, FloatArray, IntArray

if TYPE_CHECKING:
    import pandas

NAME, VECTOR, CLASS = "file", "embedding", "emotion"
TRAINING, WHOLE = "train", "all"
FEWEST = 3  # with fewer vectors there is nothing to compare
MOST_CLASSES = 200  # of more, neither colours nor angles could be told apart
_NO_LABELS = frozenset({NAME, "start", "end", "duration", "recording"})

S = TypeVar("S", bound="Space")


@dataclass(frozen=True)
class Space:
    """Vectors of utterances with their metadata.

    Attributes:
        frame: one row per utterance, numbered from 0, without the vectors; ``file`` names each, other columns are
            those of the manifest and further ones.
        embeddings: shape ``(B, D)``, float32.
        notes: what a reader of results must know (rows left out, names read as others).
    """

    frame: "pandas.DataFrame"
    embeddings: FloatArray
    notes: tuple[str, ...] = field(default=(), kw_only=True)

    def __len__(self) -> int:
        return len(self.frame)

    @property
    def size(self) -> int:
        """Dimensions of a vector, ``D``."""
        return int(self.embeddings.shape[1])

    @property
    def classes(self) -> tuple[str, ...]:
        """Emotions that occur, canonical ones first and in their order."""
        present = set(self.column("emotion")[self.has_value("emotion")])
        return (*(name for name in EMOTIONS if name in present), *sorted(present - set(EMOTIONS)))

    def has_value(self, column: str) -> BoolArray:
        """Return for each row whether the column has a value, shape ``(B,)``."""
        if column not in self.frame.columns:
            return np.zeros(len(self), dtype=bool)
        known: BoolArray = self.frame[column].notna().to_numpy(dtype=bool)
        return known

    def column(self, column: str) -> "np.ndarray[tuple[int], np.dtype[np.object_]]":
        """Return a column as text, shape ``(B,)``; see :meth:`has_value` for rows without a value."""
        values = self.frame[column].tolist() if column in self.frame.columns else [None] * len(self)
        return np.array([str(value) for value in values], dtype=object)

    @property
    def labels(self) -> tuple[str, ...]:
        """Columns whose values can be classes, ``emotion`` first, then as the table has them.

        A column of texts or whole numbers that takes between two and :data:`MOST_CLASSES` values, fewer than there are
        rows; ``emotion`` also with one value.
        """
        names = [str(name) for name in self.frame.columns if name not in _NO_LABELS]
        found = [name for name in names if not self.why_no_label(name)]
        return tuple(sorted(found, key=lambda name: name != CLASS))

    def classed_by(self: S, column: str) -> S:
        """Return the space with the values of another column as its classes, that is in its column ``emotion``.

        Examples:
            >>> import pandas
            >>> rows = pandas.DataFrame({"file": ["a", "b"], "emotion": ["sad", "calm"], "style": ["read", "free"]})
            >>> Space(rows, np.eye(2)).classed_by("style").classes
            ('free', 'read')

        Raises:
            InputError: if there is no such column.
        """
        if column == CLASS:
            return self
        if column not in self.frame.columns:
            raise InputError(
                f"Expected a column of the table, whose values are to be the classes; got {column!r}. Its columns: "
                f"{', '.join(map(str, self.frame.columns))}. Choose one of these."
            )
        return replace(self, frame=self.frame.assign(emotion=np.array(class_names(self.frame[column]), dtype=object)))

    def why_no_label(self, column: str) -> str:
        """Say why the values of a column cannot be classes, as the end of a sentence; empty if they can.

        Examples:
            >>> import pandas
            >>> rows = pandas.DataFrame({"file": ["a", "b"], "take": ["first", "second"]})
            >>> Space(rows, np.eye(2)).why_no_label("take")
            'each of its 2 rows has a value of its own'
        """
        if column not in self.frame.columns:
            return "there is no such column"
        values = self.frame[column].dropna()
        count = values.nunique()
        if column == CLASS and count:
            return ""
        if count < 2:
            return "it has one value only" if count else "it has no value"
        if count >= len(self):
            return f"each of its {count} rows has a value of its own"
        if count > MOST_CLASSES:
            return f"it has {count} values, of which at most {MOST_CLASSES} could be told apart on a map"
        whole = values.dtype.kind != "f" or bool((values % 1 == 0).all())
        return "" if whole else "not all of its numbers are whole ones"

    @property
    def recordings(self) -> IntArray:
        """Recording number of each row, from the column ``recording``, or from ``file`` if that is missing."""
        names = np.where(
            self.has_value("recording"), "recording " + self.column("recording"), "file " + self.column(NAME)
        )
        numbers: IntArray = np.unique(names.astype(str), return_inverse=True)[1]
        return numbers

    def select(self, rows: "IntArray | BoolArray | Sequence[int]") -> "Space":
        """Select utterances; rows are renumbered."""
        chosen = np.asarray(rows)
        chosen = np.flatnonzero(chosen) if chosen.dtype == bool else chosen
        return Space(self.frame.iloc[chosen].reset_index(drop=True), self.embeddings[chosen], notes=self.notes)

    def held_out(self) -> "Space":
        """Select the utterances outside training, if there are both kinds."""
        training = self.column("split") == TRAINING
        return self.select(~training) if training.any() and not training.all() else self


def class_names(values: "pandas.Series[Any]") -> list[str | None]:
    """Return a column's values as names of classes: whole numbers without a decimal point, ``None`` without a value.

    Examples:
        >>> import pandas
        >>> class_names(pandas.Series([1.0, None, 20_000_001.0]))
        ['1', None, '20000001']
    """
    told = zip(values.tolist(), values.notna().tolist(), strict=True)
    return [class_name(value) if there else None for value, there in told]


def class_name(value: Any) -> str:
    """Return one value of a column as the name of a class: a whole number without a decimal point."""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
