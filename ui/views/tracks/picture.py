"""Picture of the track: it plays where it is pressed, and its segment there is chosen."""

import dataclasses
from bisect import bisect_right
from typing import TYPE_CHECKING

import streamlit as st

from ser_core.plots.track import track_figure
from ser_core.tracks.summary import summary
from ser_core.tracks.track import clock
from ser_core.types import Seconds
from ui import cache, state
from ui.components import charts, players, track_view
from ui.components.text import plain
from ui.sound import SoundReference

if TYPE_CHECKING:
    from ser_core.tracks import Track

SEGMENT, PRESSED = "segment", "moment that was pressed"
PART: Seconds = 600.0  # that the browser holds: twenty megabytes of sound before they are packed


def draw_track(track: "Track", sound: SoundReference) -> int:
    """Draw the emotions over time with their sound, the sentence that sums them up, and the choice of a segment.

    Returns:
        Number of the segment that is looked at.
    """
    identity = _identity(track, sound)
    key = f"track|{identity}"
    moment = track_view.checked(state.component_value(key, "answer"), track, identity)
    if moment is not None and (identity, moment) != state.recall(PRESSED):
        state.remember(PRESSED, (identity, moment))
        state.choose(SEGMENT, segment_at(track, moment))
    picture = st.container()
    numbers = list(range(len(track.segments)))
    first_spoken = next((number for number in numbers if track.segments[number].label in track.answers), 0)
    spoken = float(track.speech_by_minute.sum())
    st.markdown(f"**{plain(summary(track))}** {clock(track.duration_seconds)} long, {clock(spoken)} of it speech.")
    for note in track.notes:
        st.warning(plain(note))
    chosen: int = st.selectbox(
        "Segment",
        numbers,
        key=state.prepared(SEGMENT, numbers, first_spoken),
        format_func=lambda number: _title(track, number),
        help="Or press one in the picture.",
    )
    state.remember(SEGMENT, chosen)
    place = track.segments[chosen].start if moment is None or segment_at(track, moment) != chosen else moment
    with picture:
        track_view.draw(track, _part(sound, track.duration_seconds, place), chosen, identity=identity, key=key)
    return chosen


def segment_at(track: "Track", moment: Seconds) -> int:
    """Return the number of the segment in which a moment lies; the last one at the recording's end."""
    starts = [one.start for one in track.segments]
    return max(0, bisect_right(starts, moment) - 1)


def draw_windows(track: "Track", chosen: int) -> None:
    """Draw every window's probabilities, for experts."""
    st.header("Window by window")
    charts.draw(
        track_figure(track, chosen=chosen),
        key="windows of the track",
        alt=f"Emotion over time: the outline of the sound, {len(track.segments)} segments in lanes, probabilities.",
    )
    st.caption(
        f"{len(track.windows)} windows of up to {track.settings.window_seconds:g} s. Above: the sound. Middle: a lane "
        "per answer; hatched: none of these, outside every emotion's range. Below: the probabilities of the windows."
    )


def _identity(track: "Track", sound: SoundReference) -> str:
    described = (sound.key, track.name, track.checkpoint, track.settings, track.segments)
    return cache.digest(repr(described).encode())[:16]


def _part(sound: SoundReference, duration: Seconds, moment: Seconds) -> track_view.SoundPart:
    """Return the part of the sound around a moment; a recording that is not longer than a part is all of it."""
    if duration <= PART:
        return track_view.SoundPart(0.0, duration, players.address(sound))
    start = min(moment, duration - 1) // PART * PART
    end = min(duration, start + PART)
    part = dataclasses.replace(sound, key=f"{sound.key}|{start}|{end}", start=start, end=end)
    return track_view.SoundPart(start, end, players.address(part))


def _title(track: "Track", number: int) -> str:
    one = track.segments[number]
    return f"{clock(one.start, tenths=True)} to {clock(one.end, tenths=True)} · {one.label}"
