"""Placing a new recording on the map, with its nearest utterances."""

from typing import TYPE_CHECKING

import numpy as np
import streamlit as st

from ser_core.errors import SerError
from ser_core.geometry.maps import PCA
from ser_core.geometry.neighbours import nearest
from ser_core.plots.style import short
from ser_core.types import FloatArray, IntArray
from ui import cache, state
from ui.components import players, recordings, utterances
from ui.components.point_map import PlacedRecording
from ui.components.projections import MapRequest, keep_only, placed, wait_for_maps
from ui.components.text import plain
from ui.components.verdict import draw_not_speech
from ui.errors import shown_to_visitor
from ui.sound import SoundReference
from ui.views.embedding.map import MapSelection
from ui.views.embedding.selection import NEIGHBOURS, draw_nearest
from ui.views.embedding.utterances import KnownUtterances

if TYPE_CHECKING:
    from ser_core.inference import EmotionPrediction

SWITCH, JOBS = "place a recording", "placing"
MOST_PLACED_AMONG = 20_000  # utterances; UMAP and t-SNE look at all of them again before they place one
LONGEST_NAME = 32


def place_recording(
    known: KnownUtterances, request: MapRequest, points: FloatArray, chosen: MapSelection
) -> tuple[PlacedRecording | None, list[int]]:
    """Draw the switch and, once it is on, the choice of a recording and what is found of it.

    Args:
        known: the utterances.
        request: what the points are.
        points: shape ``(B, 2)`` or ``(B, 3)``.
        chosen: with the map that is drawn.

    Returns:
        The recording on the map, if it can be placed there, and row numbers of the utterances that are heard.

    Raises:
        SerError: if the recording cannot be read.
    """
    if known.from_file:  # no model is there that could hear a recording
        keep_only(JOBS, ())
        return None, []
    asked = st.toggle("Place a recording of mine on this map", key=state.prepared_value(SWITCH, False))
    state.remember(SWITCH, asked)
    if not asked:
        keep_only(JOBS, ())
        return None, []
    bring, found = st.columns(2)
    with bring:
        sound = recordings.choose_sound()
        if sound is None:
            return None, []
        players.play(sound)
    with found, shown_to_visitor():
        reading = cache.reading(known.checkpoint, sound)
        if not reading.speech:
            draw_not_speech(reading, sound)
            return None, []
        mark = _placed(known, request, points, chosen, sound, reading)
        _draw_reading(reading)
        rows, angles = _nearest(known, sound, reading)
        return mark, draw_nearest(known, rows, angles, key=f"nearest to what was placed|{known.key}|{sound.key}")
    return None, []


def _placed(
    known: KnownUtterances,
    request: MapRequest,
    points: FloatArray,
    chosen: MapSelection,
    sound: SoundReference,
    reading: "EmotionPrediction",
) -> PlacedRecording | None:
    if chosen.made is None:
        st.info("The simple map does not show it; its neighbours and angles are exact all the same.")
        return None
    if request.method != PCA and len(known.rows) > MOST_PLACED_AMONG:
        st.info(
            f"With more than {MOST_PLACED_AMONG:,} utterances {request.method} takes minutes to place one: "
            "choose PCA, which places at once. Neighbours and angles are exact all the same."
        )
        return None
    try:
        at = _place(known, request, points, reading.embedding)
    except SerError as error:
        st.warning(f"This map cannot place it. {plain(str(error))}")
        return None
    if at is None:
        return None
    if request.method == PCA:
        st.caption("The ringed cross on the map: exactly where PCA puts it.")
    else:
        st.caption(
            f"The ringed cross on the map: {request.method} places it among its neighbours; the others stay where they "
            "are. How far it is from all others is not seen there: read the angles."
        )
    return PlacedRecording(tuple(chosen.made.drawn_at(at)), short(sound.name, LONGEST_NAME))


def _draw_reading(reading: "EmotionPrediction") -> None:
    closest = reading.nearest_class
    outside = "" if reading.inside_range else " It lies outside the range of every emotion that this model knows."
    st.markdown(f"Nearest direction: **{plain(closest)}**, {reading.angles_degrees[closest]:.1f}°.{outside}")
    for note in reading.notes:
        st.caption(plain(note))


def _nearest(
    known: KnownUtterances, sound: SoundReference, reading: "EmotionPrediction"
) -> tuple[IntArray, FloatArray]:
    rows, angles = nearest(reading.embedding, known.embeddings, min(NEIGHBOURS + 1, len(known.rows)))
    itself = np.array([utterances.is_itself(known.rows.iloc[row], sound, known.atlas) for row in rows[0]])
    if itself.any():
        st.caption("The model knows this very recording: it is left out of its own neighbours.")
    return rows[0][~itself][:NEIGHBOURS], angles[0][~itself][:NEIGHBOURS]


def _place(known: KnownUtterances, request: MapRequest, points: FloatArray, new: FloatArray) -> FloatArray | None:
    """Find the place by PCA at once, by UMAP and t-SNE beside the page; ``None`` until it is found."""
    found: FloatArray
    if request.method == PCA:
        keep_only(JOBS, ())
        found = request.place(new[None, :], known.embeddings, points)[0]
        return found
    job = placed(known.key, request, new[None, :], known.embeddings, points)
    keep_only(JOBS, (job,))
    if job.done():
        found = job.result()[0]
        return found
    wait_for_maps([job], "the place of the recording", on_stop=lambda: state.choose(SWITCH, False))
    return None
