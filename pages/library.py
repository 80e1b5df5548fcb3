"""Library: which models, training runs and corpora are here, and under which terms."""

from ui import frame
from ui.components import page_top
from ui.errors import shown_to_visitor
from ui.views import library

frame.require(__file__)
page_top.draw("Library", "What is here, and what it may be used for")
for draw in (library.draw_models, library.draw_runs, library.draw_corpora):
    with shown_to_visitor():
        draw()
