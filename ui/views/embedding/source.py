"""Choice of a space: known utterances of a model, or a file."""

import streamlit as st

from ui import state
from ui.components import checkpoint_choice
from ui.components.checkpoint_choice import MODEL, SOURCE
from ui.components.vectors import FILE
from ui.errors import shown_to_visitor
from ui.views.embedding.opened import choose_opened
from ui.views.embedding.utterances import KnownUtterances, choose_utterances


def choose_source() -> KnownUtterances | None:
    """Draw the choice of a space.

    Returns:
        What is looked at; ``None`` while there is nothing to look at.

    Raises:
        SerError: if the model's utterances or the file cannot be read.
    """
    kinds = (MODEL, FILE)
    key = state.prepared(SOURCE, kinds)
    kind = st.segmented_control("Vectors of", kinds, key=key, required=True) or MODEL
    state.remember(SOURCE, kind)
    chosen, shown = st.columns(2)
    if kind == MODEL:
        with chosen:
            entry = checkpoint_choice.render(artificial=True)  # every point of it can be heard: its clips ship
        if entry is None:
            return None
        with shown:
            return choose_utterances(entry)
    with shown_to_visitor():
        return choose_opened(chosen, shown)
    return None
