"""Choice of a method, in a visitor's words."""

from collections.abc import Mapping

import streamlit as st

from ser_core.voices import METHODS, NEUTRAL, UNLABELLED
from ui import state
from ui.components import glossary

METHOD = "method for one's own voice"
TITLES: Mapping[str, str] = {
    NEUTRAL: "Shift by your neutral voice",
    "few-shot": "Pull the directions to your clips",
    UNLABELLED: "Shift by all your clips, whatever you felt",
}
TOLD: Mapping[str, str] = {
    NEUTRAL: "How far your neutral clips lie from the model's neutral speech is taken from everything that you say. "
    "One sentence spoken without emotion is enough, three tell more; clips of other emotions only show the effect.",
    "few-shot": "Each emotion's [[direction]] moves towards your clips of it; emotions without a clip move by the "
    "mean of those moves. Give clips of several emotions.",
    UNLABELLED: "How far the mean of your clips lies from the model's mean is taken from everything that you say. How "
    "they were spoken need not be told, but speak in different ways: clips that differ no more than those of one "
    "emotion change nothing. Eight tell much, sixteen more.",
}


def choose_method() -> str:
    """Draw the choice, and what the chosen method does."""
    methods = list(METHODS)
    method = st.radio("Method", methods, key=state.prepared(METHOD, methods), format_func=TITLES.__getitem__)
    state.remember(METHOD, method)
    glossary.caption(TOLD[method])
    return method
