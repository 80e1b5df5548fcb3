"""Embedding space: a map of utterances with their sound, the angles between classes beside it, and numbers below."""

import streamlit as st

from ui import frame
from ui.components import page_top
from ui.errors import shown_to_visitor
from ui.views import embedding

frame.require(__file__)
top = page_top.draw("Embedding space")
page, below, kept = st.container(), st.container(), st.container()
with page, shown_to_visitor():
    with kept:
        embedding.draw_views()
    known, split, drawn, measured = None, None, None, None
    with shown_to_visitor(), top.settings:
        known = embedding.choose_source(page)
    embedding.bring_back(known, page)
    if known is not None:
        with shown_to_visitor(), top.settings:
            drawn = embedding.choose_projection(known, page)
        with shown_to_visitor(), top.settings:
            split = embedding.choose_split(known)
        if split is not None:
            with shown_to_visitor():
                measured = embedding.measure(split)
        if drawn is not None:
            top.tell(embedding.in_words(known, drawn[0]))
            embedding.explore(known, *drawn, measured)
        with below:
            if drawn is not None:
                with shown_to_visitor():
                    embedding.draw_quality(known, split, *drawn)
            if measured is not None:
                with shown_to_visitor():
                    embedding.draw_angles(measured)
            if drawn is not None:
                with shown_to_visitor():
                    embedding.draw_seeds(known, drawn[0])
            with shown_to_visitor():
                embedding.draw_measured(known, split)
            if drawn is not None:
                embedding.draw_export(known, *drawn)
