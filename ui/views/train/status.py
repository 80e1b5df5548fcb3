"""How a run stands, in one line, with what can be done: stop, resume, use its model."""

from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from ser_core.errors import CheckpointError
from ui import cache
from ui.components import checkpoint_choice
from ui.components.progress import draw
from ui.components.text import plain
from ui.errors import shown_to_visitor

if TYPE_CHECKING:
    from ser_core.training.jobs import RunState

EVERY = 0.5  # seconds between two looks at a living run
ENDS_SOON = 10.0  # seconds before the end of a run, in which the libraries of the next one are loaded
MEASURING = "The time left is being measured…"  # until the first step of training has been made


def draw_status(run: Path) -> None:
    """Draw it; while the run is at work, it is looked at twice a second."""
    from ser_core.training.jobs import load_ahead, run_state

    looked = [run_state(run)]  # what is known already need not be read twice
    alive = looked[0].alive

    @st.fragment(run_every=EVERY if alive else None)
    def live() -> None:
        with shown_to_visitor():
            now = looked.pop() if looked else run_state(run)
            if alive and not now.alive:
                cache.every_checkpoint.clear()
                st.rerun()  # the run has ended: draw the page once more, without the clock
            left = now.progress.seconds_left
            if alive and left is not None and left < ENDS_SOON:
                load_ahead()
            with st.container(horizontal=True, vertical_alignment="center"):
                _draw_state(now)
                _draw_buttons(now)

    live()


def _draw_state(run: "RunState") -> None:
    message = plain(run.message) if run.message else ""
    if run.alive:
        with st.container(width="stretch"):
            draw(run.progress, then=MEASURING if run.progress.seconds_left is None else "")
    elif run.status == "finished":
        st.markdown("**Finished.**", width="content")
    elif run.status == "stopped":
        words = f"Stopped after epoch {run.epoch} of {run.epochs}. {message} Resume goes on from there."
        st.markdown(words, width="content")
    elif run.status == "failed":
        st.error(message or "The run failed without a message; its log lies in its folder.")
    else:
        st.warning(message or "The process of this run is gone.")


def _draw_buttons(run: "RunState") -> None:
    from ser_core.training.jobs import request_stop, resume_run

    if run.alive:
        place = st.empty()
        pressed = not run.stopping and place.button("Stop", key="stop run")
        if pressed:
            request_stop(run.path)
        if pressed or run.stopping:
            place.markdown("Stopping after this batch… What was learned up to the last whole epoch is kept.")
    elif run.can_resume:
        if st.button("Resume", key="resume run"):
            resume_run(run.path)
            st.rerun()
    elif run.status == "finished":
        if st.button("Listen with this model →"):
            _open_with_its_model(run, "pages/listen.py")
        if st.button("Look into its embedding space →"):
            _open_with_its_model(run, "pages/embedding_space.py")


def _open_with_its_model(run: "RunState", page: str) -> None:
    """Choose a run's model, and open a page.

    Raises:
        CheckpointError: if the model cannot be chosen.
    """
    cache.every_checkpoint.clear()  # what was listed may be older than the model
    for entry in cache.checkpoints():
        if run.checkpoint is not None and entry.path.resolve() == run.checkpoint.resolve():
            checkpoint_choice.choose(entry.name)
            st.switch_page(page)
    raise CheckpointError(
        f"Expected the model of {run.name} among those that can be chosen; it is not there. "
        "See on the page Library what is wrong with it, or train it again."
    )
