"""Corpora, read once."""

from typing import TYPE_CHECKING

import streamlit as st

from ui.reach import require_corpus_in_reach, require_reach

if TYPE_CHECKING:
    from ser_core.corpora import Manifest


def corpus(spec: str) -> "Manifest":
    """Open a corpus: ``demo``, ``KIND:FOLDER`` or the path of a table.

    Raises:
        CorpusError: if it cannot be opened.
        InputError: if this visitor may not name that path.
    """
    require_corpus_in_reach(spec)
    manifest = _corpus(spec)
    require_reach(manifest.root)  # a table may name another folder, and recordings are looked for beside it
    return manifest


def forget_corpora() -> None:
    """Read corpora again, for a folder whose content has changed."""
    _corpus.clear()


@st.cache_resource(ttl=600, max_entries=8, show_spinner="Listing the corpus…")
def _corpus(spec: str) -> "Manifest":
    from ser_core.corpora import open_corpus

    return open_corpus(spec)
