"""Listen: record, upload or pick a clip; see it, hear it, read what the model hears in it and why."""

import streamlit as st

from ui import cache, frame
from ui.components import checkpoint_choice, page_top, recordings, voice_choice
from ui.components.intended_use import draw_intended_use
from ui.components.listening import DEMO
from ui.errors import shown_to_visitor
from ui.views import listen

frame.require(__file__)
top = page_top.draw("Listen")
sound = entry = voice = None
trouble = st.container()
places = listen.make_places()
with places.answer, shown_to_visitor(), places.bring, st.container(horizontal=True, vertical_alignment="center"):
    microphone = st.container()
    with st.popover("Another sound", icon=":material/audio_file:"):
        sound = recordings.choose_sound(microphone=microphone, stored=places.stored, first=DEMO)
with trouble, shown_to_visitor(), top.settings:
    entry = checkpoint_choice.render(artificial=sound is not None and sound.artificial)
    voice = voice_choice.render(entry)
if entry is None:
    with trouble:
        checkpoint_choice.say_where_to_find_one()
if sound is None:
    places.answer.caption("Bring a recording: say a sentence of two to ten seconds, or choose another sound.")
else:
    top.tell(sound.name if entry is None else f"{checkpoint_choice.title(entry)} · {sound.name}")
    listen.draw_heard(sound, entry, voice, places)
if entry is not None:
    with shown_to_visitor():
        listen.draw_folder(entry, voice)
        cache.warm_up(entry.path)
with shown_to_visitor():
    listen.draw_sentence()
draw_intended_use()
