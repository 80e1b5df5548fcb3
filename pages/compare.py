"""Compare: runs side by side on one split, sweeps, and what the papers ask."""

import streamlit as st

from ui import frame
from ui.errors import shown_to_visitor
from ui.views import compare

frame.require(__file__)
st.title("Compare")
draw = compare.choose_section()
with shown_to_visitor():
    draw()
