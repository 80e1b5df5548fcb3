"""Choose a recipe, see what it is, and change the few of its values that one changes most."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from ui import state
from ui.components.numbers import NumberField
from ui.views.train.card import draw_card

if TYPE_CHECKING:
    from ser_core.recipes import Recipe

CARD = "About this recipe: architecture, paper and ours, parameters"
EMOTIONS = 8  # that a picture counts weights for while no corpus is chosen


@dataclass(frozen=True)
class ChosenRecipe:
    """A recipe with a visitor's changes.

    Attributes:
        name: of the shipped recipe.
        overrides: ``key=value`` assignments, only those that differ from the recipe.
    """

    name: str
    overrides: tuple[str, ...]


def choose_recipe(emotions: int = EMOTIONS) -> ChosenRecipe:
    """Draw the chooser, the recipe's card and the editable values.

    Args:
        emotions: that the model will tell apart.

    Raises:
        ConfigError: if the recipe refuses a value.
        InputError: if a number is out of range.
    """
    from ser_core.recipes import load_recipe, shipped_recipes

    recipes = {name: load_recipe(name) for name in shipped_recipes()}
    names = sorted(recipes, key=lambda name: (bool(recipes[name].published), name))  # our own come first
    name = st.selectbox(
        "Recipe", names, key=state.prepared("recipe", names, "quick"), format_func=lambda name: _title(recipes[name])
    )
    state.remember("recipe", name)
    card = st.expander(CARD)  # it stands above the values that it shows, closed: below them one starts
    overrides = _overrides(_fields(recipes[name]))
    with card:
        draw_card(recipes[name], load_recipe(name, overrides), overrides, emotions=emotions)
    return ChosenRecipe(name, overrides)


def _title(recipe: "Recipe") -> str:
    return f"{'Published' if recipe.published else 'Our own'} · {recipe.title}"


@dataclass(frozen=True)
class _Typed:
    """A setting of the recipe, and what is typed for it."""

    key: str
    field: NumberField
    shipped: float
    typed: float | None


def _fields(recipe: "Recipe") -> list[_Typed]:
    typed = []
    for number, stage in enumerate(recipe.stages):
        epochs = NumberField(f"Epochs of stage {stage.name}", 1, 2000)
        rate = NumberField(f"Learning rate of stage {stage.name}", 1e-6, 1.0, whole=False, step=1e-4)
        asked = ((epochs, "epochs", stage.epochs), (rate, "learning_rate", stage.learning_rate))
        for column, (field, setting, shipped) in zip(st.columns(2), asked, strict=True):
            value = field.draw(f"{recipe.name}.{number}.{setting}", shipped, where=column)
            typed.append(_Typed(f"stages.{number}.{setting}", field, shipped, value))
    return typed


def _overrides(fields: list[_Typed]) -> tuple[str, ...]:
    overrides = []
    for one in fields:
        value = one.field.checked(one.typed)
        if abs(value - one.shipped) > 1e-9:
            overrides.append(f"{one.key}={int(value) if one.field.whole else value!r}")
    return tuple(overrides)
