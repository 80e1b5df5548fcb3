"""Choice of two spaces: models, files of vectors, or epochs of one run."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

import streamlit as st

from ui import state
from ui.components.spaces import EPOCHS, KIND, SPACES
from ui.components.unreadable import draw_unreadable
from ui.views.spaces.listed import ListedSpace, listed_spaces, partner_of
from ui.views.spaces.side import SpaceSides

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

FIRST, SECOND = "First space", "Second space"  # labels and names of the choices


def choose_kind() -> bool:
    """Draw the choice between two models and two epochs; returns whether it is epochs."""
    kinds = (SPACES, EPOCHS)
    key = state.prepared(KIND, kinds, EPOCHS)  # what moves is worth more at first sight than two models
    kind = st.segmented_control("Compare", kinds, key=key, required=True) or EPOCHS
    state.remember(KIND, kind)
    return kind == EPOCHS


def choose_spaces(page: "DeltaGenerator") -> SpaceSides:
    """Draw the choice of two models or files; until there is one, it is the first two of one corpus.

    Raises:
        SerError: if one of them cannot be read.
    """
    spaces = listed_spaces()
    one = _choose(FIRST, spaces, next((name for name in spaces if partner_of(name, spaces)), None))
    other = _choose(SECOND, spaces, partner_of(one, spaces) or one)
    st.caption(
        "Utterances are matched by file, start and end. A file of vectors from elsewhere can be opened on the page "
        "Embedding space; it can then be chosen here."
    )
    draw_unreadable()
    if one == other:
        page.info(
            "Both are the same space. Choose another one of the same corpus; if there is none, train a second model, "
            "or open vectors of these recordings on the page Embedding space."
        )
    return SpaceSides(spaces[one].open(), spaces[other].open(), f"{one} and {other}", of_one_run=False)


def _choose(label: str, spaces: Mapping[str, ListedSpace], default: str | None) -> str:
    name: str = st.selectbox(
        label, list(spaces), key=state.prepared(label, list(spaces), default), format_func=lambda one: spaces[one].title
    )
    state.remember(label, name)
    if spaces[name].terms:
        st.caption(spaces[name].terms)
    return name
