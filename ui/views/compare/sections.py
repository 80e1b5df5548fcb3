"""The parts of the page; only the chosen one is computed."""

from collections.abc import Callable, Mapping

import streamlit as st

from ui import state
from ui.views.compare.papers import draw_papers
from ui.views.compare.runs import draw_runs
from ui.views.compare.sweeps import draw_sweeps

SECTIONS: Mapping[str, Callable[[], None]] = {
    "Runs and results": draw_runs,
    "Sweeps": draw_sweeps,
    "Papers": draw_papers,
}


def choose_section() -> Callable[[], None]:
    """Draw the choice of a part; returns what draws that part."""
    names = list(SECTIONS)
    key = state.prepared("comparison", names)
    name = st.segmented_control("What to compare", names, key=key, required=True)
    chosen = name or names[0]
    state.remember("comparison", chosen)
    return SECTIONS[chosen]
