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
    parts = {"training": fold.train, "development": fold.development, "test": fold.test}
    speakers = {
        part: sorted({manifest.utterances[index].speaker for index in indices}) for part, indices in parts.items()
    }
    st.dataframe(
        [
            {"part": part, "utterances": len(indices), "speakers": len(speakers[part])}
            for part, indices in parts.items()
        ],
        hide_index=True,
    )
    st.markdown("\n".join(f"- {part}: {plain(', '.join(who)) or 'nobody'}" for part, who in speakers.items()))
    return ChosenSplit(protocol, number)
