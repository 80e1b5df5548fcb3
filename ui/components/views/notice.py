"""Notices about views: shown, renamed, deleted, and what was left out."""

from typing import TYPE_CHECKING

import streamlit as st

from ui import state
from ui.components.text import plain

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

MOST_NOTES = 8


def set_notice(page: str, words: str, notes: tuple[str, ...] = ()) -> None:
    """Set the notice about a view, with notes on what was left out."""
    state.remember(_name(page), (words, notes))


def draw_notice(page: str, place: "DeltaGenerator") -> None:
    """Draw the notice."""
    told = state.recall(_name(page))
    if told is None:
        return
    words, notes = told
    with place, st.container(border=True):
        st.markdown(f"**{plain(words[0].upper() + words[1:])}**")
        if notes:
            shown = [f"- {plain(note)}" for note in notes[:MOST_NOTES]]
            if len(notes) > MOST_NOTES:
                shown.append(f"- … and {len(notes) - MOST_NOTES} more.")
            st.warning("Left out, the rest is used without it:\n\n" + "\n".join(shown))
        if st.button("Close", key="close the notice on a view"):
            state.remember(_name(page), None)
            st.rerun()


def _name(page: str) -> str:
    return f"notice on the view of {page}"
