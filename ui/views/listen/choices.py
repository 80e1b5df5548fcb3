"""Record, upload, or take a demo clip."""

from typing import TYPE_CHECKING, Any

import streamlit as st

from ui import cache, state
from ui.components.text import plain
from ui.sound import Sound, sound_on_disk

if TYPE_CHECKING:
    from ser_core.corpora import Manifest

RECORD, UPLOAD, DEMO = "Record", "Upload a file", "Demo clip"
FORMATS = ("wav", "flac", "ogg", "oga", "opus", "mp3", "aiff", "aif", "au", "caf", "w64")


def choose_sound() -> Sound | None:
    """Draw the three ways to bring a recording.

    Returns:
        What was chosen, or ``None`` while nothing is there.

    Raises:
        CorpusError: if the demo clips are incomplete.
    """
    key = state.prepared("listen source", (RECORD, UPLOAD, DEMO))
    source = st.radio("Recording", (RECORD, UPLOAD, DEMO), key=key, horizontal=True, label_visibility="collapsed")
    state.remember("listen source", source)
    if source == RECORD:
        recording = st.audio_input("Say a sentence of two to ten seconds", on_change=_forget, args=(RECORD,))
        return _brought(recording, RECORD, name="your recording")
    if source == UPLOAD:
        upload = st.file_uploader(
            "A recording of one voice",
            type=list(FORMATS),
            help="WAV, FLAC, OGG, MP3 or AIFF; any sample rate and number of channels, up to an hour and more.",
            on_change=_forget,
            args=(UPLOAD,),
        )
        return _brought(upload, UPLOAD, name=upload.name if upload is not None else "")
    return _demo_clip(cache.corpus("demo"))


def bring(sound: Sound) -> None:
    """Let the page show a recording that was made elsewhere."""
    state.remember(f"brought by {RECORD}", sound)
    state.choose("listen source", RECORD)


def _brought(file: Any, source: str, *, name: str) -> Sound | None:
    """Return what was just brought, or what was brought before the visitor looked at another page."""
    if file is None:
        kept: Sound | None = state.recall(f"brought by {source}")
        if kept is not None:
            st.caption(f"Still shown: {plain(kept.name)}, from before you left this page.")
        return kept
    content = file.getvalue()
    sound = Sound(key=cache.digest(content), name=name, content=content)
    state.remember(f"brought by {source}", sound)
    return sound


def _forget(source: str) -> None:
    state.remember(f"brought by {source}", None)


def _demo_clip(manifest: "Manifest") -> Sound:
    st.caption("Artificial speech, made by a program. No person spoke these words.")
    rows = manifest.utterances
    voice_column, emotion_column, clip_column = st.columns(3)
    with voice_column:
        voice = _chosen("Voice", manifest.speakers)
    with emotion_column:
        emotion = _chosen("Spoken as", [name for name in manifest.labels if any(_is(row, voice, name) for row in rows)])
    clips = {row.text or row.sentence or row.file: row for row in rows if _is(row, voice, emotion)}
    with clip_column:
        row = clips[_chosen("Sentence", list(clips))]
    name = f"{voice}, {emotion}, “{row.text or row.sentence or row.file}”"
    return sound_on_disk(
        manifest.path(row), name=name, start=row.start, end=row.end, artificial=True, truth=row.emotion
    )


def _chosen(label: str, options: "list[str] | tuple[str, ...]") -> str:
    name = f"demo {label}"
    chosen: str = st.selectbox(label, options, key=state.prepared(name, options))
    state.remember(name, chosen)
    return chosen


def _is(row: Any, voice: str, emotion: str) -> bool:
    return bool(row.speaker == voice and row.emotion == emotion)
