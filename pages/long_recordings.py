"""Long recordings: upload up to three hours, and see which emotion a model hears when."""

import streamlit as st

from ui import frame
from ui.components import checkpoint_choice, voice_choice
from ui.errors import shown_to_visitor
from ui.views import tracks

frame.require(__file__)
st.title("Long recordings")
sound = entry = voice = settings = track = None
bring, model = st.columns(2)
with bring, shown_to_visitor():
    sound = tracks.choose_recording()
with model, shown_to_visitor():
    entry = checkpoint_choice.render(artificial=sound is not None and sound.artificial)
    voice = voice_choice.render(entry)
    settings = tracks.choose_settings()

if sound is not None and entry is not None and settings is not None:
    with shown_to_visitor():
        track = tracks.judged(sound, entry, settings, voice)
elif entry is not None:
    st.caption("Bring a recording: its emotions over time appear here.")
if sound is not None and entry is not None and track is not None:
    chosen = tracks.draw_track(track)
    with shown_to_visitor():
        tracks.draw_segment(track, chosen, sound, entry, voice)
    tracks.draw_minutes(track)
    tracks.draw_downloads(track)
