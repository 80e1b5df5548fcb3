"""Two spaces: a run's space as it was learned, or two models or files side by side, and what moved between the two."""

import streamlit as st

from ui import frame
from ui.components import page_top
from ui.errors import shown_to_visitor
from ui.views import spaces

frame.require(__file__)
top = page_top.draw("Two spaces")
told, page, kept = st.container(), st.container(), st.container()
with page, shown_to_visitor():
    with kept:
        spaces.draw_views()
    sides, pair, run, label = None, None, None, ""
    with shown_to_visitor():
        with top.settings:
            of_epochs = spaces.choose_kind()
            if of_epochs:
                run = spaces.choose_run(page)
            else:
                sides = spaces.choose_spaces(page)
        if run is not None:
            with shown_to_visitor():
                spaces.draw_epoch_maps(run)
            st.header("Two epochs")
            sides = spaces.choose_epochs(run)
    if sides is not None:
        with shown_to_visitor(), top.settings:
            pair = spaces.choose_rows(sides)
    spaces.bring_back(pair, told)
    if sides is not None:
        top.tell(spaces.in_words(sides, run))
        with top.settings:
            label = spaces.choose_classes(sides, pair)
    if pair is not None:
        with shown_to_visitor():
            with top.settings:
                moves = spaces.choose_moves(pair, page)
                lines = spaces.choose_lines()
            spaces.explore(pair, moves, lines, label)
            spaces.draw_similarity(pair, moves)
    if sides is not None:
        with shown_to_visitor():
            spaces.draw_angles(sides, pair, label)
    if run is not None:
        spaces.draw_snapshots(run)
