"""A recipe's card: what it is, its architecture, the source's figures and ours, and where each value comes from."""

from typing import TYPE_CHECKING

import streamlit as st

from ui.components import folded, tables
from ui.components.text import plain
from ui.views.train.architecture import draw_architecture
from ui.views.train.figures import draw_figures

if TYPE_CHECKING:
    from ser_core.recipes import Recipe


def draw_card(shipped: "Recipe", chosen: "Recipe", overrides: tuple[str, ...], *, emotions: int) -> None:
    """Draw the card; of its tabs, the one in view.

    Args:
        shipped: the recipe as it ships, which figures belong to.
        chosen: the same with a visitor's changes.
        overrides: those changes.
        emotions: that the model will tell apart.

    Raises:
        ConfigError: if the model cannot be built.
    """
    st.markdown(f"**{plain(shipped.title)}**")
    st.markdown(plain(shipped.summary))
    link = f" [Read it]({shipped.source_url})" if shipped.source_url else ""
    st.caption(f"Source: {plain(shipped.source)}.{link}")
    architecture, figures, parameters = folded.tabs(
        f"card of {shipped.name}", ["Architecture", "Paper and ours" if shipped.published else "Measured", "Parameters"]
    )
    if architecture.open:
        with architecture:
            draw_architecture(shipped.name, overrides, emotions=emotions)
    if figures.open:
        with figures:
            draw_figures(shipped)
    if parameters.open:
        with parameters:
            _draw_parameters(chosen, changed=[item.partition("=")[0].strip() for item in overrides])


def _draw_parameters(recipe: "Recipe", *, changed: list[str]) -> None:
    from ser_core.training.parameters import every_parameter

    rows = []
    for key, value in every_parameter(recipe).items():
        source = recipe.paper.get(key)
        of_paper = recipe.other_paper(key) or ("paper" if source else "our choice")
        origin = "changed here" if key in changed else of_paper
        rows.append({"parameter": key, "value": str(value), "origin": origin, "source": source or ""})
    told = sum(row["origin"] not in ("changed here", "our choice") for row in rows)
    st.caption(
        f"{told} of {len(rows)} values are a paper's, with the place that says so, and with its name where it is not "
        "the recipe's own source; the others are ours."
    )
    tables.show(rows, hide_index=True, height=420)
