"""Long recordings: up to three hours, as a picture that is heard at a press, with one sentence that sums it up."""

import streamlit as st

from ui import frame
from ui.components import checkpoint_choice, page_top, voice_choice
from ui.errors import shown_to_visitor
from ui.views import tracks

frame.require(__file__)
top = page_top.draw("Long recordings")
sound = entry = voice = settings = track = None
with tracks.place_of_choice(top.settings), shown_to_visitor():
    sound = tracks.choose_recording()
with top.settings, shown_to_visitor():
    entry = checkpoint_choice.render(artificial=sound is not None and sound.artificial)
    voice = voice_choice.render(entry)
    settings = tracks.choose_settings()

if entry is not None:
    top.tell(" · ".join([*([sound.name] if sound is not None else []), checkpoint_choice.title(entry)]))
if sound is not None and entry is not None and settings is not None:
    with shown_to_visitor():
        track = tracks.judged(sound, entry, settings, voice)
elif entry is not None:
    st.markdown("Choose a recording: its emotions over time appear here, and a press is heard.")
if sound is not None and entry is not None and track is not None:
    chosen = tracks.draw_track(track, sound)
    with shown_to_visitor():
        tracks.draw_segment(track, chosen, sound, entry, voice)
    tracks.draw_minutes(track)
    if page_top.experts():
        tracks.draw_windows(track, chosen)
    tracks.draw_downloads(track)
