"""Models that cannot be chosen because their files are damaged or of another version."""

import streamlit as st

from ui import cache
from ui.components.text import plain


def draw_unreadable() -> None:
    """Say of each such model what is wrong and what helps; nothing when there is none."""
    for name, message in cache.unreadable():
        st.warning(f"**{plain(name)}** cannot be used. {plain(message)}")
