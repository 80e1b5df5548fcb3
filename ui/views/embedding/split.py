"""Whose angles are measured, and from where: one split's utterances, and the source of the directions."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from ser_core.types import FloatArray
from ui import cache, state
from ui.views.embedding.known import Known

if TYPE_CHECKING:
    import pandas

    from ser_core.inference import Atlas

PREFERRED = ("test", "development")
SOURCES = {"mean": "class mean", "medoid": "medoid", "head": "weights of the head"}
TOLD = {
    "mean": "the normalised mean of its training utterances",
    "medoid": "that of its training utterances which has the smallest mean angle to the others",
    "head": "the weights of the softmax layer for it",
}


@dataclass(frozen=True)
class Split:
    """The utterances of one split that belong to the model's emotions, and the directions they are measured by.

    Attributes:
        name: of the split.
        key: changes with the model, the rows and the source of the directions.
        source: of the directions, a name in :data:`SOURCES`.
        labels: the classes, ``K`` of them.
        directions: shape ``(K, D)``.
        atlas: all of the model's known utterances.
        rows: those of the split.
        embeddings: of ``rows``, shape ``(B, D)``.
    """

    name: str
    key: str
    source: str
    labels: Sequence[str]
    directions: FloatArray
    atlas: "Atlas"
    rows: "pandas.DataFrame"
    embeddings: FloatArray


def choose_split(known: Known) -> Split:
    """Draw the choice of the split, where there are several, and of the source of the directions.

    Raises:
        InputError: if a class has no such direction.
    """
    left, right = st.columns(2)
    with right:
        source = st.radio(
            "Directions by",
            list(SOURCES),
            key=state.prepared("directions", list(SOURCES)),
            format_func=SOURCES.__getitem__,
            horizontal=True,
        )
        state.remember("directions", source)
    with left:
        name = _choose_name(known)
    labels, directions = cache.directions(known.checkpoint, source)
    chosen = (known.rows["split"] == name).to_numpy() & known.rows["emotion"].isin(list(labels)).to_numpy()
    rows = known.rows.loc[chosen].reset_index(drop=True)
    key = f"matrix|{known.key}|{name}|{source}"
    return Split(name, key, source, labels, directions, known.atlas, rows, known.embeddings[chosen])


def _choose_name(known: Known) -> str:
    splits = list(dict.fromkeys(known.rows["split"]))
    splits.sort(key=lambda split: PREFERRED.index(split) if split in PREFERRED else len(PREFERRED))
    if len(splits) == 1:
        return str(splits[0])
    split: str = st.radio("Split of the diagonal", splits, key=state.prepared("matrix split", splits), horizontal=True)
    state.remember("matrix split", split)
    return split
