"""Uploaded or recorded clips, in memory until removed or the visitor leaves."""

from dataclasses import dataclass

import streamlit as st

from ser_core.voices import NEUTRAL
from ui import cache, state
from ui.components import decoder, players
from ui.components.stored import UNTIL
from ui.components.text import plain
from ui.components.uploads import UPLOADED
from ui.sound import SoundReference

CLIPS = "clips of one's own voice"


@dataclass(frozen=True)
class UploadedClip:
    """A clip and the emotion in which it was spoken."""

    sound: SoundReference
    emotion: str


def choose_uploads(labels: tuple[str, ...]) -> list[UploadedClip]:
    """Draw the uploader, and each clip with its emotion.

    Args:
        labels: emotions that the model knows.
    """
    taken = state.recall(f"{CLIPS} taken", 0)
    upload, record = f"upload {taken} of {CLIPS}", f"recording {taken} of {CLIPS}"
    st.file_uploader(
        "Recordings of your voice",
        type=list(UPLOADED),
        accept_multiple_files=True,
        key=state.key_of(upload),
        on_change=_take,
        args=(upload,),
        help="A sentence of a few seconds each, as you usually speak. They are stored in the memory of the computer "
        f"that runs the app, {UNTIL}; a voice that is made of them keeps what the model heard, not the sound.",
    )
    st.audio_input("Or say a sentence now", key=state.key_of(record), on_change=_take, args=(record,))
    sounds: tuple[SoundReference, ...] = state.recall(CLIPS, ())
    drawn = [_drawn(sound, labels) for sound in sounds]
    return [one for one in drawn if one is not None]


def _drawn(sound: SoundReference, labels: tuple[str, ...]) -> UploadedClip | None:
    with st.container(border=True):
        name, spoken, away = st.columns([3, 2, 1], vertical_alignment="bottom")
        with name:
            st.markdown(plain(sound.name))
            read = decoder.readable(sound, lambda decoded: _replace(sound.key, decoded))
            if read is not None:
                players.play(read)
        choice = f"emotion of {sound.key}"
        emotion = spoken.selectbox("Spoken as", labels, key=state.prepared(choice, labels, NEUTRAL))
        state.remember(choice, emotion)
        away.button("Remove", key=f"remove|{sound.key}", on_click=_remove, args=(sound.key,))
    return None if read is None else UploadedClip(read, emotion)


def _take(name: str) -> None:
    value = state.widget_value(name)
    files = value if isinstance(value, list) else [value] if value is not None else []
    sounds: tuple[SoundReference, ...] = state.recall(CLIPS, ())
    taken = state.recall(f"{CLIPS} taken", 0) + 1
    for file in files:
        content = file.getvalue()
        key = cache.digest(content)
        called = file.name if isinstance(value, list) else f"recording {taken}"
        if key not in {sound.key for sound in sounds}:  # the same file twice says nothing more
            sounds = (*sounds, SoundReference(key=key, name=called, content=content))
    state.remember(CLIPS, sounds)
    state.remember(f"{CLIPS} taken", taken)


def _replace(key: str, decoded: SoundReference) -> None:
    sounds: tuple[SoundReference, ...] = state.recall(CLIPS, ())
    state.remember(CLIPS, tuple(decoded if sound.key == key else sound for sound in sounds))


def _remove(key: str) -> None:
    state.remember(CLIPS, tuple(sound for sound in state.recall(CLIPS, ()) if sound.key != key))
