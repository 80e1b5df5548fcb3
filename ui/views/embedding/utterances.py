"""Choice of the known utterances: held-out ones, or all."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import streamlit as st

from ser_core.embeddings import Space
from ser_core.embeddings.space import CLASS, NAME, TRAINING, VECTOR, class_names
from ser_core.errors import CheckpointError
from ser_core.geometry.maps import MapRequest
from ser_core.types import FloatArray
from ui import cache, state
from ui.components import checkpoint_choice, utterances
from ui.components.text import plain
from ui.components.utterances import NOT_GIVEN

if TYPE_CHECKING:
    import pandas

    from ser_core.checkpoints import Entry
    from ser_core.inference import Atlas

SWITCH = "training utterances"


@dataclass(frozen=True)
class KnownUtterances:
    """Utterances shown on the page.

    Attributes:
        checkpoint: folder of the model, or the file of vectors from elsewhere.
        name: of either, as it is chosen.
        training: whether training utterances were asked for too.
        key: changes whenever other rows are looked at, or the model or file is written again.
        atlas: all of the known utterances.
        rows: those looked at, numbered from 0.
        embeddings: of ``rows``, shape ``(B, D)``.
        label: the column whose values are the classes, also found in the column ``emotion``.
    """

    checkpoint: Path
    name: str
    training: bool
    key: str
    atlas: "Atlas"
    rows: "pandas.DataFrame"
    embeddings: FloatArray
    label: str = CLASS

    def classed_by(self, column: str) -> "KnownUtterances":
        """Return the same utterances with the values of another column as their classes."""
        if column == CLASS:
            return self
        rows = self.rows.assign(emotion=np.array(class_names(self._given(column)), dtype=object))
        key = f"{self.key}|classes by {column}"
        return replace(self, key=key, atlas=self.atlas.classed_by(column), rows=rows, label=column)

    @property
    def flatters(self) -> bool:
        """Whether training utterances are among those shown."""
        return bool((self.rows["split"] == TRAINING).any())

    @property
    def from_file(self) -> bool:
        """Whether they are vectors from elsewhere, without a model."""
        return self.checkpoint.is_file()

    @property
    def further(self) -> tuple[str, ...]:
        """Columns of a file from elsewhere that one line about an utterance does not tell."""
        usual = {*utterances.HEARD, "text", "sentence", "split", NAME, VECTOR}
        return tuple(str(name) for name in self.atlas.frame.columns if self.from_file and name not in usual)

    @property
    def space(self) -> Space:
        """Space of the shown utterances, which has no value where none was given."""
        told = [name for name in self.rows.columns if name in self.atlas.frame.columns]
        rows = self.rows[told].assign(**{name: self._given(name) for name in told if name in NOT_GIVEN})
        return Space(rows, self.embeddings, notes=self.atlas.notes)

    def _given(self, column: str) -> "pandas.Series[Any]":
        values = self.rows[column]
        return values.where(values != NOT_GIVEN[column], None) if column in NOT_GIVEN else values

    def coloured_by(self, label: str) -> "pandas.DataFrame":
        """Return the rows as a map takes them: without the speaker column if it is empty, with classes as texts.

        ``label`` is the column of the classes, empty where there are none: of numbers, too, each has a colour.
        """
        rows = self.rows if self.atlas.has_value("speaker").any() else self.rows.drop(columns="speaker")
        if label not in rows or rows[label].dtype.kind != "f":
            return rows
        return rows.assign(**{label: np.array(class_names(rows[label]), dtype=object)})


def choose_utterances(entry: "Entry") -> KnownUtterances:
    """Draw the switch for training utterances of a model and say which split is shown.

    Raises:
        CheckpointError: if the model ships no utterances.
    """
    atlas = utterances.known_to(entry.path)
    if not len(atlas):
        raise CheckpointError(
            f"Expected known utterances with the model {entry.name}; it has none. "
            "Choose another model, or train one: its run keeps them."
        )
    return choose_rows(entry.path, entry.name, atlas)


def choose_rows(path: Path, name: str, atlas: "Atlas") -> KnownUtterances:
    """Draw the switch for training utterances and say which split is shown.

    Args:
        path: folder of the model, or the file of vectors from elsewhere.
        name: of either.
        atlas: with at least one row.
    """
    frame = atlas.frame.assign(
        **{
            column: np.where(atlas.has_value(column), atlas.column(column), text).astype(object)
            for column, text in NOT_GIVEN.items()
        }
    )
    training = (frame["split"] == TRAINING).to_numpy(dtype=bool)
    with_training = False
    if training.any() and not training.all():
        with_training = st.toggle("Training utterances too", key=state.prepared_value(SWITCH, False))
        state.remember(SWITCH, with_training)
    keep = ~training if not with_training and not training.all() else training | ~training
    rows = frame.loc[keep].reset_index(drop=True)
    counts = "; ".join(
        f"{split}: {len(part)} utterances{_speakers(part)}"
        for split, part in rows.groupby("split", sort=False, dropna=False)
    )
    st.caption(plain(f"Shown: {counts}."))
    key = f"{'file ' if path.is_file() else ''}{name}|{cache.version(path)}|{with_training}"
    return KnownUtterances(path, name, with_training, key, atlas, rows, atlas.embeddings[keep])


def in_words(known: KnownUtterances, request: MapRequest) -> str:
    """Say in one line what is looked at."""
    entries = () if known.from_file else cache.checkpoints()
    titles = [checkpoint_choice.title(entry) for entry in entries if entry.path == known.checkpoint]
    return f"{titles[0] if titles else known.name} · {len(known.rows)} utterances · {request.method}"


def _speakers(part: "pandas.DataFrame") -> str:
    names = sorted({str(name) for name in part["speaker"].dropna()} - {NOT_GIVEN["speaker"]})
    if not names:
        return ""
    return f", speaker {', '.join(names)}" if len(names) <= 24 else f", {len(names)} speakers"
