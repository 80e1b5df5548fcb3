"""Picture of the track; a clicked segment is selected."""

from typing import TYPE_CHECKING

import streamlit as st

from ser_core.plots.track import track_figure
from ser_core.tracks.track import clock
from ui import cache, state
from ui.components import charts
from ui.components.text import plain

if TYPE_CHECKING:
    from ser_core.tracks import Track

SEGMENT, PRESSED = "segment", "segment that was pressed"


def draw_track(track: "Track") -> int:
    """Draw the emotions over time, and the choice of a segment.

    Returns:
        Number of the segment that is looked at.
    """
    st.header("Emotion over time")
    for note in track.notes:
        st.warning(plain(note))
    spoken = float(track.speech_by_minute.sum())
    st.caption(
        f"{plain(track.name)}: {clock(track.duration_seconds)}, {clock(spoken)} of it speech, "
        f"{len(track.windows)} windows of up to {track.settings.window_seconds:g} s."
    )
    key = f"track|{cache.digest(repr((track.name, track.checkpoint, track.settings, track.segments)).encode())[:16]}"
    pressed = state.selected_points(key)
    if pressed and (key, pressed[0]) != state.recall(PRESSED):
        state.remember(PRESSED, (key, pressed[0]))
        state.choose(SEGMENT, int(pressed[0][0]))
    picture = st.container()
    numbers = list(range(len(track.segments)))
    first_spoken = next((number for number in numbers if track.segments[number].label in track.answers), 0)
    chosen: int = st.selectbox(
        "Segment",
        numbers,
        key=state.prepared(SEGMENT, numbers, first_spoken),
        format_func=lambda number: _title(track, number),
        help="Or press one in the lanes above.",
    )
    state.remember(SEGMENT, chosen)
    with picture:
        charts.draw_to_select(
            track_figure(track, chosen=chosen),
            key=key,
            alt=f"Emotion over time: the outline of the sound, {len(track.segments)} segments in lanes, probabilities.",
        )
        st.caption(
            "Above: the sound. Middle: a lane per answer; hatched: none of these, outside every emotion's range. "
            "Below: the probabilities of the windows. Press a segment to hear it; the buttons above the picture look "
            "closer, dragging moves it."
        )
    return chosen


def _title(track: "Track", number: int) -> str:
    one = track.segments[number]
    return f"{clock(one.start, tenths=True)} to {clock(one.end, tenths=True)} · {one.label}"
