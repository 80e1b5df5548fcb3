"""Choose a recipe, see where each of its values comes from, and change the few that one changes most."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from ui import state
from ui.components.text import plain

if TYPE_CHECKING:
    from ser_core.recipes import Recipe


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


def choose_recipe() -> ChosenRecipe:
    """Draw the chooser, the editable values and the table of all parameters.

    Raises:
        ConfigError: if a value is out of range.
    """
    from ser_core.recipes import load_recipe, shipped_recipes

    names = shipped_recipes()
    recipes = {name: load_recipe(name) for name in names}
    name = st.selectbox(
        "Recipe", names, key=state.prepared("recipe", names, "quick"), format_func=lambda name: recipes[name].title
    )
    state.remember("recipe", name)
    recipe = recipes[name]
    st.caption(f"{plain(recipe.summary)} Source: {plain(recipe.source)}.")
    overrides = _edited(recipe)
    seed_key = state.prepared_value("seed", 0)
    seed = int(st.number_input("Seed", min_value=0, max_value=2**31 - 1, step=1, key=seed_key))
    state.remember("seed", seed)
    _draw_parameters(load_recipe(name, overrides), changed=[item.split("=")[0] for item in overrides])
    return ChosenRecipe(name, seed, overrides)


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


def _draw_parameters(recipe: "Recipe", *, changed: list[str]) -> None:
    with st.expander("All parameters, and where each comes from"):
        rows = []
        for key, value in recipe.parameters().items():
            source = recipe.paper.get(key)
            origin = "changed here" if key in changed else ("paper" if source else "our choice")
            rows.append({"parameter": key, "value": str(value), "origin": origin, "source": source or ""})
        st.dataframe(rows, hide_index=True, height=420)
