"""Recording studio: a corpus of one's own, from what is to be spoken to what is trained on it."""

import streamlit as st

from ui import frame
from ui.errors import shown_to_visitor
from ui.views import studio

frame.require(__file__)
st.title("Recording studio")
with shown_to_visitor():
    corpus = studio.choose_corpus()
    if corpus is not None:
        contents = studio.opened(corpus)
        if contents is not None:
            step = studio.choose_step(corpus, contents)
            with shown_to_visitor():
                studio.STEPS[step](corpus, contents)
