"""Uploaded or recorded clips, in memory until removed or the visitor leaves."""

import functools
from dataclasses import dataclass

import streamlit as st

from ser_core.voices import NEUTRAL, NOT_STATED, UNLABELLED
from ui import cache, state
from ui.components import decoder, players
from ui.components.stored import UNTIL
from ui.components.text import plain
from ui.components.uploads import UPLOADED
from ui.sound import SoundReference

CLIPS = "clips of one's own voice"
SOURCE, OWN = "source of one's own voice", "Spoken here, or uploaded"


@dataclass(frozen=True)
class UploadedClip:
    """A clip and the emotion in which it was spoken, if it is stated."""

    sound: SoundReference
    emotion: str | None


def draw_microphone() -> None:
    """Draw the recorder; what it records is a clip, and own clips are chosen then."""
    record = f"recording {_taken()} of {CLIPS}"
    st.audio_input("Say a sentence now", key=state.key_of(record), on_change=_take, args=(record,))


def draw_uploader() -> None:
    """Draw where files are brought."""
    upload = f"upload {_taken()} of {CLIPS}"
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


def brought(labels: tuple[str, ...], method: str) -> list[UploadedClip]:
    """Draw each clip with its emotion, and return those that can be read.

    Args:
        labels: emotions that the model knows.
        method: in which emotions need not be told, or are neutral unless they are.
    """
    sounds: tuple[SoundReference, ...] = state.recall(CLIPS, ())
    if not sounds:
        return []
    # Not in the box, which may be closed while the browser decodes.
    read = [decoder.readable(sound, functools.partial(_replace, sound.key)) for sound in sounds]
    with st.expander(f"Your clips ({len(sounds)}): hear them, say how each was spoken, remove one"):
        emotions = [_draw_clip(*one, labels, method) for one in zip(sounds, read, strict=True)]
    return [UploadedClip(one, emotion) for one, emotion in zip(read, emotions, strict=True) if one is not None]


def _draw_clip(sound: SoundReference, read: SoundReference | None, labels: tuple[str, ...], method: str) -> str | None:
    with st.container(border=True):
        name, spoken, away = st.columns([3, 2, 1], vertical_alignment="bottom")
        with name:
            st.markdown(plain(sound.name))
            if read is not None:
                players.play(read)
        untold = method == UNLABELLED
        choice = f"{'emotion, if told,' if untold else 'emotion'} of {sound.key}"
        options = (NOT_STATED, *labels) if untold else labels
        key = state.prepared(choice, options, NOT_STATED if untold else NEUTRAL)
        emotion: str = spoken.selectbox("Spoken as", options, key=key)
        state.remember(choice, emotion)
        away.button("Remove", key=f"remove|{sound.key}", on_click=_remove, args=(sound.key,))
    return None if emotion == NOT_STATED else emotion


def _taken() -> int:
    taken: int = state.recall(f"{CLIPS} taken", 0)
    return taken


def _take(name: str) -> None:
    value = state.widget_value(name)
    files = value if isinstance(value, list) else [value] if value is not None else []
    sounds: tuple[SoundReference, ...] = state.recall(CLIPS, ())
    taken = _taken() + 1
    for file in files:
        content = file.getvalue()
        key = cache.digest(content)
        called = file.name if isinstance(value, list) else f"recording {taken}"
        if key not in {sound.key for sound in sounds}:  # the same file twice says nothing more
            sounds = (*sounds, SoundReference(key=key, name=called, content=content))
    state.remember(CLIPS, sounds)
    state.remember(f"{CLIPS} taken", taken)
    if files:
        state.choose(SOURCE, OWN)


def _replace(key: str, decoded: SoundReference) -> None:
    sounds: tuple[SoundReference, ...] = state.recall(CLIPS, ())
    state.remember(CLIPS, tuple(decoded if sound.key == key else sound for sound in sounds))


def _remove(key: str) -> None:
    state.remember(CLIPS, tuple(sound for sound in state.recall(CLIPS, ()) if sound.key != key))
