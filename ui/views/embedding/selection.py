"""The utterances that were selected on the map: the one that was pressed with its sound and its neighbours, and all."""

import numpy as np
import streamlit as st

from ser_core.embeddings import handing_on
from ser_core.errors import AudioError
from ser_core.geometry.neighbours import nearest_others
from ser_core.plots.spectrogram import spectrogram_figure
from ui import cache
from ui.components import charts, utterances
from ui.components.text import plain
from ui.sound import Sound
from ui.views.embedding.known import Known
from ui.views.embedding.map import Chosen

NEIGHBOURS = 8


def draw_selection(known: Known, chosen: Chosen) -> None:
    """Draw the selected utterances.

    Raises:
        InputError: if the vector of the pressed utterance has zero length.
    """
    rows = chosen.rows
    pressed = rows[0] if chosen.clicked is None and len(rows) == 1 else chosen.clicked
    if not rows and pressed is None:
        st.markdown("Press a point, or draw a lasso around several, to see and hear them.")
        return
    if len(rows) > 1:
        _draw_table(known, rows)
        _draw_download(known, rows)
    if pressed is not None:
        _draw_utterance(known, pressed)


def table_key(known: Known) -> str:
    """Return the key of the table of selected utterances."""
    return f"selection|{known.key}"


def _draw_table(known: Known, chosen: tuple[int, ...]) -> None:
    rows = known.rows.iloc[list(chosen)].reset_index(drop=True)
    st.markdown(f"**{len(rows)}** utterances. Choose a row to hear it.")
    for number in utterances.table(rows, key=table_key(known), selectable=True, height=300):
        st.markdown(utterances.told(rows.iloc[number]))
        utterances.hear(rows.iloc[number], known.atlas)


def _draw_download(known: Known, chosen: tuple[int, ...]) -> None:
    st.download_button(
        f"Selection ({len(chosen)}), CSV",
        lambda: handing_on.selection_csv(known.space, list(chosen)),
        file_name="selection.csv",
        mime="text/csv",
        key="download|selection.csv",
        on_click="ignore",
        help="File names, and what is told of each utterance.",
    )


def _draw_utterance(known: Known, number: int) -> None:
    row = known.rows.iloc[number]
    with st.container(border=True):
        st.markdown(utterances.told(row))
        st.caption(plain(str(row["file"])))
        utterances.hear(row, known.atlas)
        sound = utterances.sound_of(row, known.atlas)
        if sound is not None:
            _draw_spectrogram(sound)
    if len(known.rows) > 1:
        _draw_neighbours(known, number)


def _draw_spectrogram(sound: Sound) -> None:
    try:
        levels, times, frequencies = cache.spectrogram(sound)
    except AudioError:
        return  # the player has said so
    charts.draw(
        spectrogram_figure(levels, times=times, frequencies=frequencies, pitch=None),
        key="spectrogram of the pressed point",
        alt="Log-mel spectrogram: frequency over time.",
        buttons=False,
    )


def _draw_neighbours(known: Known, number: int) -> None:
    found, angles = nearest_others(known.embeddings, NEIGHBOURS, queries=np.array([number]))
    rows = known.rows.iloc[found[0]].reset_index(drop=True).assign(angle_degrees=angles[0])
    st.markdown(f"**Nearest of the utterances shown**, by angle in all {known.embeddings.shape[1]} dimensions:")
    key = f"{table_key(known)}|neighbours of {number}"
    for place in utterances.table(rows, key=key, selectable=True):
        st.markdown(f"**{angles[0, place]:.1f}°** {utterances.told(rows.iloc[place])}")
        utterances.hear(rows.iloc[place], known.atlas)
