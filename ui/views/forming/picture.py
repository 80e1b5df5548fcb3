"""The finished run that ships, playing; which second stage it had; the same with one's own settings."""

from typing import TYPE_CHECKING

import streamlit as st

from ser_core.lessons.space_forming import SECOND_STAGES
from ui import state
from ui.components import forming_space, page_link
from ui.components.forming_space import FormingView
from ui.views.forming.question import HEARD, UNHEARD

if TYPE_CHECKING:
    from ser_core.embeddings.forming import FormingSpace

STAGE, EPOCH = "second", "epoch"  # parameters of the address: it is the link that restores what is seen
CHOSEN, READ, RESETS = "second stage of the lesson", "address of the lesson was read", "resets of the lesson"


def draw_picture() -> "FormingSpace":
    """Draw the row of choices and the picture, and return its space; the address keeps second stage and epoch.

    Raises:
        EmbeddingError: if what ships is missing or damaged.
    """
    if not state.recall(READ):
        state.remember(READ, True)
        given = st.query_params.get(STAGE)
        if given in SECOND_STAGES:
            state.remember(CHOSEN, given)
    stages = list(SECOND_STAGES)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown("After softmax:", width="content")
        key = state.prepared(CHOSEN, stages)
        chosen = st.segmented_control("Second stage", stages, key=key, required=True, label_visibility="collapsed")
        stage: str = chosen or stages[0]
        state.remember(CHOSEN, stage)
        st.button("Reset", on_click=_reset, help="Shows the space before training, and waits.")
        link = st.container(width="content")
        if st.button("With your own settings →"):
            state.choose("recipe", SECOND_STAGES[stage])
            st.switch_page("pages/train.py")
    recipe = SECOND_STAGES[stage]
    formed = _formed(recipe)
    resets: int = state.recall(RESETS, 0)
    shown = 0 if resets and _asked() is None else _asked()
    view = FormingView(run=recipe, plays=True, shown=shown, titles=(HEARD, UNHEARD))
    stopped = forming_space.draw(formed, view, key=f"watch a space form {resets}")
    kept = {STAGE: stage}
    epoch = _asked() if stopped is None else stopped
    if epoch is not None:
        kept[EPOCH] = str(epoch)
    if st.query_params.to_dict() != kept:
        st.query_params.from_dict(kept)
    with link:
        page_link.draw(kept, key="link to the epoch")
    return formed


def _asked() -> int | None:
    """Return the epoch in the address, if there is one; whether the run has it is for the picture to see."""
    given = st.query_params.get(EPOCH, "")
    return int(given) if given.isdecimal() and len(given) < 6 else None


def _reset() -> None:
    state.choose(CHOSEN, next(iter(SECOND_STAGES)))
    state.remember(RESETS, state.recall(RESETS, 0) + 1)  # a new picture, which waits for Play
    st.query_params.clear()


@st.cache_resource(show_spinner="Opening the epochs…")
def _formed(recipe: str) -> "FormingSpace":
    from ser_core.embeddings.forming import forming_space as laid_out
    from ser_core.lessons.space_forming import shipped_epochs

    return laid_out(shipped_epochs(recipe))
