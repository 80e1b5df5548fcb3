"""Fetch a published corpus, for those who accept its terms."""

from dataclasses import replace

import streamlit as st

from ser_core.corpora.download import DOWNLOADS, download_corpus
from ser_core.jobs import Progress
from ser_core.workspace import downloads_directory
from ui import cache, state
from ui.components import progress
from ui.components.corpora import path_of
from ui.components.text import plain
from ui.errors import shown_to_visitor


def fetched_folder(kind: str) -> str:
    """Return where a corpus was fetched to, or an empty text."""
    folder = downloads_directory() / kind
    return str(folder) if folder.is_dir() else ""


def offer_download(kind: str) -> None:
    """Draw the terms, the acceptance and the button; afterwards the folder is filled in.

    Args:
        kind: a name of :data:`DOWNLOADS`.
    """
    archive = DOWNLOADS[kind]
    with st.expander(f"Fetch it from its publisher ({archive.file_name})"), shown_to_visitor():
        st.markdown(f"**Its terms.** {plain(archive.licence)} [The publisher's page]({archive.page})")
        accepted = st.checkbox("I accept these terms.", key=f"terms of {kind}")
        if st.button("Download", disabled=not accepted, key=f"download {kind}"):
            _fetch(kind, accepted=accepted)


def _fetch(kind: str, *, accepted: bool) -> None:
    place = st.empty()
    progress.draw(Progress(0.0, words="Asking the publisher's server"), place)
    st.caption("Stay on this page; an interrupted download goes on from where it was.")

    def show(now: Progress) -> None:
        size = f" of {now.total / 1e6:.0f}" if now.total else ""
        progress.draw(replace(now, words=f"{now.words.capitalize()} {now.done / 1e6:.0f}{size} MB"), place)

    folder = download_corpus(kind, accept_licence=accepted, progress=show)
    cache.forget_corpora()
    state.choose(path_of(kind), str(folder))
    st.rerun()
