"""Choose which speakers are learned from and which are kept for the score."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from ser_core.corpora.protocols import PROTOCOLS, make_folds, speaker_overlap
from ui import state
from ui.components import tables
from ui.components.corpora import SPLIT
from ui.components.numbers import NumberField
from ui.components.text import plain

if TYPE_CHECKING:
    from ser_core.corpora import Manifest
    from ser_core.corpora.splits import Fold


@dataclass(frozen=True)
class ChosenSplit:
    """A protocol, one of its folds, and who ends up where.

    Attributes:
        protocol: its name.
        fold: who trains, judges and tests.
        seed: of everything random in the run.
    """

    protocol: str
    fold: "Fold"
    seed: int


def choose_split(manifest: "Manifest") -> ChosenSplit:
    """Draw the chooser, and a warning where voices of the test are heard in training.

    Raises:
        CorpusError: if the corpus has too few speakers for the protocol.
        InputError: if the seed is out of range.
    """
    names = list(PROTOCOLS)
    left, middle, right = st.columns([4, 2, 3])
    protocol = left.selectbox(
        "Split",
        names,
        key=state.prepared(SPLIT, names, "held-out-speakers"),
        format_func=lambda name: PROTOCOLS[name].title,
    )
    state.remember(SPLIT, protocol)
    seed_field = NumberField("Seed", 0, 2**31 - 1)
    seed = int(seed_field.checked(seed_field.draw("seed", 0, where=right)))
    folds = {fold.number: fold for fold in make_folds(manifest, protocol, seed)}
    key = state.prepared(f"fold of {protocol}", list(folds))
    number = middle.selectbox("Fold", list(folds), key=key, disabled=len(folds) == 1)
    state.remember(f"fold of {protocol}", number)
    overlap = speaker_overlap(manifest, folds[number])
    if overlap:
        st.warning(
            f"{overlap} speakers are in the training part and in the test part. The score then also rewards "
            "knowing the voice; figures with and without this overlap cannot be compared."
        )
    return ChosenSplit(protocol, folds[number], seed)


def draw_split(manifest: "Manifest", split: ChosenSplit) -> None:
    """Draw who is learned from and who is kept for the score."""
    st.caption(plain(PROTOCOLS[split.protocol].description))
    fold = split.fold
    parts = {"training": fold.train, "development": fold.development, "test": fold.test}
    speakers = {
        part: sorted({manifest.utterances[index].speaker for index in indices}) for part, indices in parts.items()
    }
    tables.show(
        [
            {"part": part, "utterances": len(indices), "speakers": len(speakers[part])}
            for part, indices in parts.items()
        ],
        hide_index=True,
    )
    st.markdown("\n".join(f"- {part}: {plain(', '.join(who)) or 'nobody'}" for part, who in speakers.items()))
