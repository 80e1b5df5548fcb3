"""Runs and results side by side: chosen by name, compared as far as they can be."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import streamlit as st

from ui import cache
from ui.components import page_top
from ui.components.text import plain
from ui.errors import shown_to_visitor
from ui.views.compare.candidates import candidates_of, choose, choose_these, is_example, worth_seeing
from ui.views.compare.chosen import draw_chosen
from ui.views.compare.table import draw_table

if TYPE_CHECKING:
    from ser_core.experiments.rating_result import RatingsResult
    from ui.components.page_top import PageTop
    from ui.views.compare.candidates import Candidate


def draw_runs(top: "PageTop") -> None:
    """Draw the comparison of those chosen; for experts also the table of all, whose ticks choose."""
    records, damaged = cache.records()
    candidates = candidates_of(records)
    with top.settings:
        chosen = choose(candidates)
    if len(chosen) < 2:
        _draw_empty(candidates, chosen)
    else:
        top.tell(_in_words(chosen))
        with shown_to_visitor():
            draw_chosen([record for one in chosen for record in one.records])
        if is_example(chosen):
            st.markdown(
                "This example ships with the app: one and the same recipe, which hears one second of each recording "
                "of RAVDESS, or two; so much lies in the second one. *Settings* has three, four and five as well. "
                "Two models of your own can stand in its place."
            )
            st.page_link("pages/train.py", label=":primary[**Train a model →**]")
    rated, damaged_ratings = cache.rating_results()
    _draw_rated(rated)
    _draw_damaged([*damaged, *damaged_ratings])
    if page_top.experts() and candidates:
        draw_table(candidates)


def _in_words(chosen: "Sequence[Candidate]") -> str:
    return " · ".join(one.title for one in chosen)


def _draw_empty(candidates: "Sequence[Candidate]", chosen: "Sequence[Candidate]") -> None:
    """Say in one sentence what is missing, with one button that brings it."""
    offered = worth_seeing(candidates)
    with st.container(border=True):
        if len(offered) > 1:
            st.markdown(
                "**Two or more are needed to compare.** Choose them under *Settings*, or see "
                f"{' and '.join(f'**{plain(one.title)}**' for one in offered)}."
            )
            sources = [one.source for one in offered]
            st.button("Put them side by side", type="primary", on_click=choose_these, args=(sources,))
        else:
            st.markdown(f"**{'One more model is' if chosen else 'Two models are'} needed to compare.**")
            st.page_link("pages/train.py", label=":primary[**Train a model →**]")


def _draw_rated(rated: "Sequence[tuple[str, RatingsResult]]") -> None:
    """Tell what results of ratings scored, and why they stand apart."""
    if rated:
        count = f"{len(rated)} results of ratings are" if len(rated) > 1 else "One result of ratings is"
        with st.expander(f"{count} not compared here"):
            st.markdown("*Compare* counts how often the emotion is right; these predict ratings, judged by their CCC.")
            for title, result in rated:
                st.markdown(f"**{plain(title)}**: {plain(result.in_words)}")


def _draw_damaged(damaged: Sequence[tuple[str, str]]) -> None:
    if damaged:
        count = f"{len(damaged)} runs or results" if len(damaged) > 1 else "One run or result"
        with st.expander(f"{count} could not be read"):
            for name, message in damaged:
                st.warning(f"**{plain(name)}**: {plain(message)}")
