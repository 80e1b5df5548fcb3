"""Where the clips come from: spoken or brought here, recorded in the studio, or an artificial voice to try it with."""

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import streamlit as st

from ser_core.recordings import Collection, collections
from ser_core.voices import NEUTRAL
from ser_core.voices.takes import takes_of
from ui import cache, state
from ui.components import checkpoint_choice
from ui.components.text import plain
from ui.sound import sound_on_disk
from ui.views.voice.uploads import OWN, SOURCE, UploadedClip, brought, draw_microphone, draw_uploader

if TYPE_CHECKING:
    from ser_core.checkpoints import Entry

STUDIO, DEMO = "From the Recording studio", "Demo voice"
NEUTRAL_OF_DEMO, OTHERS_OF_DEMO = 3, 1  # clips of each emotion


def are_artificial() -> bool:
    """Tell whether the clips are of an artificial voice."""
    return bool(state.recall(SOURCE) == DEMO)


def in_words(entry: "Entry", clips: Sequence[UploadedClip]) -> str:
    """Say what is chosen: the model, and how many clips."""
    title = checkpoint_choice.title(entry)
    return f"{title} · {len(clips)} clip{'' if len(clips) == 1 else 's'}" if clips else title


def say_what_to_do() -> None:
    """Say what comes first; its button is the microphone below."""
    st.markdown(
        "Models often hear a stranger's everyday voice as sad or angry: **say a sentence without emotion, three are "
        "better**, and see what changes once your voice is known."
    )


def choose_clips(entry: "Entry", method: str) -> list[UploadedClip]:
    """Draw the microphone, and behind a button the other ways to give clips.

    Args:
        entry: the model, whose emotions can be chosen.
        method: a name in :data:`ser_core.voices.METHODS`.

    Raises:
        CorpusError: if the recordings or the demo are damaged.
        VoiceError: if the speaker has recorded nothing that the model knows.
    """
    labels, ways = entry.card.labels, (OWN, STUDIO, DEMO)
    found: list[UploadedClip] = []
    with st.container(horizontal=True, vertical_alignment="center", key="voice-clips"):
        with st.container(key="voice-microphone"):
            draw_microphone()
        with st.popover("Other clips", icon=":material/audio_file:"):
            way = st.radio("Clips", ways, key=state.prepared(SOURCE, ways), on_change=_keep)
            state.remember(SOURCE, way)
            if way == OWN:
                draw_uploader()
            else:
                found = _recorded(labels) if way == STUDIO else _demo(labels)
    return brought(labels, method) if way == OWN else found


def _keep() -> None:
    state.remember(SOURCE, state.widget_value(SOURCE))


def _recorded(labels: tuple[str, ...]) -> list[UploadedClip]:
    names = collections()
    if not names:
        st.markdown("**No corpus of your own yet.** Record some sentences in the studio, or upload clips here.")
        st.page_link("pages/recording_studio.py", label="Open the Recording studio →")
        return []
    left, right = st.columns(2)
    corpus = Collection(_chosen(left, "Corpus", names))
    speakers = sorted({row.speaker for row in corpus.contents().rows})
    if not speakers:
        st.markdown(f"**Nothing is recorded in {plain(corpus.name)} yet.**")
        st.page_link("pages/recording_studio.py", label="Open the Recording studio →")
        return []
    takes = takes_of(corpus, _chosen(right, "Speaker", speakers), labels)
    rows = {row.file: row for row in takes.rows}
    name = f"takes of {corpus.name}|{takes.rows[0].speaker}|{labels}"
    chosen = st.multiselect(
        "Takes",
        list(rows),
        key=state.prepared_several(name, list(rows), list(rows)),
        format_func=lambda file: f"{rows[file].emotion}: {rows[file].text or rows[file].file}",
    )
    state.remember(name, chosen)
    for note in takes.notes:
        st.caption(plain(note))
    return [
        UploadedClip(sound_on_disk(corpus.path(rows[file]), name=file, truth=rows[file].emotion), rows[file].emotion)
        for file in chosen
    ]


def _demo(labels: tuple[str, ...]) -> list[UploadedClip]:
    st.caption("Artificial speech, made by a program. No person spoke these words.")
    manifest = cache.corpus("demo")
    speaker = _chosen(st, "Voice of the demo corpus", list(manifest.speakers), manifest.speakers[-1])
    given: Counter[str] = Counter()
    clips = []
    for row in manifest.utterances:
        wanted = NEUTRAL_OF_DEMO if row.emotion == NEUTRAL else OTHERS_OF_DEMO
        if row.speaker == speaker and row.emotion in labels and given[row.emotion] < wanted:
            given[row.emotion] += 1
            sound = sound_on_disk(manifest.path(row), name=row.file, artificial=True, truth=row.emotion)
            clips.append(UploadedClip(sound, row.emotion))
    st.caption(f"Clips: {', '.join(f'{emotion} {count}' for emotion, count in given.items())}.")
    return clips


def _chosen(where: Any, label: str, options: list[str], default: str = "") -> str:
    name = f"own voice: {label}"
    chosen: str = where.selectbox(label, options, key=state.prepared(name, options, default))
    state.remember(name, chosen)
    return chosen
