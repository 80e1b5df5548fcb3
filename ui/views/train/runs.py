"""The runs that exist, newest first."""

from pathlib import Path

import streamlit as st

from ui import state

RUN = "run"


def choose_run() -> Path | None:
    """Draw the list of runs; returns the chosen one, or ``None`` when there is none."""
    from ser_core.training.jobs import list_runs

    runs = {Path(run).name: Path(run) for run in list_runs()}
    if not runs:
        st.markdown("No run yet. Start one, and its progress appears here.")
        return None
    key = state.prepared(RUN, list(runs))
    # How a run stands is read and told below for the chosen one alone: there may be hundreds.
    name = st.selectbox("Run", list(runs), key=key)
    state.remember(RUN, name)
    return runs[name]
