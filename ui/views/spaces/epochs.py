"""Which run, and which two of its epochs."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from ser_core.inference import Atlas
from ser_core.inference.atlas import corpus_roots
from ser_core.paths import exists, size
from ui import cache, state
from ui.components import tables
from ui.components.spaces import RUN
from ui.components.text import plain
from ui.views.spaces.runs import runs_listed
from ui.views.spaces.sides import SpaceSide, SpaceSides

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

    from ser_core.embeddings.snapshots import Snapshot


FIRST, SECOND = "First epoch", "Second epoch"


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
    """Draw the choice among the runs that have kept their space.

    Returns:
        The run; ``None``, with the way to one on the page, while there is nothing to compare.
    """
    from ser_core.embeddings.snapshots import snapshots_of
    from ser_core.training.run_names import run_title

    runs = runs_listed()
    if not runs:
        with page:
            _say_how()
        return None
    name = st.selectbox(
        "Run", list(runs), key=state.prepared(RUN, list(runs)), format_func=lambda name: run_title(runs[name])
    )
    state.remember(RUN, name)
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
        st.caption(
            "Of the weights that judge an epoch, the running average. All development utterances, and some of training."
        )


def epoch_of(which: str, run: str) -> str:
    """Name the choice of an epoch of a run, :data:`FIRST` or :data:`SECOND`."""
    return f"{which} of {run}"


def choose_epochs(run: RunWithSnapshots) -> SpaceSides:
    """Draw two sliders over the epochs.

    Raises:
        EmbeddingError: if one of the snapshots is damaged.
    """
    titles = {one.epoch: one.title for one in run.snapshots}
    chosen = []
    for column, label, default in zip(st.columns(2), (FIRST, SECOND), (0, -1), strict=True):
        epochs = list(titles)
        name = epoch_of(label, run.name)
        epoch = column.select_slider(
            label, epochs, key=state.prepared(name, epochs, epochs[default]), format_func=titles.__getitem__
        )
        state.remember(name, epoch)
        chosen.append(next(one for one in run.snapshots if one.epoch == epoch))
    first, second = (_side(run, one) for one in chosen)
    return SpaceSides(first, second, of_one_run=True)


def _side(run: RunWithSnapshots, snapshot: "Snapshot") -> SpaceSide:
    space = cache.snapshot(snapshot)
    return SpaceSide(
        f"{snapshot.path}|{cache.version(snapshot.path)}",
        f"epoch {snapshot.title}",
        Atlas(space.frame, space.embeddings, roots_of(snapshot), notes=space.notes),
    )


def roots_of(snapshot: "Snapshot") -> tuple[Path, ...]:
    """Say where the sound of a snapshot's utterances may lie."""
    return (*corpus_roots(snapshot.corpus, snapshot.corpus_root), *state.folders_of([snapshot.corpus]))


def _say_how() -> None:
    with st.container(border=True):
        st.markdown(
            "**No run has kept its space yet.** A run that is started on the page Train keeps the space of its "
            "development utterances as it is learned, in small files, which can be watched here. In a terminal:"
        )
        st.code("python -m ser_core train --corpus demo --recipe quick --snapshots 1 --out RUN_DIR", language="bash")
        st.page_link("pages/train.py", label=":primary[**Train a model →**]")
