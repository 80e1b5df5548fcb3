"""Embedding space: angles between emotions, maps in two and three dimensions, the sound behind each point, numbers."""

import streamlit as st

from ui import frame
from ui.errors import shown_to_visitor
from ui.views import embedding

frame.require(__file__)
st.title("Embedding space")
with shown_to_visitor():
    told = embedding.draw_views()
    known = None
    with shown_to_visitor():
        known = embedding.choose_source()
    embedding.bring_back(known, told)
    if known is not None:
        heard: tuple[int, ...] = ()
        with shown_to_visitor():
            if known.space.classes:
                heard = embedding.draw_matrix(known)
        st.header("Map")
        drawn = None
        with shown_to_visitor():
            drawn = embedding.choose_projection(known)
            embedding.explore(known, *drawn, heard)
        if drawn is not None:
            with shown_to_visitor():
                embedding.draw_quality(known, *drawn)
            with shown_to_visitor():
                embedding.draw_seeds(known, drawn[0])
        with shown_to_visitor():
            embedding.draw_measured(known)
        if drawn is not None:
            embedding.draw_export(known, *drawn)
