"""The picture of a recipe's architecture, and the same in a table."""

from typing import TYPE_CHECKING

import streamlit as st

from ser_core.plots.architecture import architecture_figure
from ui.components import charts, tables

if TYPE_CHECKING:
    from ser_core.training.architecture import Architecture

HEIGHT = 480  # pixels; the picture scrolls inside, so that the values below the card stay near


def draw_architecture(recipe: str, overrides: tuple[str, ...], *, emotions: int, seen: bool) -> None:
    """Draw the picture of a shipped recipe with a visitor's changes, if it is seen, and what it says as a table.

    Raises:
        ConfigError: if the model cannot be built.
    """
    found = _architecture(recipe, overrides, emotions)
    with st.container(height=HEIGHT if seen else "content", border=False):
        with st.expander("The same as a table"):  # in the box, which the keyboard scrolls from what it holds
            tables.show(found.rows(), hide_index=True)
        if seen:
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
def _architecture(recipe: str, overrides: tuple[str, ...], emotions: int) -> "Architecture":
    from ser_core.recipes import load_recipe
    from ser_core.training.architecture import architecture_of

    return architecture_of(load_recipe(recipe, overrides), emotions=emotions)
