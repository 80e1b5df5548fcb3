"""Two spaces: two models, files or epochs of one run side by side; a run's space as it was learned."""

import streamlit as st

from ui import frame
from ui.errors import shown_to_visitor
from ui.views import spaces

frame.require(__file__)
st.title("Two spaces")
told = st.container()
with shown_to_visitor():
    spaces.draw_views()
    sides, pair = None, None
    with shown_to_visitor():
        if spaces.choose_kind():
            run = spaces.choose_run()
            if run is not None:
                st.header("As training went on")
                with shown_to_visitor():
                    spaces.draw_epoch_maps(run)
                st.header("Two epochs")
                sides = spaces.choose_epochs(run)
        else:
            sides = spaces.choose_spaces()
    if sides is not None:
        with shown_to_visitor():
            pair = spaces.choose_rows(sides)
    spaces.bring_back(pair, told)
    if pair is not None:
        with shown_to_visitor():
            moves = spaces.choose_moves(pair)
            spaces.draw_similarity(pair, moves)
            spaces.explore(pair, moves)
    if sides is not None:
        with shown_to_visitor():
            spaces.draw_angles(sides)
