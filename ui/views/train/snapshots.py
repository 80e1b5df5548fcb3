"""Choice how often a run saves a snapshot of its space."""

import streamlit as st

from ui import cache
from ui.components.numbers import NumberField
from ui.components.text import plain
from ui.views.train.recipe import ChosenRecipe
from ui.views.train.split import ChosenSplit


def choose_snapshots(chosen: ChosenRecipe, split: ChosenSplit) -> int:
    """Draw the field.

    Returns:
        Epochs between two snapshots; 0 for none.

    Raises:
        InputError: if the number is out of range.
    """
    from ser_core.training.fit import trained_fold
    from ser_core.training.snapshots import size_text, usual_interval

    recipe = cache.recipe(chosen.name, chosen.overrides)
    fold = trained_fold(recipe, split.fold)
    field = NumberField(
        "Epochs between two snapshots",
        0,
        2000,
        help="Keeps the embeddings every so many epochs: they are drawn while it learns, and can be watched on the "
        "page Two spaces; 0 keeps none. Training itself is the same with and without.",
    )
    every = int(field.checked(field.draw(snapshots_of(chosen.name), usual_interval(recipe, fold))))
    if every:
        st.caption(plain(f"Snapshots: {size_text(recipe, fold, every)}."))
    return every


def snapshots_of(recipe: str) -> str:
    """Name what is remembered of the epochs between two snapshots, of runs of a recipe."""
    return f"epochs between two snapshots of {recipe}"
