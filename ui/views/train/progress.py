"""The picture of a run: its space as it forms, what was learned at a glance, curves, confusions, scores."""

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import streamlit as st

from ser_core.plots.learning import loss_figure, loss_terms, score_figure
from ser_core.plots.matrix import confusion_figure
from ui import cache, state
from ui.components import charts, folded, forming_space, glossary, page_top, scores, spaces, tables
from ui.components.forming_space import FormingView
from ui.components.percent import percent
from ui.components.reliability import draw_reliability
from ui.components.scores import BACK_ENDS
from ui.components.text import plain
from ui.errors import shown_to_visitor
from ui.views.train.judged import judged_by, miner_of
from ui.views.train.learned import learned_in_words
from ui.views.train.runs import draw_name
from ui.views.train.settings import ChosenRun
from ui.views.train.start import ARRIVED
from ui.views.train.status import EVERY
from ui.views.train.what_goes_in import draw_what_goes_in

if TYPE_CHECKING:
    from ser_core.training.jobs import RunState

SAID = {
    "development_uar": "UA by the head",
    "development_wa": "WA by the head",
    "development_uar_angle": "UA by the nearest direction",
}
CURVES_EVERY = 2.0  # seconds; each time, the browser draws all of them again, on the cores that the run needs
ALWAYS_ACTIVE = "batch-hard"  # nearly every triplet of this miner is active: the share is no news


def draw_run(run: Path, chosen: ChosenRun | None) -> None:
    """Draw a run's picture; while it learns, the picture moves.

    Args:
        run: its folder.
        chosen: what the next run would be, whose clips are drawn below the picture.
    """
    from ser_core.training.jobs import run_state

    alive = run_state(run).alive

    @st.fragment(run_every=EVERY if alive else None)
    def picture() -> None:
        with shown_to_visitor():
            _draw_picture(run_state(run))

    picture()
    if chosen is not None:
        draw_what_goes_in(chosen.corpus, chosen.manifest)

    @st.fragment(run_every=CURVES_EVERY if alive else None)
    def figures() -> None:
        with shown_to_visitor():
            _draw_figures(run_state(run))

    figures()
    draw_name(run)


def _draw_picture(run: "RunState") -> None:
    formed = cache.forming_space(run.path)
    if formed is None and not run.alive:
        st.markdown(learned_in_words(run, None))
        return
    view = FormingView(
        run=run.name,
        learning=run.alive,
        arrive=run.name if state.recall(ARRIVED) == run.name else "",
        waiting="The space before training is about to appear."
        if _keeps_snapshots(run)
        else "This run keeps no snapshots of its space. Its curves appear below.",
        titles=("Voices it learns from", "Other voices (development)"),
    )
    forming_space.draw(formed, view, key=f"forming {run.name}")
    if run.history or formed is not None:
        st.markdown(learned_in_words(run, formed))


def _keeps_snapshots(run: "RunState") -> bool:
    from ser_core.training.plan import read_config

    return read_config(run.path).snapshots > 0


def _draw_figures(run: "RunState") -> None:
    if run.recipe:
        st.markdown(f"**{plain(run.recipe)}** on **{plain(run.corpus)}**, split {plain(run.protocol)}")
    _lead_to_snapshots(run.path)
    if run.metrics:
        _draw_scores(run)
    if run.history:
        _draw_curves(run)
    elif run.alive:
        st.caption("The first epoch is under way; its figures appear when it ends.")


def _lead_to_snapshots(run: Path) -> None:
    from ser_core.embeddings.snapshots import has_snapshots

    if has_snapshots(run) and st.button("Compare two of its epochs →"):
        spaces.choose_epochs_of(run.name)
        st.switch_page("pages/two_spaces.py")


def _draw_scores(run: "RunState") -> None:
    from ser_core.checkpoints.folder import read_card
    from ser_core.training.loop import UTTERANCES_FOR_DIRECTIONS

    more = folded.expander("scores of the run", "Scores by every way of judging, and what its answers are worth")
    if not more.open:
        return
    with more:
        st.markdown("**The finished model, on speech it has not learned from:**")
        tables.show(scores.score_rows(run.metrics), hide_index=True, column_config=scores.COLUMNS)
        judge = f"This model is judged by {BACK_ENDS[run.back_end]}. " if run.back_end in BACK_ENDS else ""
        st.caption(
            f"{judge}{scores.WORDS} The development figure by the nearest direction (angle) can differ from that of "
            "the last epoch below: to save time, an epoch is judged with directions from "
            f"{UTTERANCES_FOR_DIRECTIONS} training utterances of each emotion, the finished model with directions from "
            "all of them. Where the last stage kept its best epoch, all figures are of that one."
        )
        if run.checkpoint is not None:
            draw_reliability(read_card(run.checkpoint), key="reliability")


def _draw_curves(run: "RunState") -> None:
    _draw_losses(run)
    charts.draw(
        score_figure(run.history),
        key="score curve",
        alt="Development UA and WA by the head, and UA by the nearest direction, of each epoch.",
        buttons=page_top.experts(),  # on a phone they lie over the names of the stages
    )
    last = run.history[-1]
    parts = [f"{name} {percent(getattr(last, key))}" for key, name in SAID.items() if getattr(last, key) is not None]
    if parts:
        glossary.caption(
            f"[[Development speakers|development set]], [[epoch]] {last.epoch}: {', '.join(parts)}. "
            "[[UA]]: the share of right answers, averaged over the emotions; [[WA]]: of all utterances."
            f"{_beside_the_headline(run)}"
        )
    if page_top.experts():
        _draw_fractions(run)
    if run.confusion is not None and run.labels:
        charts.draw(
            confusion_figure(np.asarray(run.confusion), list(run.labels)),
            key="confusion",
            alt="Confusion matrix of the development speakers.",
            buttons=False,
        )
        judge = judged_by(run.path, last.stage)
        told = f", judged by {BACK_ENDS[judge]}" if judge in BACK_ENDS else ""
        told += _quick_directions() if judge == "angle" else ""
        st.caption(f"Development speakers, last epoch{told}: counts; the colour is the share of each true emotion.")


def _beside_the_headline(run: "RunState") -> str:
    """Say why the figures of an epoch differ from the one in bold below the picture, if snapshots gave that one."""
    from ser_core.embeddings.snapshots import has_snapshots
    from ser_core.training.snapshots import MOST_TRAINING

    if not has_snapshots(run.path):
        return ""
    return (
        " The figure in bold above is UA by the nearest direction, too, with the [[direction]] of up to "
        f"{MOST_TRAINING:,} clips that are learned from; here, to save time, it is that{_quick_directions()}. "
        "The [[head]] answers without directions."
    )


def _quick_directions() -> str:
    from ser_core.training.loop import UTTERANCES_FOR_DIRECTIONS

    return f" of {UTTERANCES_FOR_DIRECTIONS} clips of each emotion"


def _draw_losses(run: "RunState") -> None:
    """Draw each term of the loss by itself: beside each other, or on a phone one below the other."""
    terms = loss_terms(run.history)
    for number, (place, term) in enumerate(zip(st.columns(max(1, len(terms))), terms, strict=False)):
        with place:
            charts.draw(
                loss_figure(term),
                key=f"loss curve {number}",
                alt=f"Term of the training loss over the epochs of stage {term.stage}: {term.title}.",
                buttons=False,
            )


def _draw_fractions(run: "RunState") -> None:
    last = run.history[-1]
    if "active_fraction" in last.further and miner_of(run.path, last.stage) != ALWAYS_ACTIVE:
        st.caption(
            f"{percent(last.further['active_fraction'], digits=0)} of the triplets of epoch {last.epoch} were active: "
            "nearer to another emotion than the margin allows. The others teach nothing more."
        )
    if "clipped_fraction" in last.further:
        st.caption(
            f"In {percent(last.further['clipped_fraction'], digits=0)} of the steps of epoch {last.epoch} the gradient "
            "was longer than the stage allows, and was shortened."
        )
