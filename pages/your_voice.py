"""Your voice: a few clips make a model know how you always sound; as what they are heard, before and after."""

import streamlit as st

from ui import frame
from ui.components import checkpoint_choice, page_top
from ui.errors import shown_to_visitor
from ui.views import voice

frame.require(__file__)
top = page_top.draw("Your voice")
entry, method = None, ""
clips: list[voice.UploadedClip] = []
page, bring = st.container(), st.container()
with page, shown_to_visitor(), top.settings:
    entry = checkpoint_choice.render(artificial=voice.are_artificial())
    method = voice.choose_method()
if entry is None:
    with page:
        checkpoint_choice.say_where_to_find_one()
else:
    with bring, shown_to_visitor():
        clips = voice.choose_clips(entry, method)
    top.tell(voice.in_words(entry, clips))
    if clips:
        with shown_to_visitor():
            voice.draw_voice(entry, clips, method, page)
    else:
        with page:
            voice.say_what_to_do()
voice.draw_saved_voices()
