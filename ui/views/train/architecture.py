"""The picture of a recipe's architecture, and the same in a table."""

from typing import TYPE_CHECKING

import streamlit as st

from ser_core.plots.architecture import architecture_figure
from ui.components import charts, tables

if TYPE_CHECKING:
    from ser_core.training.architecture import Architecture

HEIGHT = 480  # pixels; the picture scrolls inside, so that the values below the card stay near


def draw_architecture(recipe: str, overrides: tuple[str, ...], *, emotions: int) -> None:
    """Draw the picture of a shipped recipe with a visitor's changes, and what it says as a table.

    Raises:
        ConfigError: if the model cannot be built.
    """
    found = architecture(recipe, overrides, emotions)
    with st.container(height=HEIGHT, border=False):
        with st.expander("The same as a table"):  # in the box, which the keyboard scrolls from what it holds
            tables.show(found.rows(), hide_index=True)
        charts.draw(
            architecture_figure(found),
            key=f"architecture of {recipe}",
            alt=f"Architecture: {found.summary()}.",
            buttons=False,
        )
    st.caption(
        f"Measured on the model that this recipe builds, with an utterance of {found.seconds:g} s. The bar at the foot "
        "of a block is its share of all weights. The picture scrolls down to the decision."
    )


@st.cache_data(max_entries=64, show_spinner="Building the model…")
def architecture(recipe: str, overrides: tuple[str, ...], emotions: int) -> "Architecture":
    """Build the model of a shipped recipe with a visitor's changes, and measure its parts.

    Raises:
        ConfigError: if the model cannot be built.
    """
    from ser_core.recipes import load_recipe
    from ser_core.training.architecture import architecture_of

    return architecture_of(load_recipe(recipe, overrides), emotions=emotions)
