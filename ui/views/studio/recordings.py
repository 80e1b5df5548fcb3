"""Recordings of a corpus: play, relabel, delete, export."""

import streamlit as st

from ser_core.labels import EMOTIONS
from ser_core.recordings import Collection, CollectionContents, emotion_of
from ui import cache, state
from ui.components import players, utterances
from ui.components.text import plain
from ui.errors import shown_to_visitor
from ui.sound import sound_on_disk
from ui.views.studio.corpus import TOLD
from ui.views.studio.export import draw_export
from ui.views.studio.steps import RECORD, go_on

HEARD = 5  # players at once
FEW, SCROLLED = 8, 320  # rows that are all seen at once; pixels of a table with more


def draw_recordings(corpus: Collection, contents: CollectionContents) -> None:
    """Draw the recordings and what can be done with them.

    Raises:
        SerError: if something cannot be written.
    """
    if not contents.rows:
        with st.container(border=True):
            st.markdown("**Nothing is recorded yet.**")
            st.button("Record →", type="primary", on_click=go_on, args=(corpus, RECORD))
        return
    manifest = corpus.as_manifest(contents.rows, root=corpus.folder)
    counts = [f"{label} {sum(row.emotion == label for row in contents.rows)}" for label in manifest.labels]
    st.markdown(
        f"**{len(contents.rows)}** {'recording' if len(contents.rows) == 1 else 'recordings'}, "
        f"**{len(manifest.speakers)}** {'speaker' if len(manifest.speakers) == 1 else 'speakers'}: {', '.join(counts)}."
    )
    rows = utterances.table(
        manifest.frame(),
        key=f"recordings|{manifest.digest()}",  # of other rows, the numbers selected mean something else
        selectable=True,
        several=True,
        height=SCROLLED if len(contents.rows) > FEW else None,
    )
    files = [contents.rows[row].file for row in rows]
    if files:
        _draw_chosen(corpus, files)
    else:
        st.caption(
            f"They are stored in {plain(str(corpus.folder))}. Select rows to hear them, to give them another emotion, "
            "or to delete them."
        )
    draw_export(corpus, manifest)


def _draw_chosen(corpus: Collection, files: list[str]) -> None:
    for file in files[:HEARD]:
        players.play(sound_on_disk(corpus.folder / file, name=file))
    if len(files) > HEARD:
        st.caption(f"The first {HEARD} of {len(files)} can be heard here.")
    count = f"{len(files)} {'recording' if len(files) == 1 else 'recordings'}"
    emotion, own, change, delete = st.columns([2, 2, 1, 1], vertical_alignment="bottom")
    label = emotion.selectbox(
        "Emotion", EMOTIONS, key=state.prepared(f"other emotion in {corpus.name}", EMOTIONS, EMOTIONS[0])
    )
    state.remember(f"other emotion in {corpus.name}", label)
    word = own.text_input("Word of your own (optional)", key="own word", placeholder="furious").strip()
    if change.button("Relabel"):
        with shown_to_visitor():
            changed = corpus.relabel(files, emotion_of(f"{word}={label}" if word else label))
            _set_notice(f"{changed} of {count} {'has' if changed == 1 else 'have'} another emotion now.")
    with delete.popover("Delete"):
        st.markdown(
            f"Deletes **{plain(count)}** for good, file and row. Models that were trained with "
            f"{'it' if len(files) == 1 else 'them'}, exports, opened vectors and the workspace's `cache/` stay."
        )
        if st.button("Delete for good"):
            with shown_to_visitor():
                corpus.delete(files)
                _set_notice(f"{count} deleted.")


def _set_notice(words: str) -> None:
    cache.forget_corpora()
    state.remember(TOLD, words)
    st.rerun()
