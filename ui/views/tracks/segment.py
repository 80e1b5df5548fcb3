"""One segment: hear it, and read it as one piece."""

import dataclasses
from typing import TYPE_CHECKING

import streamlit as st

from ser_core.audio.signal import SHORTEST
from ser_core.tracks.segments import SILENCE
from ser_core.tracks.track import clock
from ui import cache
from ui.components import folded, players
from ui.components.listening import listen_to
from ui.components.verdict import draw_dial, draw_measures, draw_not_speech, draw_notes, draw_verdict
from ui.sound import SoundReference

if TYPE_CHECKING:
    from pathlib import Path

    from ser_core.checkpoints import Entry
    from ser_core.tracks import Track


def draw_segment(
    track: "Track", number: int, sound: SoundReference, entry: "Entry", voice: "Path | None" = None
) -> None:
    """Play a segment and draw its reading.

    Raises:
        AudioError: if it cannot be judged alone.
    """
    one = track.segments[number]
    place = f"{clock(one.start, tenths=True)} to {clock(one.end, tenths=True)}"
    part = dataclasses.replace(
        sound, key=f"{sound.key}|{one.start}|{one.end}", name=f"{sound.name}, {place}", start=one.start, end=one.end
    )
    st.header(f"Segment {place}: {one.label}")
    if one.seconds >= SHORTEST:
        players.play(part)
    if one.label == SILENCE:
        st.caption("Nobody speaks here.")
        return
    reading = cache.reading(entry.path, part, voice)
    if not reading.speech:
        draw_not_speech(reading, part)
        return
    windows = f"{len(one.windows)} window{'' if len(one.windows) == 1 else 's'}"
    st.caption(f"{one.seconds:.1f} s, read here as one piece; the track above comes from {windows}.")
    draw_verdict(reading, part, entry, voice, is_part=True)
    draw_dial(reading, entry, key="dial of a segment")
    draw_notes(reading, part)
    measures = folded.expander("measures of a segment", "Probabilities and angles of this segment")
    if measures.open:
        with measures:
            draw_measures(reading, part, None, entry, voice)
    if st.button("Open on the page Listen →"):
        listen_to(part)
