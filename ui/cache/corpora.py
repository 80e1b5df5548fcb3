"""Corpora, read once."""

from typing import TYPE_CHECKING

import streamlit as st

if TYPE_CHECKING:
    from ser_core.corpora import Manifest


@st.cache_data(ttl=600, max_entries=8, show_spinner="Listing the corpus…")
def corpus(spec: str) -> "Manifest":
    """Open a corpus: ``demo``, ``KIND:FOLDER`` or the path of a table."""
    from ser_core.corpora import open_corpus

    return open_corpus(spec)


def forget_corpora() -> None:
    """Read corpora anew, for a folder whose content has changed."""
    corpus.clear()
