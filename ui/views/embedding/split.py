"""Choice of the classes, of the split and of the source of the directions."""

import shlex
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import streamlit as st

from ser_core.corpora.folder import first_few
from ser_core.embeddings import library
from ser_core.embeddings.directions import DIRECTIONS as IN_FILES
from ser_core.embeddings.directions import directions_in
from ser_core.embeddings.space import CLASS, TRAINING, WHOLE
from ser_core.types import BoolArray, FloatArray, IntArray
from ui import cache, state
from ui.components import page_top
from ui.components.class_column import NO_LABEL, ask_for_class_column, choose_class_column
from ui.components.text import plain
from ui.views.embedding.cell import choose_cell
from ui.views.embedding.utterances import KnownUtterances

if TYPE_CHECKING:
    import pandas

    from ser_core.inference import Atlas

SPLIT, DIRECTIONS = "matrix split", "directions"  # names of the choices
PREFERRED = ("test", "development")
MOST_CLASSES = 30  # whose angles can be read in one matrix
SOURCES = {"mean": "class mean", "medoid": "medoid", "head": "weights of the head"}
_TOLD = {
    "mean": "the normalised mean of its {utterances}",
    "medoid": "that of its {utterances} which has the smallest mean angle to the others",
    "head": "the weights of the softmax layer for it",
}


@dataclass(frozen=True)
class SplitUtterances:
    """The utterances of one split that belong to the classes, and the directions they are measured by.

    Attributes:
        name: of the split.
        key: changes with the model, the rows and the source of the directions.
        source: of the directions, a name in :data:`SOURCES`.
        labels: the classes, ``K`` of them.
        directions: shape ``(K, D)``.
        known: all that are shown, with the classes in the column ``emotion``.
        rows: those of the split.
        embeddings: of ``rows``, shape ``(B, D)``.
        numbers: of ``rows`` among all that are shown, shape ``(B,)``.
    """

    name: str
    key: str
    source: str
    labels: Sequence[str]
    directions: FloatArray
    known: KnownUtterances
    rows: "pandas.DataFrame"
    embeddings: FloatArray
    numbers: IntArray

    @property
    def atlas(self) -> "Atlas":
        """All of the known utterances, shown or not."""
        return self.known.atlas

    @property
    def from_file(self) -> bool:
        """Whether they are vectors from elsewhere, without a model."""
        return self.known.from_file

    @property
    def has_training(self) -> bool:
        """Whether some of the known utterances are training ones."""
        return bool((self.atlas.column("split") == TRAINING).any())

    @property
    def spoken(self) -> str:
        """What the utterances of the split are called."""
        return "utterances" if self.name == WHOLE else f"{self.name} utterances"

    @property
    def learned(self) -> BoolArray:
        """Utterances that define the directions: training ones, all if a file has none, or nobody."""
        if self.source == "head" or not (self.has_training or self.from_file):
            return np.zeros(len(self.atlas), dtype=bool)
        of_classes: BoolArray = np.isin(self.atlas.column("emotion"), list(self.labels))
        return of_classes & (self.atlas.column("split") == TRAINING) if self.has_training else of_classes

    @property
    def tells_directions(self) -> bool:
        """Whether the utterances of the split define the directions."""
        return self.name == (TRAINING if self.has_training else WHOLE)

    @property
    def explanation(self) -> str:
        """What a class's direction is, in words."""
        training = self.has_training or not self.from_file
        return _TOLD[self.source].format(utterances="training utterances" if training else "utterances")


def choose_split(known: KnownUtterances) -> SplitUtterances | None:
    """Draw the choice of the classes and of the split, where there are several, and of the source of the directions.

    Returns:
        The utterances; ``None`` if no column can be the classes, or none is the label yet.

    Raises:
        InputError: if a class has no such direction.
    """
    columns, usual = known.space.labels, usual_label(known)
    label = choose_class_column(label_of(known), columns, usual, "of the angle matrix")
    if not label:
        return None
    known = known.classed_by(label)
    name = _choose_name(known)
    sources = sources_of(known)
    source = _choose_among("Directions by", DIRECTIONS, sources)
    if known.label == CLASS:
        labels, directions = cache.directions(known.checkpoint, source)
    else:
        labels, directions = _directions(known.key, source, known.atlas)
    of_split = (known.rows["split"] == name).to_numpy()
    chosen = of_split & known.rows["emotion"].isin(list(labels)).to_numpy()
    strange = sorted({str(label) for label in known.rows.loc[of_split & ~chosen, "emotion"].dropna()})
    if strange:
        st.caption(
            f"{int((of_split & ~chosen).sum())} utterances are left out of the angles: no training utterance gives "
            f"a direction for {plain(first_few(strange, MOST_CLASSES))}."
        )
    key = f"matrix|{known.key}|{name}|{source}"
    numbers = _choose_classes(known, labels, known.rows.loc[chosen, "emotion"])
    if len(numbers) < len(labels):
        labels, directions = tuple(labels[number] for number in numbers), directions[numbers]
        chosen &= known.rows["emotion"].isin(list(labels)).to_numpy()
        key += f"|{numbers}"
    choose_cell(labels)
    rows = known.rows.loc[chosen].reset_index(drop=True)
    return SplitUtterances(
        name,
        key,
        source,
        labels,
        directions,
        known,
        rows,
        known.embeddings[chosen],
        np.flatnonzero(chosen),
    )


def label_of(known: KnownUtterances) -> str:
    """Name the choice of the column whose values are the classes."""
    return f"classes of {known.name} by"


def usual_label(known: KnownUtterances) -> str:
    """Return the column that gives the classes without a choice: the file's label, or the emotions; empty without."""
    columns = known.space.labels
    return next((name for name in (_given_label(known), CLASS) if name in columns), NO_LABEL)


def _given_label(known: KnownUtterances) -> str:
    """Return the column that was chosen as the label when the file was opened; empty if none was, or there is none."""
    given = library.label_of(known.checkpoint) if known.from_file else ""
    return given if given in known.rows.columns else ""


def ask_for_label(known: KnownUtterances) -> None:
    """Ask, in the place of the matrix, which column gives the classes, if there are some to choose from."""
    given = _given_label(known)
    reason = known.space.why_no_label(given) if given else ""
    why = f"**{plain(given)}** gives no classes: {reason}." if reason else ""
    ask_for_class_column(label_of(known), known.space.labels, known.key, why)


def _choose_classes(known: KnownUtterances, labels: Sequence[str], told: "pandas.Series[Any]") -> list[int]:
    """Draw the choice of classes where there are more than a matrix can show; returns their numbers, in order."""
    if len(labels) <= MOST_CLASSES:
        return list(range(len(labels)))
    counts = told.value_counts()
    most = sorted(labels, key=lambda label: -int(counts.get(label, 0)))[:MOST_CLASSES]
    name = f"classes of {known.checkpoint.name}"
    chosen = st.multiselect(
        f"Classes, at most {MOST_CLASSES} of {len(labels)}",
        labels,
        key=state.prepared_several(name, labels, most),
        max_selections=MOST_CLASSES,
        help="Those with the most utterances at first. Angles and intervals below are of these; the map shows all.",
    )
    state.remember(name, tuple(chosen))
    st.caption(
        f"Angles of {len(chosen) or len(most)} of the {len(labels)} classes"
        + ("" if chosen and set(chosen) != set(most) else ", those with the most utterances")
        + f". All of them: `python -m ser_core angles{_with_label(known.label)}`."
    )
    wanted = set(chosen or most)
    return [number for number, label in enumerate(labels) if label in wanted]


def _with_label(label: str) -> str:
    """Return the option that names the column of the classes to a command; empty where the name is no code."""
    return "" if label == CLASS or "`" in label else f" --label {shlex.quote(label)}"


def sources_of(known: KnownUtterances) -> list[str]:
    """List what the directions can come from; only the emotions of a model have a head."""
    headless = known.from_file or known.label != CLASS
    return [name for name in SOURCES if name in IN_FILES] if headless else list(SOURCES)


@st.cache_data(max_entries=16, show_spinner=False)
def _directions(key: str, source: str, _atlas: "Atlas") -> tuple[tuple[str, ...], FloatArray]:
    return directions_in(_atlas, source)


def _choose_name(known: KnownUtterances) -> str:
    splits = list(dict.fromkeys(known.rows["split"]))
    splits.sort(key=lambda split: PREFERRED.index(split) if split in PREFERRED else len(PREFERRED))
    return str(splits[0]) if len(splits) == 1 else _choose_among("Split of the diagonal", SPLIT, splits)


def _choose_among(label: str, name: str, options: list[str]) -> str:
    """Draw a choice for experts; for others what was chosen or restored holds, and the first option otherwise."""
    if not page_top.experts():
        held = state.recall(name)
        return held if held in options else options[0]
    key = state.prepared(name, options)
    chosen: str = st.radio(label, options, key=key, format_func=lambda one: SOURCES.get(one, one), horizontal=True)
    state.remember(name, chosen)
    return chosen
