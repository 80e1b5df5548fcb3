"""Where the clips come from: brought here, recorded in the studio, or an artificial voice to try it with."""

from collections import Counter
from typing import TYPE_CHECKING, Any

import streamlit as st

from ser_core.recordings import Collection, collections
from ser_core.voices import NEUTRAL
from ser_core.voices.takes import takes_of
from ui import cache, state
from ui.components.text import plain
from ui.sound import sound_on_disk
from ui.views.voice.uploads import UploadedClip, choose_uploads

if TYPE_CHECKING:
    from ser_core.checkpoints import Entry

OWN, STUDIO, DEMO = "Upload or record", "From the Recording studio", "Demo voice"
NEUTRAL_OF_DEMO, OTHERS_OF_DEMO = 3, 1  # clips of each emotion


def choose_clips(entry: "Entry") -> list[UploadedClip]:
    """Draw the three ways to give clips.

    Args:
        entry: the model, whose emotions can be chosen.

    Raises:
        CorpusError: if the recordings or the demo are damaged.
        VoiceError: if the speaker has recorded nothing that the model knows.
    """
    labels, ways = entry.card.labels, (OWN, STUDIO, DEMO)
    key = state.prepared("source of one's own voice", ways)
    way = st.radio("Clips", ways, key=key, horizontal=True, label_visibility="collapsed")
    state.remember("source of one's own voice", way)
    if way == OWN:
        return choose_uploads(labels)
    return _recorded(labels) if way == STUDIO else _demo(labels)


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
        UploadedClip(
            sound_on_disk(corpus.path(rows[file]), name=file, truth=rows[file].emotion), rows[file].emotion or ""
        )
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
