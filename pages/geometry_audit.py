"""Geometry audit: whether a table of angles, a paper's or ours, can exist at all."""

import streamlit as st

from ui import frame
from ui.errors import shown_to_visitor
from ui.views import audit

frame.require(__file__)
st.title("Geometry audit")
with shown_to_visitor():
    chosen = audit.choose_table()
    if chosen is not None:
        found = audit.audited(audit.edited(chosen))
        audit.draw_verdict(found)
        audit.draw_triples(found)
        audit.draw_matrices(found)
        audit.draw_downloads(found, chosen.name)
audit.draw_explanation()
