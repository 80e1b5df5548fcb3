"""Choice of a voice for a model: none, or one of the saved voices."""

from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from ui import cache, state

if TYPE_CHECKING:
    from ser_core.checkpoints import Entry

AS_TRAINED = ""


def render(entry: "Entry | None") -> Path | None:
    """Draw the choice of a voice, or the way to make one where the model has none.

    Args:
        entry: the model that was chosen, if any.

    Returns:
        The file of the voice; ``None`` for anybody's.

    Raises:
        CheckpointError: if the digests beside the model are missing.
    """
    if entry is None:
        return None
    names = {str(one.path): one.voice.name for one in cache.voices_for(entry.path)}
    if not names:
        st.page_link("pages/your_voice.py", label="Your voice always sounds sad to it? Correct that →")
        return None
    options = [AS_TRAINED, *names]
    chosen = st.selectbox(
        "Your voice",
        options,
        key=state.prepared(_name(entry), options),
        format_func=lambda path: names.get(path, "as the model was trained"),
        help="Made on the page Your voice, for this model alone.",
    )
    state.remember(_name(entry), chosen)
    return Path(chosen) if chosen else None


def choose(entry: "Entry", voice: Path) -> None:
    """Set the chosen voice of a model on every page."""
    state.choose(_name(entry), str(voice))


def _name(entry: "Entry") -> str:
    return f"voice for {entry.name}"
