"""Choice whether a run saves snapshots of its space."""

import streamlit as st

from ui.components.numbers import NumberField
from ui.components.text import plain
from ui.views.train.recipe import ChosenRecipe
from ui.views.train.split import ChosenSplit


def choose_snapshots(recipe: ChosenRecipe, split: ChosenSplit) -> int:
    """Draw the field.

    Returns:
        Epochs between two snapshots; 0 for none.

    Raises:
        InputError: if the number is out of range.
    """
    field = NumberField(
        "Epochs between two snapshots",
        0,
        2000,
        help="Keeps the embeddings every so many epochs, to be watched on the page Two spaces; 0 keeps none. Training "
        "itself is the same with and without.",
    )
    every = int(field.checked(field.draw("snapshots", 0)))
    if every:
        from ser_core.recipes import load_recipe
        from ser_core.training.fit import trained_fold
        from ser_core.training.snapshots import size_text

        chosen = load_recipe(recipe.name, recipe.overrides)
        st.caption(plain(f"Snapshots: {size_text(chosen, trained_fold(chosen, split.fold), every)}."))
    return every
