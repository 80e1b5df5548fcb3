"""Live: what a model hears while somebody speaks."""

import streamlit as st

from ui import cache, frame
from ui.components import checkpoint_choice, page_top, voice_choice
from ui.components.cross_corpus import draw_worth
from ui.components.intended_use import draw_intended_use
from ui.errors import shown_to_visitor
from ui.views import live

frame.require(__file__)
top = page_top.draw("Live")
entry = source = voice = None
# Each in a box of its own: a spinner that comes and goes would move the view, and a view that is moved starts again.
# Without a microphone the view stays too: it ends what was being heard, and keeps it.
trouble, prepared, view = (st.container() for _ in range(3))
with trouble, shown_to_visitor(), top.settings:
    entry = checkpoint_choice.render()
    voice = voice_choice.render(entry)
with trouble, shown_to_visitor(), top.settings:
    source = live.choose_source()
if entry is None:
    with trouble:
        checkpoint_choice.say_where_to_find_one()
else:
    whose = "no microphone" if source is None else live.NAMES[source.whose].lower()
    top.tell(f"{checkpoint_choice.title(entry)} · {whose}")
    with prepared, shown_to_visitor():
        cache.warm_up(entry.path)
    with view, shown_to_visitor():
        live.draw_view(entry, source, voice)
    draw_worth(entry.card)
draw_intended_use()
