"""Choose a recipe, and change its values: those one changes most in fields, any other as written."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from ui import cache, state
from ui.components.numbers import NumberField

if TYPE_CHECKING:
    from ser_core.recipes import Recipe

QUICK = "quick"  # what one begins with
OTHERS = "Other settings, one per line"


@dataclass(frozen=True)
class ChosenRecipe:
    """A recipe with a visitor's changes.

    Attributes:
        name: of the shipped recipe.
        changed: ``key=value`` assignments of the fields, only those that differ from the recipe.
        written: further assignments, as a visitor wrote them.
    """

    name: str
    changed: tuple[str, ...]
    written: tuple[str, ...] = ()

    @property
    def overrides(self) -> tuple[str, ...]:
        """All assignments; of two of one key the written one counts, since it is the later one."""
        return self.changed + self.written


def choose_recipe() -> ChosenRecipe:
    """Draw the chooser and the editable values.

    Raises:
        ConfigError: if the recipe refuses a value.
        InputError: if a number is out of range.
    """
    from ser_core.recipes import shipped_recipes

    recipes = {name: cache.recipe(name) for name in shipped_recipes()}
    names = sorted(recipes, key=lambda name: (bool(recipes[name].published), name))  # our own come first
    name = st.selectbox(
        "Recipe", names, key=state.prepared("recipe", names, QUICK), format_func=lambda name: _title(recipes[name])
    )
    state.remember("recipe", name)
    fields = _fields(recipes[name])
    chosen = ChosenRecipe(name, _changed(fields), _written(name))
    cache.recipe(name, chosen.overrides)
    return chosen


def settings_of(recipe: str) -> str:
    """Name what is remembered of the settings that were written for a recipe."""
    return f"settings written for {recipe}"


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


def _written(recipe: str) -> tuple[str, ...]:
    name = settings_of(recipe)
    text = st.text_area(
        OTHERS,
        key=state.prepared_value(name, ""),
        placeholder="stages.0.batch_size=16",
        height=80,
        help="As `--set` takes them in a terminal. The recipe's card lists every key, under Parameters.",
    )
    state.remember(name, text)
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def _changed(fields: list[_Typed]) -> tuple[str, ...]:
    overrides = []
    for one in fields:
        value = one.field.checked(one.typed)
        if abs(value - one.shipped) > 1e-9:
            overrides.append(f"{one.key}={int(value) if one.field.whole else value!r}")
    return tuple(overrides)
