"""Choice of the recorded corpus, with checks of its files."""

import streamlit as st

from ser_core.corpora.folder import first_few
from ser_core.errors import CorpusError
from ser_core.recordings import Collection, CollectionContents, RecordingPlan, collections
from ui import state
from ui.components import glossary
from ui.components.text import plain
from ui.errors import shown_to_visitor

CHOICE = "corpus of one's own"
TOLD = "told in the studio"


def choose_corpus() -> Collection | None:
    """Draw the choice among the corpora in the workspace, and the field for a new one.

    Returns:
        The corpus; ``None`` while there is none.
    """
    told = state.recall(TOLD)
    if told:
        st.success(plain(told))
        state.remember(TOLD, None)
    names = collections()
    if not names:
        with st.container(border=True):
            glossary.draw(
                "**No corpus of your own yet.** Give your [[corpus]] a name; then choose what is to be spoken, let a "
                "speaker agree, and record. Everything stays on the computer that runs this app."
            )
            _draw_new()
        return None
    chosen, new = st.columns([3, 1], vertical_alignment="bottom")
    name = chosen.selectbox("Corpus of your own", names, key=state.prepared(CHOICE, names))
    state.remember(CHOICE, name)
    with new.popover("New corpus"):
        _draw_new()
    return Collection(name)


def opened(corpus: Collection) -> CollectionContents | None:
    """Read what a corpus holds, and draw what is wrong with its files and how it is mended.

    Returns:
        Its contents; ``None`` while its manifest is damaged.

    Raises:
        StorageError: if it cannot be mended.
    """
    try:
        contents = corpus.contents()
    except CorpusError as error:
        st.error(plain(str(error)))
        st.markdown(
            "Each recording also holds its own row. The list can be written again from them; the damaged one is kept "
            "beside it."
        )
        if st.button("Write the list again"):
            with shown_to_visitor():
                aside = corpus.rebuild()
                state.remember(TOLD, f"The list is written again. The damaged one is kept as {aside.name}.")
                st.rerun()
        return None
    if contents.missing:
        count = len(contents.missing)
        them, rows = ("it", "its row") if count == 1 else ("them", "their rows")
        st.warning(
            f"{_files(count)} listed and not there any more: {plain(first_few(contents.missing))}. Put {them} back "
            f"into the folder, or take {rows} out; until then nothing can be trained on this corpus."
        )
        if st.button("Take out of the list"):
            corpus.drop_missing()
            st.rerun()
    if contents.strays:
        st.caption(
            f"{_files(len(contents.strays))} in its audio folder, but not one of its recordings, and left alone: "
            f"{plain(first_few(contents.strays))}."
        )
    return contents


def _draw_new() -> None:
    with st.form("new corpus", border=False):
        typed = st.text_input("Name of the new corpus", placeholder="our-voices", max_chars=60)
        pressed = st.form_submit_button("Create", type="primary")
    if not pressed:
        return
    with shown_to_visitor():
        corpus = Collection(typed.strip())
        if not corpus.present:
            corpus.save_plan(RecordingPlan())
        state.choose(CHOICE, corpus.name)
        st.rerun()


def _files(count: int) -> str:
    return "One file is" if count == 1 else f"{count} files are"
