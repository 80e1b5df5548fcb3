"""Geometry audit: whether a table of angles, the model's own or a paper's, can exist at all."""

import streamlit as st

from ui import frame
from ui.components import page_top
from ui.errors import shown_to_visitor
from ui.views import audit

frame.require(__file__)
top = page_top.draw("Geometry audit")
page, below = st.container(), st.container()
with page, shown_to_visitor():
    chosen: audit.ChosenTable | None = None
    with top.settings:
        chosen = audit.choose_table()
    if chosen is None:
        audit.say_what_to_bring()
        audit.draw_example()
    else:
        top.tell(chosen.told)
        if chosen.doubt:
            st.info(chosen.doubt)
        with below:
            if chosen.origin:
                st.caption(chosen.origin)
            table = audit.edited(chosen)
        found = audit.audited(table)
        with audit.draw_picture(found):
            audit.draw_example()
        if page_top.experts():
            audit.draw_figures(found)
        with below:
            audit.draw_violations(found)
            audit.draw_nearest(found)
            audit.draw_downloads(found, chosen.name)
with below:
    audit.draw_explanation()
