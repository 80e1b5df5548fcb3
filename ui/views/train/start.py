"""Start a run: the same command that a terminal would use, in a process of its own."""

import shlex
from collections.abc import Mapping
from pathlib import Path

import streamlit as st

from ui import state
from ui.views.train.recipe import ChosenRecipe
from ui.views.train.runs import RUN
from ui.views.train.split import ChosenSplit


def draw_start(
    corpus: str, mapping: Mapping[str, str], recipe: ChosenRecipe, split: ChosenSplit, snapshots: int = 0
) -> None:
    """Draw the button, and the command it stands for.

    Args:
        corpus: how the corpus is named.
        mapping: emotion to emotion or ``drop``.
        recipe: with a visitor's changes.
        split: who trains and who tests.
        snapshots: epochs between two snapshots of the space; 0 keeps none.

    Raises:
        SerError: if the run cannot be started.
    """
    from ser_core.training.jobs import start_run

    pressed = st.button("Start training", type="primary")
    st.caption("Training goes on when this page is closed. In a terminal, the same run is:")
    st.code(_command(corpus, mapping, recipe, split, snapshots), language="bash", wrap_lines=True)
    if pressed:
        run = start_run(
            corpus=corpus,
            recipe=recipe.name,
            protocol=split.protocol,
            fold=split.fold.number,
            seed=split.seed,
            overrides=recipe.overrides,
            mapping=mapping,
            snapshots=snapshots,
        )
        state.choose(RUN, Path(run).name)
        st.rerun()


def _command(corpus: str, mapping: Mapping[str, str], recipe: ChosenRecipe, split: ChosenSplit, snapshots: int) -> str:
    words = ["python", "-m", "ser_core", "train", "--corpus", corpus, "--recipe", recipe.name]
    words += ["--protocol", split.protocol, "--fold", str(split.fold.number), "--seed", str(split.seed)]
    for source, target in mapping.items():
        words += ["--map", f"{source}={target}"]
    for item in recipe.overrides:
        words += ["--set", item]
    if snapshots:
        words += ["--snapshots", str(snapshots)]
    return shlex.join([*words, "--out", "RUN_DIR"])
