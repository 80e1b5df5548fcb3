"""Choose which speakers are learned from and which are kept for the score."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from ser_core.corpora.protocols import PROTOCOLS, make_folds, speaker_overlap
from ui import state
from ui.components.text import plain

if TYPE_CHECKING:
    from ser_core.corpora import Manifest


@dataclass(frozen=True)
class ChosenSplit:
    """A protocol and one of its folds."""

    protocol: str
    fold: int


def choose_split(manifest: "Manifest", *, seed: int) -> ChosenSplit:
    """Draw the chooser, and who ends up where.

    Raises:
        CorpusError: if the corpus has too few speakers for the protocol.
    """
    names = list(PROTOCOLS)
    protocol = st.selectbox(
        "Split",
        names,
        key=state.prepared("protocol", names, "held-out-speakers"),
        format_func=lambda name: PROTOCOLS[name].title,
    )
    state.remember("protocol", protocol)
    chosen = PROTOCOLS[protocol]
    st.caption(plain(chosen.description))
    folds = make_folds(manifest, protocol, seed)
    numbers = [fold.number for fold in folds]
    number = numbers[0]
    if len(numbers) > 1:
        number = st.selectbox("Fold", numbers, key=state.prepared(f"fold of {protocol}", numbers))
        state.remember(f"fold of {protocol}", number)
    fold = folds[numbers.index(number)]
    overlap = speaker_overlap(manifest, fold)
    if overlap:
        st.warning(
            f"{overlap} speakers are in the training part and in the test part. The score then also rewards "
            "knowing the voice; figures with and without this overlap cannot be compared."
        )
    st.dataframe(
        [
            _part("training", manifest, fold.train),
            _part("development", manifest, fold.development),
            _part("test", manifest, fold.test),
        ],
        hide_index=True,
    )
    return ChosenSplit(protocol, number)


def _part(name: str, manifest: "Manifest", indices: tuple[int, ...]) -> dict[str, object]:
    speakers = sorted({manifest.utterances[index].speaker for index in indices})
    return {"part": name, "utterances": len(indices), "speakers": len(speakers), "who": ", ".join(speakers)}
