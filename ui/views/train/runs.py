"""The run that is looked at: chosen among those that exist, the newest first; its name can be changed."""

from pathlib import Path

import streamlit as st

from ui import state
from ui.errors import shown_to_visitor

RUN = "run"
TYPED = "name of the run"


def run_in_view() -> Path | None:
    """Return the run that is looked at: the one chosen last, else the newest; ``None`` when there is none."""
    runs = _runs()
    return runs.get(state.recall(RUN), next(iter(runs.values()), None))


def choose_run() -> None:
    """Draw the list of runs."""
    from ser_core.training.run_names import run_title

    runs = _runs()
    key = state.prepared(RUN, list(runs))
    # How a run stands is read and told for the chosen one alone: there may be hundreds.
    st.selectbox(
        "Run",
        list(runs),
        key=key,
        format_func=lambda name: run_title(runs[name]),
        label_visibility="collapsed",
        width=224,
        on_change=_choose,
    )
    state.remember(RUN, state.widget_value(RUN))


def draw_name(run: Path) -> None:
    """Draw the field for the name of the run that is looked at."""
    from ser_core.training.run_names import run_title

    with st.popover("Rename this run", icon=":material/edit:", width="content"):
        st.text_input(
            "Name of this run",
            key=state.prepared_value(f"{TYPED} {run.name}", run_title(run)),
            help="Shown wherever a run or its model is chosen. Empty takes it away.",
            on_change=_rename,
            args=(run,),
        )


def _runs() -> dict[str, Path]:
    from ser_core.training.jobs import list_runs

    return {Path(run).name: Path(run) for run in list_runs()}


def _choose() -> None:
    state.remember(RUN, state.widget_value(RUN))


def _rename(run: Path) -> None:
    from ser_core.training.run_names import rename_run, run_title

    with shown_to_visitor():
        rename_run(run, state.widget_value(f"{TYPED} {run.name}") or "")
    state.choose(f"{TYPED} {run.name}", run_title(run))
