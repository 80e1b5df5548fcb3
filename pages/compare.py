"""Compare: runs side by side on one split, Dai's four settings, sweeps, and training speech beside unheard speech."""

import streamlit as st

from ui import frame
from ui.errors import shown_to_visitor
from ui.views import compare

frame.require(__file__)
st.title("Compare")
draw = compare.choose_section()
with shown_to_visitor():
    draw()
