"""A button that trains what is compared under the seeds that are missing."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from ser_core.jobs import Progress
from ser_core.jobs.queue import Job, JobQueue
from ui import cache, state
from ui.components.progress import wait
from ui.views.compare.candidates import CHOICE, choose_these

if TYPE_CHECKING:
    from ser_core.experiments.common_ground import CommonGround

ASKED = "job of further seeds"


def draw_more_seeds(ground: "CommonGround") -> None:
    """Draw the button, or how far its runs are; nothing where there are enough seeds, or not all are finished runs.

    Raises:
        SerError: if one of the runs could not be trained.
    """
    key = state.recall(ASKED)
    job = _queue().find(key) if key else None
    if job is not None and not job.done():
        wait("further seeds", lambda: _progress(job), lambda: _queue().leave(job, state.visitor()))
        return
    if job is not None:
        _finish(job)
        return
    missing = _missing(ground)
    if missing:
        count = sum(map(len, missing.values()))
        seeds = sorted({seed for of_run in missing.values() for seed in of_run})
        st.button(
            f"Train {'once' if count == 1 else f'{count} times'} more, to tell it from chance",
            type="primary",
            on_click=_ask,
            args=(missing,),
            help=f"Trains what stands here again with the same settings, under seed {', '.join(map(str, seeds))}: "
            "another split and other first weights. It goes on when you leave the page.",
        )


def _missing(ground: "CommonGround") -> dict[Path, tuple[int, ...]]:
    """Return which runs lack which seeds: those that another has, and the fewest that tell chance from a difference."""
    from ser_core.evaluation.seeds import FEWEST_SEEDS
    from ser_core.experiments.places import RUN

    if len(ground.compared) < 2:
        return {}
    compared = [system for system in ground.systems if system.name in ground.compared]
    if any(record.place.kind != RUN or not record.settings for one in compared for record in one.records):
        return {}
    wanted = sorted({seed for seeds in ground.seeds.values() for seed in seeds})
    wanted += [seed for seed in range(FEWEST_SEEDS + max(wanted)) if seed not in wanted][: FEWEST_SEEDS - len(wanted)]
    missing = {}
    for one in compared:
        seeds = tuple(seed for seed in wanted if seed not in ground.seeds[one.name])
        if seeds:
            missing[one.records[0].place.path] = seeds
    return missing


def _ask(missing: Mapping[Path, tuple[int, ...]]) -> None:
    from ser_core.training.more_seeds import train_more_seeds

    key = repr(sorted((str(run), seeds) for run, seeds in missing.items()))
    _queue().forget_failed(key)
    _queue().ask(key, lambda job: train_more_seeds(missing, job), state.visitor())
    state.remember(ASKED, key)


def _progress(job: "Job[tuple[Path, ...]]") -> Progress | None:
    if job.done():
        return None
    waiting = _queue().before(job)
    return Progress(0.0, words=f"Waiting for {waiting} before it") if waiting else job.progress


def _finish(job: "Job[tuple[Path, ...]]") -> None:
    """Put the new runs beside the others, and draw the page again."""
    state.remember(ASKED, None)
    if job.stopped():
        return
    made = job.result()
    cache.records.clear()
    former = list(state.widget_value(CHOICE) or state.recall(CHOICE) or ())
    choose_these([*former, *(f"runs/{run.name}" for run in made)])
    st.rerun()


@st.cache_resource(show_spinner=False)
def _queue() -> "JobQueue[tuple[Path, ...]]":
    from ser_core.training.more_seeds import seeds_queue

    return seeds_queue()
