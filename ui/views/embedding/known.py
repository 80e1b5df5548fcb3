"""Which of a model's known utterances are looked at: held-out ones, unless training ones are asked for."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from ser_core.errors import CheckpointError
from ser_core.types import FloatArray
from ui import cache, state
from ui.components import utterances
from ui.components.text import plain

if TYPE_CHECKING:
    import pandas

    from ser_core.checkpoints import Entry
    from ser_core.inference import Atlas

TRAINING = "train"
SWITCH = "training utterances"


@dataclass(frozen=True)
class Known:
    """The utterances that a page looks at.

    Attributes:
        checkpoint: folder of the model.
        key: changes whenever other rows are looked at, or the model is written anew.
        atlas: all of the model's known utterances.
        rows: those looked at, numbered from 0.
        embeddings: of ``rows``, shape ``(B, D)``.
    """

    checkpoint: Path
    key: str
    atlas: "Atlas"
    rows: "pandas.DataFrame"
    embeddings: FloatArray


def choose_known(entry: "Entry") -> Known:
    """Draw the switch for training utterances and say which split is shown.

    Raises:
        CheckpointError: if the model ships no utterances.
    """
    atlas = utterances.known_to(entry.path)
    frame = atlas.frame
    if not len(frame):
        raise CheckpointError(
            f"Expected known utterances with the model {entry.name}; it has none. "
            "Choose another model, or train one: its run keeps them."
        )
    training = (frame["split"] == TRAINING).to_numpy()
    with_training = False
    if training.any() and not training.all():
        with_training = st.toggle("Training utterances too", key=state.prepared_value(SWITCH, False))
        state.remember(SWITCH, with_training)
    keep = ~training if not with_training and not training.all() else training | ~training
    rows = frame.loc[keep].reset_index(drop=True)
    counts = "; ".join(
        f"{split}: {len(part)} utterances, speaker {', '.join(sorted(part['speaker'].astype(str).unique()))}"
        for split, part in rows.groupby("split", sort=False)
    )
    st.caption(plain(f"Shown: {counts}."))
    if with_training or training.all():
        st.warning(
            "A map of training data flatters every model: it has been told where these utterances belong. "
            "Only held-out utterances show what it has learned."
        )
    key = f"{entry.name}|{cache.version(entry.path)}|{with_training}"
    return Known(entry.path, key, atlas, rows, atlas.embeddings[keep])
