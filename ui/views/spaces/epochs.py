"""Which run, and which two of its epochs."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from ser_core.paths import exists, size
from ui import cache, state
from ui.components import tables
from ui.components.spaces import RUN
from ui.components.text import plain
from ui.views.spaces.runs import SHIPPED, own_runs, runs_listed, title_of
from ui.views.spaces.side import SpaceSides, side_of

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

    from ser_core.embeddings.snapshots import Snapshot


FIRST, SECOND = "First epoch", "Second epoch"
_OF_OWN = "Of the weights that judge an epoch, the running average. All development utterances, and some of training."
_OF_SHIPPED = (
    "Of the weights that judge an epoch, the running average. Six artificial voices that the network learned from, and "
    "two that it never heard, by which nothing was chosen: the maps show those two."
)


@dataclass(frozen=True)
class RunWithSnapshots:
    """Run with snapshots of its space.

    Attributes:
        name: as it is listed.
        path: its folder.
        snapshots: at least two, by epoch.
    """

    name: str
    path: Path
    snapshots: tuple["Snapshot", ...]

    @property
    def key(self) -> str:
        """What changes whenever a snapshot is added or written again."""
        return f"{self.path}|" + "|".join(str(cache.version(one.path)) for one in self.snapshots)


def choose_run(page: "DeltaGenerator") -> RunWithSnapshots | None:
    """Draw the choice among the runs that have kept their space, and how to get one's own while there is none.

    Returns:
        The run; ``None``, with the reason on the page, while it has fewer than two epochs.
    """
    from ser_core.embeddings.snapshots import snapshots_of

    runs = runs_listed()
    name = st.selectbox("Run", list(runs), key=state.prepared(RUN, list(runs)), format_func=title_of)
    state.remember(RUN, name)
    if not own_runs():
        _say_how()
    found, damaged = snapshots_of(runs[name])
    for file, reason in damaged:
        page.warning(f"**{plain(file)}** is left out. {plain(reason)}")
    if len(found) < 2:
        page.info(
            f"{'One epoch' if found else 'No epoch'} of this run can be seen so far; two are needed. If the run is "
            "still training, come back after its next snapshot; otherwise choose another run, or train one again."
        )
        return None
    return RunWithSnapshots(name, runs[name], tuple(found))


def draw_snapshots(run: RunWithSnapshots) -> None:
    """Draw the list of a run's snapshots, folded."""
    found = run.snapshots
    with st.expander(f"{len(found)} snapshots, from epoch {found[0].epoch} to {found[-1].epoch}"):
        tables.show(
            [
                {
                    "epoch": one.epoch,
                    "stage": one.stage if one.epoch else "before training",
                    "utterances": one.utterances,
                    "kB": size(one.path) / 1000,
                    "file": one.path.name,
                }
                for one in found
                if exists(one.path)
            ],
            hide_index=True,
            column_config={"kB": st.column_config.NumberColumn(format="%.0f")},
        )
        st.caption(_OF_SHIPPED if run.name == SHIPPED else _OF_OWN)


def epoch_of(which: str, run: str) -> str:
    """Name the choice of an epoch of a run, :data:`FIRST` or :data:`SECOND`."""
    return f"{which} of {run}"


def choose_epochs(run: RunWithSnapshots) -> SpaceSides:
    """Draw two sliders over the epochs, and a button for each stage where there are several.

    Raises:
        EmbeddingError: if one of the snapshots is damaged.
    """
    titles = {one.epoch: one.title for one in run.snapshots}
    _draw_stages(run)
    chosen = []
    for column, label, default in zip(st.columns(2), (FIRST, SECOND), (0, -1), strict=True):
        epochs = list(titles)
        name = epoch_of(label, run.name)
        epoch = column.select_slider(
            label, epochs, key=state.prepared(name, epochs, epochs[default]), format_func=titles.__getitem__
        )
        state.remember(name, epoch)
        chosen.append(next(one for one in run.snapshots if one.epoch == epoch))
    first, second = (side_of(one, f"epoch {one.title}") for one in chosen)
    return SpaceSides(first, second, f"epochs of {run.name}", of_one_run=True)


def _draw_stages(run: RunWithSnapshots) -> None:
    """Draw a button for the whole run and for each stage: it compares what was before with what came out."""
    epochs = [one.epoch for one in run.snapshots]
    stages = list(dict.fromkeys(one.stage for one in run.snapshots))
    if len(stages) < 2:
        return
    with st.container(horizontal=True):
        st.button("The whole run", on_click=_compare, args=(run.name, epochs[0], epochs[-1]))
        for stage in stages:
            own = [number for number, one in enumerate(run.snapshots) if one.stage == stage]
            before, after = epochs[max(own[0] - 1, 0)], epochs[own[-1]]
            st.button(f"Before and after {plain(stage)}", on_click=_compare, args=(run.name, before, after))


def _compare(run: str, first: int, second: int) -> None:
    state.choose(epoch_of(FIRST, run), first)
    state.choose(epoch_of(SECOND, run), second)


def _say_how() -> None:
    with st.container(border=True):
        st.markdown(
            "**No run of yours has kept its space yet.** A run that is started on the page Train keeps the space of "
            "its development utterances as it is learned, in small files, which can be watched here. In a terminal:"
        )
        st.code("python -m ser_core train --corpus demo --recipe quick --snapshots 1 --out RUN_DIR", language=None)
        st.page_link("pages/train.py", label=":primary[**Train a model →**]")
