"""Saved voices: model and method; rename and delete."""

from pathlib import Path

import streamlit as st

from ser_core.voices import made_of
from ser_core.voices.library import SavedVoice, delete, rename
from ser_core.voices.voice import LONGEST_NAME
from ui import cache, state
from ui.components.text import plain
from ui.errors import shown_to_visitor
from ui.views.voice.methods import TITLES

_TOLD = "told about voices"


def set_notice(words: str) -> None:
    """Set the notice above the list."""
    state.remember(_TOLD, words)


def draw_saved_voices() -> None:
    """Draw every saved voice with its actions, and the unreadable files."""
    good, damaged = cache.voices()
    told = state.recall(_TOLD)
    if good or damaged or told:
        st.header("Voices that are kept")
    if told:
        st.success(plain(told))
        state.remember(_TOLD, None)
    for one in good:
        with st.container(border=True), shown_to_visitor():
            _draw(one)
    for path, reason in damaged:
        with st.container(border=True), shown_to_visitor():
            st.warning(plain(reason))
            _offer_deletion(path, path.name)


def _draw(one: SavedVoice) -> None:
    voice = one.voice
    told, change, away = st.columns([4, 1, 1], vertical_alignment="center")
    how = TITLES.get(voice.method, voice.method)
    told.markdown(
        f"**{plain(voice.name)}** for the model {plain(voice.checkpoint)}. {plain(how)}; made of: {made_of(voice)}. "
        f"Stored, without sound, in {plain(str(one.path))}."
    )
    with change.popover("Rename"), st.form(f"rename|{one.path.name}", border=False):
        name = st.text_input("New name", value=voice.name, max_chars=LONGEST_NAME, key=f"new name|{one.path.name}")
        if st.form_submit_button("Rename") and name != voice.name:
            with shown_to_visitor():
                rename(one.path, name)
                _changed(f"{voice.name} is called {' '.join(name.split())} now.")
    with away:
        _offer_deletion(one.path, voice.name)


def _offer_deletion(path: Path, name: str) -> None:
    with st.popover("Delete"):
        st.markdown(f"Deletes **{plain(name)}** for good.")
        if st.button("Delete for good", key=f"delete|{path.name}"):
            with shown_to_visitor():
                delete(path)
                _changed(f"{name} is deleted.")


def _changed(words: str) -> None:
    cache.voices.clear()
    set_notice(words)
    st.rerun()
