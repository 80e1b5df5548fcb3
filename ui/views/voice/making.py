"""The voice that the clips make, what it changes, and the name under which it is kept."""

from typing import TYPE_CHECKING

import numpy as np
import streamlit as st

from ser_core.errors import SerError
from ser_core.geometry.angles import unit
from ser_core.inference.own_voice import make_voice
from ser_core.voices import UNLABELLED, VoiceClip, alike_text, deciding, mixed_share
from ser_core.voices.one_person import likeness, two_people_text
from ui import cache
from ui.components import voice_keeping
from ui.components.cross_corpus import draw_worth
from ui.components.text import plain
from ui.sound import SoundReference
from ui.views.voice.changes import draw_changes
from ui.views.voice.saved import set_notice
from ui.views.voice.uploads import UploadedClip

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

    from ser_core.checkpoints import Entry

UNNAMED = "this voice"
FEW = 3


def draw_voice(entry: "Entry", clips: list[UploadedClip], method: str, picture: "DeltaGenerator") -> None:
    """Draw what the clips change, and the field for a name.

    Args:
        entry: the model.
        clips: as the visitor gives them, at least one.
        method: a name in :data:`ser_core.voices.METHODS`.
        picture: the place of the picture, above where clips are given.

    Raises:
        SerError: if no voice can be made of these clips for this model.
    """
    heard = _heard(entry, clips)
    if not heard:
        return
    reader = cache.reader(entry.path)
    voice = make_voice(reader, UNNAMED, method, [clip for clip, _ in heard])
    with picture:
        draw_changes(reader, voice, [sound for _, sound in heard], cache.dial_classes(entry.path))
        draw_worth(entry.card)
    doubt = two_people_text(
        likeness(np.stack([cache.voice_vector(sound) for _, sound in heard])), [clip.name for clip, _ in heard]
    )
    if doubt:
        st.warning(plain(doubt))
    alike = alike_text(mixed_share(reader.checkpoint, unit(voice.embeddings))) if method == UNLABELLED else ""
    if alike:
        st.info(alike)
    made_from = len(deciding(voice))
    if made_from < FEW and not alike:
        few = "One clip decides here, and is" if made_from == 1 else f"{made_from} clips decide here, and are"
        st.info(f"{few} believed less than more would be: {FEW} to 5 tell more.")
    told = voice_keeping.draw(entry, voice, button="Keep this voice")
    if told is not None:
        set_notice(told)
        st.rerun()


def _heard(entry: "Entry", clips: list[UploadedClip]) -> list[tuple[VoiceClip, SoundReference]]:
    """Judge each clip without correction; report its limits, and leave out unusable ones."""
    heard = []
    for one in clips:
        try:
            reading = cache.reading(entry.path, one.sound)
        except SerError as error:
            st.error(plain(f"Left out: {error}"))
            continue
        if not reading.speech:
            st.error(plain(f"Left out: {reading.notes[0]}"))
            continue
        for note in reading.notes:
            st.warning(plain(f"{one.sound.name}: {note}"))
        clip = VoiceClip(one.sound.name, one.emotion, reading.duration_seconds, reading.embedding)
        heard.append((clip, one.sound))
    return heard
