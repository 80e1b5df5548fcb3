"""Listen: record, upload or pick a clip; see it, hear it, read what the model hears in it."""

import streamlit as st

from ui import cache, frame
from ui.components import checkpoint_choice, recordings, voice_choice
from ui.components.intended_use import draw_intended_use
from ui.errors import shown_to_visitor
from ui.views import listen

frame.require(__file__)
st.title("Listen")
draw_intended_use()
sound = entry = voice = None
bring, model = st.columns(2)
with bring, shown_to_visitor():
    sound = recordings.choose_sound()
with model, shown_to_visitor():
    entry = checkpoint_choice.render(artificial=sound is not None and sound.artificial)
    voice = voice_choice.render(entry)

if sound is not None:
    answer, picture, measures, nearby = (st.container() for _ in range(4))
    with answer, shown_to_visitor():
        with picture:
            part = listen.draw_sound(sound, reads=entry is not None)
        if entry is not None:
            reading = cache.reading(entry.path, sound, voice)
            if reading.speech:
                listen.draw_verdict(reading, sound, entry.card, voice)
                with measures:
                    listen.draw_measures(reading, sound, part, entry, voice)
                with nearby:
                    listen.draw_neighbours(reading, sound, entry.path)
            else:
                listen.draw_not_speech(reading, sound)
elif entry is not None:
    st.caption("Bring a recording: its sound, its emotion and its nearest known utterances appear here.")
    with shown_to_visitor():
        cache.warm_up(entry.path)
