"""Embedding space: angles between emotions, maps in two and three dimensions, the sound behind each point."""

import streamlit as st

from ui import frame
from ui.components import checkpoint_choice
from ui.errors import shown_to_visitor
from ui.views import embedding

frame.require(__file__)
st.title("Embedding space")
with shown_to_visitor():
    model, shown = st.columns(2)
    with model:
        entry = checkpoint_choice.render()
    if entry is not None:
        with shown:
            known = embedding.choose_known(entry)
        with shown_to_visitor():
            embedding.draw_matrix(known)
        st.header("Map")
        request, points = embedding.choose_projection(known)
        embedding.explore(known, request, points)
