"""What speaks against the answer."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import streamlit as st

from ser_core.inference.doubts import doubts
from ui.components.text import plain

if TYPE_CHECKING:
    from pathlib import Path

    from ser_core.checkpoints import Entry
    from ser_core.inference import EmotionPrediction


def draw_against(
    reading: "EmotionPrediction", entry: "Entry", neighbours: Sequence[str], voice: "Path | None" = None
) -> None:
    """Draw the list.

    Args:
        reading: of the recording.
        entry: the model.
        neighbours: in which emotions the nearest known utterances were spoken.
        voice: file of the voice for which it judges, if any.
    """
    from ser_core.checkpoints.words import outside_in_words

    st.subheader("What speaks against it")
    found = doubts(reading, neighbours)
    if not found:
        st.markdown("Nothing in its angles: no other emotion is near, and its nearest utterances sound alike.")
    for doubt in found:
        st.markdown(f"- {plain(doubt)}")
    told = outside_in_words(entry.card, reading.nearest_class)
    st.caption(plain(told if voice is None else f"For a voice that was not measured; as the model was trained: {told}"))
