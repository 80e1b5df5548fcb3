"""Choice of a recording: recorded, uploaded, or a demo clip; shared by all pages."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import streamlit as st

from ser_core.corpora import CORPORA, SPEAKERS_OF
from ser_core.corpora.joining import own_name
from ui import cache, state
from ui.components.listening import DEMO, RECORD, SOURCE, UPLOAD
from ui.components.uploads import UPLOADED, clear_upload, current_upload, widget_key
from ui.sound import SoundReference, sound_on_disk

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

    from ser_core.corpora.manifest import Utterance

VOICES = "demo voices"
PEOPLE, ARTIFICIAL = "People", "Artificial voices"
DEMO_VOICES = {
    PEOPLE: ("emodb-clips", "Actors, who speak German: EmoDB, CC0."),
    ARTIFICIAL: ("demo", "Artificial speech, made by a program. No person spoke these words."),
}


def choose_sound(
    *,
    microphone: "DeltaGenerator | None" = None,
    stored: "DeltaGenerator | None" = None,
    first: str = RECORD,
) -> SoundReference | None:
    """Draw the three ways to choose a recording.

    Args:
        microphone: where the recorder is drawn, whatever is chosen; what is recorded there is chosen then. Without it,
            the recorder is one of the three ways.
        stored: where stands what is kept of it, and where the browser decodes it: never in a popover, which may close
            meanwhile. Without it, below the choice.
        first: what is chosen until the visitor chooses.

    Returns:
        What was chosen, or ``None`` while nothing is there.

    Raises:
        CorpusError: if the demo clips are incomplete.
    """
    key = state.prepared(SOURCE, (RECORD, UPLOAD, DEMO), first)
    source = st.radio("Recording", (RECORD, UPLOAD, DEMO), key=key, horizontal=True, label_visibility="collapsed")
    state.remember(SOURCE, source)
    recording = None
    if microphone is not None or source == RECORD:
        with microphone or st.container():
            recording = st.audio_input(
                "Say a sentence of two to ten seconds",
                key=widget_key(RECORD),
                label_visibility="visible" if microphone is None else "collapsed",
                on_change=_take_recording,
            )
    if source == RECORD:
        with stored or st.container():
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
        with stored or st.container():
            return current_upload(upload, UPLOAD, name=upload.name if upload is not None else "")
    return _demo_clip()


def choose_demo_clip(corpus: str, clip: "Utterance") -> None:
    """Choose one of the demo clips, for links from other pages.

    Args:
        corpus: one of those in :data:`DEMO_VOICES`.
        clip: one of its utterances.
    """
    voices = next(kind for kind, (name, _) in DEMO_VOICES.items() if name == corpus)
    chosen = {SOURCE: DEMO, VOICES: voices, "demo Voice": clip.speaker, "demo Spoken as": clip.emotion}
    for name, value in {**chosen, "demo Sentence": _title_of(clip)}.items():
        state.choose(name, value)


def _take_recording() -> None:
    clear_upload(RECORD)
    state.choose(SOURCE, RECORD)


def _demo_clip() -> SoundReference:
    kinds = list(DEMO_VOICES)
    voices = st.radio("Voices", kinds, key=state.prepared(VOICES, kinds), horizontal=True)
    state.remember(VOICES, voices)
    corpus, said = DEMO_VOICES[voices]
    st.caption(said)
    manifest = cache.corpus(corpus)
    rows = manifest.utterances
    voice_column, emotion_column, clip_column = st.columns(3)
    with voice_column:
        people = {row.speaker: f"{row.speaker}, {row.gender}, {row.age:g}" for row in rows if row.age is not None}
        voice = _chosen("Voice", manifest.speakers, people)
    with emotion_column:
        emotion = _chosen("Spoken as", [name for name in manifest.labels if any(_is(row, voice, name) for row in rows)])
    clips = {_title_of(row): row for row in rows if _is(row, voice, emotion)}
    with clip_column:
        row = clips[_chosen("Sentence", list(clips))]
    name = f"{voice}, {emotion}, “{_title_of(row)}”"
    artificial = CORPORA[corpus].artificial
    return sound_on_disk(
        manifest.path(row),
        name=name,
        start=row.start,
        end=row.end,
        artificial=artificial,
        truth=row.emotion,
        speaker=own_name(corpus, voice, SPEAKERS_OF),
    )


def _chosen(label: str, options: Sequence[str], titles: Mapping[str, str] | None = None) -> str:
    name, titles = f"demo {label}", titles or {}
    key = state.prepared(name, options)
    chosen: str = st.selectbox(label, options, key=key, format_func=lambda one: titles.get(one, one))
    state.remember(name, chosen)
    return chosen


def _title_of(clip: "Utterance") -> str:
    return clip.text or clip.sentence or clip.file


def _is(row: Any, voice: str, emotion: str) -> bool:
    return bool(row.speaker == voice and row.emotion == emotion)
