"""The place of a recording on the map of what the model knows, and the utterances that lie nearest."""

from typing import TYPE_CHECKING

import streamlit as st

from ser_core.errors import SerError
from ui import cache
from ui.components import glossary, point_map, simple_map, utterances
from ui.components.point_map import PlacedRecording
from ui.components.text import plain
from ui.sound import SoundReference

if TYPE_CHECKING:
    from pathlib import Path

    import pandas

    from ser_core.inference import Atlas, EmotionPrediction

COUNT = 6
NO_SOUND = (
    "Their audio was not found: only [[embeddings|embedding]] ship with this model. "
    "Fetch its [[corpus]] on the page Train, or open its folder there, to hear them."
)


def draw_neighbours(reading: "EmotionPrediction", sound: SoundReference, checkpoint: "Path") -> list[str]:
    """Draw the map and the nearest known utterances, without the recording itself.

    Args:
        reading: of the recording.
        sound: the recording.
        checkpoint: folder of the model.

    Returns:
        In which emotions the nearest utterances were spoken.

    Raises:
        CheckpointError: if the checkpoint's table of known utterances is damaged.
    """
    st.subheader("Nearest known utterances")
    atlas = utterances.known_to(checkpoint)
    if not len(atlas.frame):
        st.markdown("This model ships no known utterances.")
        return []
    near = atlas.neighbours(reading.embedding, COUNT + 1)
    itself = [utterances.is_itself(row, sound, atlas) for _, row in near.iterrows()]
    rows = near.loc[[not same for same in itself]].head(COUNT)
    where, which = st.columns([3, 2])
    with where:
        pressed = _draw_map(reading, checkpoint, rows, heard=utterances.can_be_heard(rows, atlas))
    with which:
        if pressed is not None:
            row = atlas.frame.iloc[pressed]
            st.markdown(f"Pressed: {utterances.description(row)}")
            if utterances.sound_of(row, atlas) is not None:  # else the list below says what to do
                utterances.draw_player(row, atlas)
        if any(itself):
            st.caption("The model knows this very recording: it is left out of its own neighbours.")
        _draw_list(rows.reset_index(drop=True), atlas)
    return [str(emotion) for emotion in rows["emotion"]]


def _draw_map(reading: "EmotionPrediction", checkpoint: "Path", rows: "pandas.DataFrame", *, heard: bool) -> int | None:
    """Draw the map; returns the row of the utterance that was pressed, if any."""
    if simple_map.is_wanted():
        st.caption("This browser draws no map. The nearest utterances and their angles are exact all the same.")
        return None
    try:
        known = cache.known_map(checkpoint)
    except SerError as error:
        st.caption(plain(str(error)))
        return None
    answer = point_map.draw(known.made, key=known.space)
    if answer.missing:
        simple_map.fall_back()
    at = known.made.drawn_at(known.places.place(reading.embedding[None])[0])
    point_map.mark(
        space=known.space,
        view=known.space,
        ringed=[int(row) for row in rows.index],
        placed=PlacedRecording(tuple(at), "this recording"),
    )
    glossary.caption(
        "The ringed cross is this recording, rings are its nearest [[utterances|utterance]]. "
        f"Press a point to {'hear it' if heard else 'see whose it is'}."
    )
    return answer.clicked


def _draw_list(rows: "pandas.DataFrame", atlas: "Atlas") -> None:
    if not utterances.can_be_heard(rows, atlas):
        utterances.table(rows, key="neighbours")
        glossary.caption(NO_SOUND)
        return
    for _, row in rows.iterrows():
        st.markdown(f"**{row['angle_degrees']:.1f}°** {utterances.description(row)}")
        utterances.draw_player(row, atlas)
