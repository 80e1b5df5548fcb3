"""A large microphone, and the three ways in."""

import streamlit as st

from ui import state
from ui.components import glossary, listening, uploads
from ui.sound import SoundReference

PLACE = "Home"
_SPOKEN = "spoken on Home"
DOORS = (
    ("Try your voice", "pages/live.py", ":material/graphic_eq:", None),
    ("See what a loss does", "pages/what_a_loss_does.py", ":material/school:", glossary.explanation("loss")),
    ("Look into an embedding", "pages/embedding_space.py", ":material/hub:", glossary.explanation("embedding")),
)


def draw_doors() -> None:
    """Draw the microphone and the doors; what was recorded is judged on the page Listen at once."""
    spoken: SoundReference | None = state.recall(_SPOKEN)
    if spoken is not None:
        state.remember(_SPOKEN, None)
        listening.listen_to(spoken, listening.RECORD)
    with st.container(key="home-doors"):
        microphone, *places = st.columns([3, 2, 2, 2], vertical_alignment="center")
        with microphone.container(key="home-microphone"):
            key = uploads.widget_key(PLACE)
            st.audio_input("**Say a sentence**", key=key, on_change=_take)
        for place, (title, page, icon, term) in zip(places, DOORS, strict=True):
            place.page_link(page, label=title, icon=icon, help=term, width="stretch")


def _take() -> None:
    state.remember(_SPOKEN, uploads.taken(PLACE, "your recording"))
