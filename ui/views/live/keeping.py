"""The voice that was learned while somebody spoke, kept under a name once listening has ended."""

from typing import TYPE_CHECKING

import streamlit as st

from ui.components import voice_keeping
from ui.views.live.session import LiveSession

if TYPE_CHECKING:
    from ser_core.checkpoints import Entry


def draw_keeping(entry: "Entry", session: LiveSession | None) -> None:
    """Draw the field for a name, where something was learned, and what has become of it.

    Args:
        entry: the model that learned it.
        session: of the visitor; ``None`` before the first.
    """
    if session is None or not session.stopped:
        return
    if session.kept:
        st.success(session.kept)
        st.page_link("pages/your_voice.py", label="See it on Your voice →")
        return
    learned = session.learned
    if learned is None:
        return
    count = len(learned.clips)
    st.subheader("Keep as my voice")
    st.markdown(
        f"Learned from {count} utterance{'' if count == 1 else 's'}, {learned.seconds:.0f} s of speech. Unless you "
        "keep it, it is forgotten when you leave."
    )
    told = voice_keeping.draw(entry, learned.voice(), button="Keep as my voice")
    if told is not None:
        session.kept = told
        st.rerun()
