"""The known utterances that lie nearest, each with its angle and, where it is on disk, its sound."""

from typing import TYPE_CHECKING

import streamlit as st

from ui.components import utterances
from ui.sound import SoundReference

if TYPE_CHECKING:
    from pathlib import Path

    from ser_core.inference import EmotionPrediction

COUNT = 6
PER_LINE = 3


def draw_neighbours(reading: "EmotionPrediction", sound: SoundReference, checkpoint: "Path") -> None:
    """Draw the nearest known utterances, without the recording itself.

    Args:
        reading: of the recording.
        sound: the recording.
        checkpoint: folder of the model.

    Raises:
        CheckpointError: if the checkpoint's table of known utterances is damaged.
    """
    st.subheader("Nearest known utterances")
    atlas = utterances.known_to(checkpoint)
    if not len(atlas.frame):
        st.markdown("This model ships no known utterances.")
        return
    near = atlas.neighbours(reading.embedding, COUNT + 1)
    itself = [utterances.is_itself(row, sound, atlas) for _, row in near.iterrows()]
    rows = near.loc[[not same for same in itself]].head(COUNT).reset_index(drop=True)
    if any(itself):
        st.caption("The model knows this very recording: it is left out of its own neighbours.")
    if all(utterances.sound_of(row, atlas) is None for _, row in rows.iterrows()):
        utterances.table(rows, key="neighbours")
        st.caption(
            "Their audio was not found: only vectors ship with this model. "
            "Fetch its corpus on the page Train, or open its folder there, to hear them."
        )
        return
    for first in range(0, len(rows), PER_LINE):
        for column, (_, row) in zip(st.columns(PER_LINE), rows.iloc[first : first + PER_LINE].iterrows(), strict=False):
            with column.container(border=True):
                st.markdown(f"**{row['angle_degrees']:.1f}°** {utterances.description(row)}")
                utterances.draw_player(row, atlas)
