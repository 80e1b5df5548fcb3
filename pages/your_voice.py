"""Your voice: a few clips make a model know how you always sound; before and after, angle by angle."""

import streamlit as st

from ui import frame
from ui.components import checkpoint_choice
from ui.errors import shown_to_visitor
from ui.views import voice

frame.require(__file__)
st.title("Your voice")
st.markdown(
    "Models often hear a stranger's everyday voice as sad or angry. Give three to five clips of yourself: how you "
    "sound anyway is taken into account, and you see what it changes."
)
entry = None
clips: list[voice.UploadedClip] = []
bring, model = st.columns(2)
with model, shown_to_visitor():
    entry = checkpoint_choice.render()
if entry is not None:
    with bring, shown_to_visitor():
        clips = voice.choose_clips(entry)
    with shown_to_visitor():
        voice.draw_voice(entry, clips)
voice.draw_saved_voices()
