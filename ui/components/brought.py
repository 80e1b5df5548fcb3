"""Recordings that a visitor brings; one is still there after a look at another page."""

from typing import Any

import streamlit as st

from ui import cache, state
from ui.components.text import plain
from ui.sound import Sound

FORMATS = ("wav", "flac", "ogg", "oga", "opus", "mp3", "aiff", "aif", "au", "caf", "w64")


def brought(file: Any, place: str, *, name: str) -> Sound | None:
    """Return what was just brought, or what was brought before the visitor looked at another page.

    Args:
        file: what the widget holds now.
        place: which widget it is; its ``on_change`` calls :func:`forget`.
        name: what to call the recording.
    """
    kept: Sound | None = state.recall(f"brought by {place}")
    if file is None:
        if kept is not None:
            st.caption(f"Still shown: {plain(kept.name)}, until you bring another one.")
        return kept
    if kept is None or state.recall(f"file brought by {place}") != file.file_id:
        content = file.getvalue()
        kept = Sound(key=cache.digest(content), name=name, content=content)
        hand_over(kept, place)
        state.remember(f"file brought by {place}", file.file_id)
    return kept


def hand_over(sound: Sound, place: str) -> None:
    """Let a widget's recording be this one, until the visitor brings another."""
    state.remember(f"brought by {place}", sound)


def forget(place: str) -> None:
    """Let go of what was brought."""
    state.remember(f"brought by {place}", None)
