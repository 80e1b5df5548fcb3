"""The four steps of the studio."""

import streamlit as st

from ser_core.errors import CorpusError
from ser_core.recordings import Collection, CollectionContents
from ui import state

PLAN, SPEAKER, RECORD, RECORDINGS = "Plan", "Speaker", "Record", "Recordings"
_STEPS = (PLAN, SPEAKER, RECORD, RECORDINGS)


def choose_step(corpus: Collection, contents: CollectionContents) -> str:
    """Draw the choice of a step; a new corpus begins with its plan, one with a speaker with recording."""
    name = _name(corpus)
    chosen = st.segmented_control(
        "Step",
        _STEPS,
        key=state.prepared(name, _STEPS, _first(corpus, contents)),
        required=True,
        format_func=lambda step: f"{step} ({len(contents.rows)})" if step == RECORDINGS else step,
        label_visibility="collapsed",
    )
    state.remember(name, chosen)
    return chosen or PLAN


def go_on(corpus: Collection, step: str) -> None:
    """Go to another step; to be called in a callback."""
    state.choose(_name(corpus), step)


def _name(corpus: Collection) -> str:
    return f"step of {corpus.name}"


def _first(corpus: Collection, contents: CollectionContents) -> str:
    if contents.rows:
        return RECORD
    try:
        return RECORD if corpus.speakers() else PLAN
    except CorpusError:  # the step says what is wrong
        return SPEAKER
