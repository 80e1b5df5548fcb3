"""List of models that cannot be opened."""

import streamlit as st

from ui import cache
from ui.components.text import plain


def draw_unreadable() -> None:
    """Draw the reason for each such model; nothing if there is none."""
    for name, message in cache.unreadable():
        st.warning(f"**{plain(name)}** cannot be used. {plain(message)}")
