"""Choose a recipe, see what it is, and change the few of its values that one changes most."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from ui import state
from ui.views.train.card import draw_card

if TYPE_CHECKING:
    from ser_core.recipes import Recipe

EMOTIONS = 8  # that a picture counts weights for while no corpus is chosen


@dataclass(frozen=True)
class ChosenRecipe:
    """A recipe with a visitor's changes.

    Attributes:
        name: of the shipped recipe.
        seed: of everything random in the run.
        overrides: ``key=value`` assignments, only those that differ from the recipe.
    """

    name: str
    seed: int
    overrides: tuple[str, ...]


def choose_recipe(emotions: int = EMOTIONS) -> ChosenRecipe:
    """Draw the chooser, the recipe's card and the editable values.

    Args:
        emotions: that the model will tell apart.

    Raises:
        ConfigError: if a value is out of range.
    """
    from ser_core.recipes import load_recipe, shipped_recipes

    recipes = {name: load_recipe(name) for name in shipped_recipes()}
    names = sorted(recipes, key=lambda name: (bool(recipes[name].published), name))  # our own come first
    name = st.selectbox(
        "Recipe", names, key=state.prepared("recipe", names, "quick"), format_func=lambda name: _title(recipes[name])
    )
    state.remember("recipe", name)
    card = st.container(border=True)
    overrides = _edited(recipes[name])
    seed_key = state.prepared_value("seed", 0)
    seed = int(st.number_input("Seed", min_value=0, max_value=2**31 - 1, step=1, key=seed_key))
    state.remember("seed", seed)
    with card:  # it stands above the values that it shows
        draw_card(recipes[name], load_recipe(name, overrides), overrides, emotions=emotions)
    return ChosenRecipe(name, seed, overrides)


def _title(recipe: "Recipe") -> str:
    return f"{'Published' if recipe.published else 'Our own'} · {recipe.title}"


def _edited(recipe: "Recipe") -> tuple[str, ...]:
    overrides = []
    for number, stage in enumerate(recipe.stages):
        left, right = st.columns(2)
        epochs_key = state.prepared_value(f"{recipe.name}.{number}.epochs", stage.epochs)
        epochs = int(
            left.number_input(f"Epochs of stage {stage.name}", min_value=1, max_value=2000, step=1, key=epochs_key)
        )
        state.remember(f"{recipe.name}.{number}.epochs", epochs)
        rate_key = state.prepared_value(f"{recipe.name}.{number}.rate", stage.learning_rate)
        rate = float(
            right.number_input(
                f"Learning rate of stage {stage.name}",
                min_value=1e-6, max_value=1.0, step=1e-4, format="%.6f", key=rate_key,
            )
        )  # fmt: skip
        state.remember(f"{recipe.name}.{number}.rate", rate)
        if epochs != stage.epochs:
            overrides.append(f"stages.{number}.epochs={epochs}")
        if abs(rate - stage.learning_rate) > 1e-9:
            overrides.append(f"stages.{number}.learning_rate={rate!r}")
    return tuple(overrides)
