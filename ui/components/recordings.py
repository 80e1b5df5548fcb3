"""Choice of a recording: recorded, uploaded, or a demo clip; shared by all pages."""

from typing import TYPE_CHECKING, Any

import streamlit as st

from ui import cache, state
from ui.components.listening import DEMO, RECORD, SOURCE, UPLOAD
from ui.components.uploads import UPLOADED, clear_upload, current_upload, widget_key
from ui.sound import SoundReference, sound_on_disk

if TYPE_CHECKING:
    from ser_core.corpora import Manifest


def choose_sound() -> SoundReference | None:
    """Draw the three ways to choose a recording.

    Returns:
        What was chosen, or ``None`` while nothing is there.

    Raises:
        CorpusError: if the demo clips are incomplete.
    """
    key = state.prepared(SOURCE, (RECORD, UPLOAD, DEMO))
    source = st.radio("Recording", (RECORD, UPLOAD, DEMO), key=key, horizontal=True, label_visibility="collapsed")
    state.remember(SOURCE, source)
    if source == RECORD:
        recording = st.audio_input(
            "Say a sentence of two to ten seconds", key=widget_key(RECORD), on_change=clear_upload, args=(RECORD,)
        )
        return current_upload(recording, RECORD, name="your recording")
    if source == UPLOAD:
        upload = st.file_uploader(
            "A recording of one voice",
            type=list(UPLOADED),
            help=(
                "WAV, FLAC, OGG, MP3 or AIFF; any sample rate and number of channels, up to an hour and more. "
                "What phones and browsers record (M4A, WebM): up to ten minutes."
            ),
            key=widget_key(UPLOAD),
            on_change=clear_upload,
            args=(UPLOAD,),
        )
        return current_upload(upload, UPLOAD, name=upload.name if upload is not None else "")
    return _demo_clip(cache.corpus("demo"))


def _demo_clip(manifest: "Manifest") -> SoundReference:
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
