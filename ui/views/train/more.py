"""More about what is chosen, at the end of the page: recipe card, speakers of each part, command."""

import shlex

import streamlit as st

from ui import cache
from ui.components import folded
from ui.views.train.architecture import architecture
from ui.views.train.card import draw_card
from ui.views.train.settings import ChosenRun
from ui.views.train.split import draw_split

CARD = "About this recipe: architecture, paper and ours, parameters"


def draw_more(chosen: ChosenRun) -> None:
    """Draw it, closed.

    Raises:
        ConfigError: if the model cannot be built.
    """
    recipe, emotions = chosen.chosen, len(chosen.manifest.labels)
    card = folded.expander("recipe card", CARD)
    if card.open:  # it reads every result that is kept
        with card:
            draw_card(cache.recipe(recipe.name), chosen.recipe, recipe.overrides, emotions=emotions)
    elif recipe.written:  # a model that cannot be built is reported before the start
        architecture(recipe.name, recipe.overrides, emotions)
    with st.expander("Who is learned from, and who is kept for the score"):
        draw_split(chosen.manifest, chosen.split)
    with st.expander("The same in a terminal"):
        st.caption("Training goes on when this page is closed. In a terminal, the same run is:")
        st.code(_command(chosen), language=None, wrap_lines=True)


def _command(chosen: ChosenRun) -> str:
    split, snapshots = chosen.split, chosen.snapshots
    words = ["python", "-m", "ser_core", "train", "--corpus", chosen.corpus, "--recipe", chosen.chosen.name]
    words += ["--protocol", split.protocol, "--fold", str(split.fold.number), "--seed", str(split.seed)]
    for source, target in chosen.mapping.items():
        words += ["--map", f"{source}={target}"]
    for item in chosen.chosen.overrides:
        words += ["--set", item]
    if snapshots:
        words += ["--snapshots", str(snapshots)]
    return shlex.join([*words, "--out", "RUN_DIR"])
