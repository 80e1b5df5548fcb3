"""Recipes: one TOML file per system, every value marked with its source or as our choice."""

from ser_core.recipes.augmentation import Augmentation, DisturbanceSettings
from ser_core.recipes.published import NOT_STATED, PublishedFigure
from ser_core.recipes.recipe import (
    InputSettings,
    Recipe,
    Stage,
    load_recipe,
    recipe_table,
    shipped_recipes,
    shipped_text_recipes,
)

__all__ = [
    "NOT_STATED",
    "Augmentation",
    "DisturbanceSettings",
    "InputSettings",
    "PublishedFigure",
    "Recipe",
    "Stage",
    "load_recipe",
    "recipe_table",
    "shipped_recipes",
    "shipped_text_recipes",
]
