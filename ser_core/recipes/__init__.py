"""Recipes: one TOML file per system, every value marked with its source or as our choice."""

from ser_core.recipes.recipe import Augmentation, Recipe, Stage, load_recipe, recipe_table, shipped_recipes

__all__ = ["Augmentation", "Recipe", "Stage", "load_recipe", "recipe_table", "shipped_recipes"]
