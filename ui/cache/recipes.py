"""Recipes that ship, read once: no file of theirs changes while the server runs."""

from typing import TYPE_CHECKING

import streamlit as st

if TYPE_CHECKING:
    from ser_core.recipes import Recipe


@st.cache_resource(max_entries=256, show_spinner=False)
def recipe(name: str, overrides: tuple[str, ...] = ()) -> "Recipe":
    """Read a recipe that ships, with a visitor's changes.

    Raises:
        ConfigError: if there is no such recipe, or it refuses a change.
    """
    from ser_core.recipes import load_recipe

    return load_recipe(name, overrides)
