"""The field in which a voice gets its name and is kept: it is chosen for its model then."""

import dataclasses
from typing import TYPE_CHECKING

import streamlit as st

from ser_core.voices import Voice
from ser_core.voices.library import save_voice
from ser_core.voices.voice import LONGEST_NAME
from ui import cache
from ui.components import voice_choice
from ui.errors import shown_to_visitor

if TYPE_CHECKING:
    from ser_core.checkpoints import Entry


def draw(entry: "Entry", voice: Voice, *, button: str) -> str | None:
    """Draw the field, and keep the voice when the button is pressed.

    Args:
        entry: the model that the voice was made for.
        voice: under any name.
        button: what the button says.

    Returns:
        What has happened, in a sentence, if the voice was kept in this run.
    """
    with st.form("keep the voice", border=True):
        name = st.text_input("Name", max_chars=LONGEST_NAME, placeholder="Anna")
        st.caption(
            "The vectors of the clips are kept in the workspace, not their sound. The voice fits this model alone."
        )
        if not st.form_submit_button(button, type="primary"):
            return None
    with shown_to_visitor():
        path = save_voice(dataclasses.replace(voice, name=name))
        cache.voices.clear()
        voice_choice.choose(entry, path)
        return f"{' '.join(name.split())} is kept, and chosen for this model on Listen, Live and Long recordings."
    return None
