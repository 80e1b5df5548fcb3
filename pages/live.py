"""Live: what a model hears while somebody speaks."""

import streamlit as st

from ui import cache, frame
from ui.components import checkpoint_choice
from ui.errors import shown_to_visitor
from ui.views import live

frame.require(__file__)
st.title("Live")
entry = source = None
whose, model = st.columns(2)
with whose, shown_to_visitor():
    source = live.choose_source()
with model, shown_to_visitor():
    entry = checkpoint_choice.render()

if entry is not None and source is not None:
    with shown_to_visitor():
        cache.warm_up(entry.path)
        live.draw_view(entry.path, source)
        live.draw_recording(entry)
