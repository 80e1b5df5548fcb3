"""The row of controls: start a run, once; choose which run is looked at; how it stands."""

from pathlib import Path

import streamlit as st

from ui import state
from ui.views.train.runs import RUN, choose_run, run_in_view
from ui.views.train.settings import ChosenRun
from ui.views.train.status import draw_status

PRESSED = "start of a run was pressed"
ARRIVED = "run that was started here"
START, STARTING, GOING_ON = "Start training", "Starting…", "Training…"


def draw_controls(chosen: ChosenRun | None, run: Path | None) -> None:
    """Draw the row; start what was asked for.

    The button is locked from the press until the run that is looked at has ended. A run is started by the same command
    as in a terminal, in a process of its own.

    Args:
        chosen: what would be started; without it there is no button.
        run: that is looked at.

    Raises:
        SerError: if the run cannot be started.
    """
    pressed = bool(state.recall(PRESSED)) and chosen is not None
    state.remember(PRESSED, False)
    with st.container(horizontal=True, vertical_alignment="center"):
        if chosen is None:
            st.markdown("Choose under **Settings** what goes in.", width="content")
        else:
            alive = run is not None and _is_alive(run)
            st.button(
                STARTING if pressed else GOING_ON if alive else START,
                key="start training",
                type="primary",
                disabled=pressed or alive,
                on_click=_press,
                help="The run in view is going on. Stop it, or choose another run, to start one more."
                if alive
                else None,
            )
        if run is not None:
            choose_run()
            draw_status(run)
    if pressed and chosen is not None:
        _start(chosen)


def load_ahead(run: Path | None) -> None:
    """Let the libraries of the next run load while the visitor looks at the page, if one can be started now.

    Args:
        run: that is looked at.
    """
    from ser_core.training.jobs import load_ahead as load

    if run is None or not _is_alive(run):
        load()


def _press() -> None:
    """Note the press; a second one, which comes before the browser has locked the button, changes nothing."""
    run = run_in_view()
    if run is None or not _is_alive(run):
        state.remember(PRESSED, True)


def _start(chosen: ChosenRun) -> None:
    from ser_core.training.jobs import start_run

    # From here to the choice nothing is drawn, so that no message of the browser interrupts it.
    run = start_run(
        corpus=chosen.corpus,
        recipe=chosen.chosen.name,
        protocol=chosen.split.protocol,
        fold=chosen.split.fold.number,
        seed=chosen.split.seed,
        overrides=chosen.chosen.overrides,
        mapping=chosen.mapping,
        snapshots=chosen.snapshots,
    )
    state.choose(RUN, Path(run).name)
    state.remember(ARRIVED, Path(run).name)
    st.rerun()


def _is_alive(run: Path) -> bool:
    from ser_core.training.jobs import run_state

    return run_state(run).alive
