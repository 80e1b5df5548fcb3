"""Live: what a model hears while somebody speaks."""

import streamlit as st

from ui import cache, frame
from ui.components import checkpoint_choice, voice_choice
from ui.errors import shown_to_visitor
from ui.views import live

frame.require(__file__)
st.title("Live")
entry = source = voice = None
whose, model = st.columns(2)
with whose, shown_to_visitor():
    source = live.choose_source()
with model, shown_to_visitor():
    entry = checkpoint_choice.render()
    voice = voice_choice.render(entry)

# Each in a box of its own: a spinner that comes and goes would move the view, and a view that is moved starts again.
# Without a microphone the view stays too: it ends what was being heard, and keeps it.
prepared, view = st.container(), st.container()
if entry is not None:
    with prepared, shown_to_visitor():
        cache.warm_up(entry.path)
    with view, shown_to_visitor():
        live.draw_view(entry, source, voice)
