"""Progress of a run: learning curves, confusions, result; stop and resume."""

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import streamlit as st

from ser_core.errors import CheckpointError
from ser_core.plots.learning import loss_figure, score_figure
from ser_core.plots.matrix import confusion_figure
from ui import cache
from ui.components import charts, checkpoint_choice, scores, spaces, tables
from ui.components.progress import draw
from ui.components.reliability import draw_reliability
from ui.components.scores import BACK_ENDS
from ui.components.text import plain
from ui.errors import shown_to_visitor
from ui.views.train.judged import judged_by

if TYPE_CHECKING:
    from ser_core.training.jobs import RunState

SAID = {
    "development_uar": "UA by the head",
    "development_wa": "WA by the head",
    "development_uar_angle": "UA by the nearest direction",
}
EVERY = 1.0  # seconds between two looks at a living run


def draw_run(run: Path) -> None:
    """Draw a run; while it is running, update every second as a fragment."""
    from ser_core.training.jobs import run_state

    looked = [run_state(run)]  # what is known already need not be read twice
    alive = looked[0].alive

    @st.fragment(run_every=EVERY if alive else None)
    def live() -> None:
        with shown_to_visitor():
            now = looked.pop() if looked else run_state(run)
            if alive and not now.alive:
                cache.checkpoints.clear()
                st.rerun()  # the run has ended: draw the page once more, without the clock
            _draw_state(now)

    live()


def _draw_state(run: "RunState") -> None:
    if run.recipe:
        st.markdown(f"**{plain(run.recipe)}** on **{plain(run.corpus)}**, split {plain(run.protocol)}")
    if run.alive:
        draw(run.progress)
    else:
        _draw_end(run)
    _draw_buttons(run)
    _lead_to_snapshots(run.path)
    if run.metrics:
        _draw_scores(run)
    if run.checkpoint is not None:
        _draw_reliability(run.checkpoint)
    if run.history:
        _draw_curves(run)
    elif run.alive:
        st.caption("The first epoch is under way; its figures appear when it ends.")


def _draw_end(run: "RunState") -> None:
    message = plain(run.message) if run.message else ""
    if run.status == "finished":
        st.success("Finished. The model can be chosen on every page.")
    elif run.status == "stopped":
        st.info(f"Stopped after epoch {run.epoch} of {run.epochs}. {message} Resume goes on from there.")
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
            place.info("Stopping after this batch… What was learned up to the last whole epoch is kept.")
    elif run.can_resume:
        if st.button("Resume", key="resume run"):
            resume_run(run.path)
            st.rerun()
    elif run.status == "finished":
        listen, space = st.columns(2)
        if listen.button("Listen with this model →", type="primary"):
            _open_with_its_model(run, "pages/listen.py")
        if space.button("Look into its embedding space →", type="primary"):
            _open_with_its_model(run, "pages/embedding_space.py")


def _lead_to_snapshots(run: Path) -> None:
    from ser_core.embeddings.snapshots import has_snapshots

    if has_snapshots(run) and st.button("Watch its space being learned →"):
        spaces.choose_epochs_of(run.name)
        st.switch_page("pages/two_spaces.py")


def _open_with_its_model(run: "RunState", page: str) -> None:
    """Choose a run's model, and open a page.

    Raises:
        CheckpointError: if the model cannot be chosen.
    """
    cache.checkpoints.clear()  # what was listed may be older than the model
    for entry in cache.checkpoints():
        if run.checkpoint is not None and entry.path.resolve() == run.checkpoint.resolve():
            checkpoint_choice.choose(entry.name)
            st.switch_page(page)
    raise CheckpointError(
        f"Expected the model of {run.name} among those that can be chosen; it is not there. "
        "See on the page Library what is wrong with it, or train it again."
    )


def _draw_scores(run: "RunState") -> None:
    from ser_core.training.loop import UTTERANCES_FOR_DIRECTIONS

    st.markdown("**The finished model, on speech it has not learned from:**")
    tables.show(scores.score_rows(run.metrics), hide_index=True, column_config=scores.COLUMNS)
    judge = f"This model is judged by {BACK_ENDS[run.back_end]}. " if run.back_end in BACK_ENDS else ""
    st.caption(
        f"{judge}{scores.WORDS} The development figure by the nearest direction (angle) can differ from that of the "
        f"last epoch below: to save time, an epoch is judged with directions from {UTTERANCES_FOR_DIRECTIONS} training "
        "utterances of each emotion, the finished model with directions from all of them. Where the last stage kept "
        "its best epoch, all figures are of that one."
    )


def _draw_reliability(checkpoint: Path) -> None:
    from ser_core.checkpoints.folder import read_card

    draw_reliability(read_card(checkpoint), key="reliability")


def _draw_curves(run: "RunState") -> None:
    loss, scores = st.columns(2)
    with loss:
        charts.draw(loss_figure(run.history), key="loss curve", alt="Training loss of each epoch.")
    with scores:
        charts.draw(
            score_figure(run.history),
            key="score curve",
            alt="Development UA and WA by the head, and UA by the nearest direction, of each epoch.",
        )
    last = run.history[-1]
    parts = [f"{name} {100 * getattr(last, key):.1f} %" for key, name in SAID.items() if getattr(last, key) is not None]
    if parts:
        st.caption(
            f"Development speakers, epoch {last.epoch}: {', '.join(parts)}. "
            "UA: mean recall over the emotions; WA: accuracy."
        )
    if "active_fraction" in last.further:
        st.caption(
            f"{100 * last.further['active_fraction']:.0f} % of the triplets of epoch {last.epoch} were active: "
            "nearer to another emotion than the margin allows. The others teach nothing more."
        )
    if run.confusion is not None and run.labels:
        charts.draw(
            confusion_figure(np.asarray(run.confusion), list(run.labels)),
            key="confusion",
            alt="Confusion matrix of the development speakers.",
            buttons=False,
        )
        back_end = BACK_ENDS.get(judged_by(run.path, last.stage), "")
        st.caption(
            f"Development speakers, last epoch{f', judged by {back_end}' if back_end else ''}: counts; "
            "the colour is the share of each true emotion."
        )
