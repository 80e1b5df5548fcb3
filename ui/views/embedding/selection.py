"""Selected utterances of the map, with sound and neighbours of the clicked one."""

import numpy as np
import streamlit as st

from ser_core.embeddings import export
from ser_core.embeddings.space import CLASS
from ser_core.errors import AudioError
from ser_core.geometry.neighbours import nearest_others
from ser_core.plots.spectrogram import spectrogram_figure
from ser_core.types import FloatArray, IntArray
from ui import cache
from ui.components import charts, players, utterances
from ui.components.point_map import PressedPoint
from ui.components.text import plain
from ui.sound import SoundReference
from ui.views.embedding.map import MapSelection
from ui.views.embedding.utterances import KnownUtterances

NEIGHBOURS = 8


def pressed_point(known: KnownUtterances, chosen: MapSelection) -> PressedPoint | None:
    """Find what belongs to the pressed utterance: its neighbours by angle in the whole space, and the sounds.

    Raises:
        InputError: if its vector has zero length.
    """
    number = chosen.rows[0] if chosen.clicked is None and len(chosen.rows) == 1 else chosen.clicked
    if number is None:
        return None
    near: list[int] = []
    degrees: list[float] = []
    if len(known.rows) > 1:
        found, angles = nearest_others(known.embeddings, NEIGHBOURS, queries=np.array([number]))
        near, degrees = found[0].tolist(), angles[0].tolist()
    sounds = {row: utterances.sound_of(known.rows.iloc[row], known.atlas) for row in (number, *near)}
    addresses = {row: players.address(sound) for row, sound in sounds.items() if sound is not None}
    there = {row: address for row, address in addresses.items() if address is not None}
    return PressedPoint(number, tuple(near), tuple(degrees), there)


def draw_selection(known: KnownUtterances, label: str, chosen: MapSelection, pressed: PressedPoint | None) -> list[int]:
    """Draw the selected utterances, and the pressed one with its neighbours.

    Args:
        known: all that are shown.
        label: the column whose values are the classes.
        chosen: on the map.
        pressed: the one that was pressed last, if any.

    Returns:
        Row numbers of those that are heard from a table.
    """
    rows = chosen.rows
    if not rows and pressed is None:
        heard_too = " and hear" if utterances.can_be_heard(known.rows, known.atlas) else ""
        st.markdown(f"Press a point, or draw a lasso around several, to see{heard_too} them.")
        return []
    heard = []
    if len(rows) > 1:
        heard += _draw_table(known, label, rows)
        _draw_download(known, rows)
    if pressed is not None:
        heard += _draw_utterance(known, label, pressed)
    return heard


def table_key(known: KnownUtterances) -> str:
    """Return the key of the table of selected utterances."""
    return f"selection|{known.key}"


def _draw_table(known: KnownUtterances, label: str, chosen: tuple[int, ...]) -> list[int]:
    rows = known.rows.iloc[list(chosen)].reset_index(drop=True)
    hear = "hear it and to " if utterances.can_be_heard(rows, known.atlas) else ""
    st.markdown(f"**{len(rows)}** utterances. Choose a row to {hear}see it ringed on the map.")
    key = table_key(known)
    heard = utterances.table(rows, key=key, label=label, further=known.further, selectable=True, height=300)
    for number in heard:
        st.markdown(utterances.description(rows.iloc[number], label))
        utterances.draw_player(rows.iloc[number], known.atlas)
    return [chosen[number] for number in heard]


def _draw_download(known: KnownUtterances, chosen: tuple[int, ...]) -> None:
    st.download_button(
        f"Selection ({len(chosen)}), CSV",
        lambda: export.selection_csv(known.space, list(chosen)),
        file_name="selection.csv",
        mime="text/csv",
        key="download|selection.csv",
        on_click="ignore",
        help="File names, and the metadata of each utterance.",
    )


def _draw_utterance(known: KnownUtterances, label: str, pressed: PressedPoint) -> list[int]:
    row = known.rows.iloc[pressed.id]
    with st.container(border=True):
        st.markdown(utterances.description(row, label))
        st.caption(plain(str(row["file"])))
        told = utterances.further_told(row, [name for name in known.further if name != label])
        if told:
            st.markdown(told)
        utterances.draw_player(row, known.atlas)
        sound = utterances.sound_of(row, known.atlas)
        if sound is not None:
            _draw_spectrogram(sound)
    if not pressed.neighbours:
        return []
    near, degrees = np.array(pressed.neighbours, dtype=np.int64), np.array(pressed.degrees)
    key = f"{table_key(known)}|neighbours of {pressed.id}"
    return draw_nearest(known, near, degrees, key=key, label=label)


def _draw_spectrogram(sound: SoundReference) -> None:
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


def draw_nearest(
    known: KnownUtterances, found: IntArray, angles: FloatArray, *, key: str, label: str = CLASS
) -> list[int]:
    """Draw utterances that lie nearest to something, each with its angle.

    Args:
        known: all that are shown.
        found: row numbers of the nearest, nearest first.
        angles: in degrees, to each of them.
        key: of the table.
        label: the column whose values are the classes.

    Returns:
        Row numbers of those that are heard.
    """
    rows = known.rows.iloc[found].reset_index(drop=True).assign(angle_degrees=angles)
    st.markdown(f"**Nearest of the utterances shown**, by angle in all {known.embeddings.shape[1]} dimensions:")
    heard = utterances.table(rows, key=key, label=label, further=known.further, selectable=True)
    for place in heard:
        st.markdown(f"**{angles[place]:.1f}°** {utterances.description(rows.iloc[place], label)}")
        utterances.draw_player(rows.iloc[place], known.atlas)
    return [int(found[place]) for place in heard]
