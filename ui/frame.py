"""The frame around every page: the app's title and its menu.

Streamlit takes a folder called ``pages`` for its older kind of app until ``st.navigation`` has run once. The first
visitor of a fresh server who opens a page by its own address would get that page without ``app.py``, under a menu of
file names. Every page therefore asks for the frame first. It also says which page it is: a widget that two pages
have starts anew on each of them.
"""

import threading
from pathlib import Path

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from ui import state

PAGES = Path(__file__).resolve().parents[1] / "pages"
_opened = threading.Event()


def open_page() -> StreamlitPage:
    """Set the app's title, draw its menu, and return the page that the address asks for."""
    _opened.set()
    st.set_page_config(page_title="Speech emotion by angle", layout="wide")
    return st.navigation(
        [
            st.Page(PAGES / "home.py", title="Home", default=True),
            st.Page(PAGES / "listen.py", title="Listen"),
            st.Page(PAGES / "live.py", title="Live"),
            st.Page(PAGES / "long_recordings.py", title="Long recordings"),
            st.Page(PAGES / "recording_studio.py", title="Recording studio"),
            st.Page(PAGES / "your_voice.py", title="Your voice"),
            st.Page(PAGES / "train.py", title="Train"),
            st.Page(PAGES / "embedding_space.py", title="Embedding space"),
            st.Page(PAGES / "two_spaces.py", title="Two spaces"),
            st.Page(PAGES / "geometry_audit.py", title="Geometry audit"),
            st.Page(PAGES / "compare.py", title="Compare"),
        ],
        position="top",
    )


def require(page: str) -> None:
    """Start over through ``app.py`` if this server has never run it; let the page's widgets show what is remembered.

    Args:
        page: the page's own ``__file__``.
    """
    if not _opened.is_set():
        open_page()
        st.rerun()
    state.arrive(page)
