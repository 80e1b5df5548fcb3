"""The parts of the page; only the chosen one is computed."""

from collections.abc import Callable, Mapping

import streamlit as st

from ui import state
from ui.components.page_top import PageTop
from ui.views.compare.papers import SECTION, SWEEPS, draw_papers
from ui.views.compare.runs import draw_runs
from ui.views.compare.sweeps import draw_sweeps

RUNS, PAPERS = "Runs and results", "Papers"
SECTIONS: Mapping[str, Callable[[PageTop], None]] = {RUNS: draw_runs, SWEEPS: draw_sweeps, PAPERS: draw_papers}


def choose_section() -> Callable[[PageTop], None]:
    """Draw the choice of a part; returns what draws that part."""
    names = list(SECTIONS)
    name = st.segmented_control("What to compare", names, key=state.prepared(SECTION, names), required=True)
    chosen = name or names[0]
    state.remember(SECTION, chosen)
    return SECTIONS[chosen]
