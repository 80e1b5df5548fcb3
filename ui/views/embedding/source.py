"""Choice of a space: known utterances of a model, or a file."""

from typing import TYPE_CHECKING

import streamlit as st

from ui import cache, state
from ui.components import checkpoint_choice
from ui.components.checkpoint_choice import MODEL, SOURCE
from ui.components.vectors import FILE
from ui.views.embedding.opened import choose_opened
from ui.views.embedding.utterances import KnownUtterances, choose_utterances

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator


def choose_source(page: "DeltaGenerator") -> KnownUtterances | None:
    """Draw the choice of a space among the settings.

    Args:
        page: where the way to a model stands if there is none, and the import of a file.

    Returns:
        What is looked at; ``None`` while there is nothing to look at.

    Raises:
        SerError: if the model's utterances or the file cannot be read.
    """
    kinds = (MODEL, FILE)
    key = state.prepared(SOURCE, kinds)
    kind = st.segmented_control("Vectors of", kinds, key=key, required=True) or MODEL
    state.remember(SOURCE, kind)
    if kind == FILE:
        return choose_opened(page)
    if not cache.checkpoints():
        with page:
            checkpoint_choice.render()
        return None
    entry = checkpoint_choice.render(artificial=True)  # every point of it can be heard: its clips ship
    return None if entry is None else choose_utterances(entry)
