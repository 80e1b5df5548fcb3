"""Home: what this is, three doors, the state of data and models."""

from ui import frame
from ui.errors import shown_to_visitor
from ui.views import home

frame.require(__file__)
home.draw_introduction()
home.draw_doors()
for draw in (home.draw_models, home.draw_runs, home.draw_corpora):
    with shown_to_visitor():
        draw()
