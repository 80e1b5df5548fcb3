"""Frame of every page: title, menu and look.

Streamlit takes a folder called ``pages`` for its older kind of app until ``st.navigation`` has run once. The first
visitor of a fresh server who opens a page by its own address would get that page without ``app.py``, under a menu of
file names. Every page therefore asks for the frame first. It also says which page it is: a widget that two pages
have starts again on each of them.
"""

import threading
from collections.abc import Mapping
from pathlib import Path

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from ui import state, themes, visitors, whereabouts
from ui.components import term_tip

PAGES = Path(__file__).resolve().parents[1] / "pages"
HOME = "home"
# section → file → title; what has no section stands in the menu by itself
MENU: Mapping[str, Mapping[str, str]] = {
    "": {HOME: "Home", "intended_use": "Intended use"},
    "Hear": {"listen": "Listen", "live": "Live", "long_recordings": "Long recordings"},
    "Record": {"recording_studio": "Recording studio", "your_voice": "Your voice"},
    "Models": {"train": "Train", "compare": "Compare", "library": "Library"},
    "Geometry": {
        "embedding_space": "Embedding space",
        "two_spaces": "Two spaces",
        "geometry_audit": "Geometry audit",
    },
    "Lessons": {
        "what_a_loss_does": "What a loss does",
        "watch_a_space_form": "Watch a space form",
        "who_is_in_the_test_set": "Who is in the test set",
        "what_a_frame_is": "What a frame is",
        "a_strangers_voice": "A stranger's voice",
    },
}
STYLE = Path(__file__).with_name("style.css")
PROJECTOR = "projector"  # the name of the visitor's choice
ENLARGEMENT = 1.5  # of letters and pictures, where the visitor chose so
# Streamlit measures everything in this unit. A line of the top that is too long, such as a question, takes two lines.
# What is no letter keeps its usual size then, and in a low window that line too: the height is needed for the picture.
ENLARGED = f"""<style>
:root {{ font-size: {ENLARGEMENT:.0%} !important; }}
.st-key-page-top-chosen p {{ white-space: normal !important; line-height: 1.2; }}
:root [data-testid="stHeader"], :root [data-testid="stToolbar"] {{ height: 48px; min-height: 48px; }}
@media (max-height: 40rem) {{
  .st-key-page-top-chosen p {{ font-size: 16px !important; }}
  .st-key-page-top > :nth-child(2) {{ flex-basis: 8rem !important; }}
}}
:root [data-testid="stMainBlockContainer"] {{ padding: 52px 16px 3rem; }}
:root [data-testid="stMainBlockContainer"] > [data-testid="stVerticalBlock"] {{ gap: 10px; }}
</style>"""
_opened = threading.Event()


def enlargement() -> float:
    """Return how much larger than usual the visitor wants letters and pictures."""
    return ENLARGEMENT if state.recall(PROJECTOR, False) else 1.0


def open_page() -> StreamlitPage:
    """Set the app's title, draw its menu, and return the page that the address asks for."""
    _opened.set()
    visitors.note_presence()
    st.set_page_config(page_title="Speech emotion by angle", layout="wide")
    st.html(STYLE)
    st.html(f"<style>{themes.sheet()}</style>")
    if enlargement() > 1:
        st.html(ENLARGED)
    term_tip.draw()
    return st.navigation(
        {
            section: [st.Page(PAGES / f"{file}.py", title=title, default=file == HOME) for file, title in pages.items()]
            for section, pages in MENU.items()
        },
        position="top",
    )


def require(page: str) -> None:
    """Start over through ``app.py`` if this server has never run it; let the page's widgets show what is remembered.

    The key of this computer is taken from the address, whichever page was opened with it.

    Args:
        page: the page's own ``__file__``.
    """
    if not _opened.is_set():
        open_page()
        st.rerun()
    state.enter_page(page)
    whereabouts.take_key()
