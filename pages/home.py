"""Home: a map of voices that are heard at a press, a microphone, and three doors."""

from ui import frame
from ui.components import page_top
from ui.components.intended_use import draw_intended_use
from ui.errors import shown_to_visitor
from ui.views import home

frame.require(__file__)
top = page_top.draw("Speech emotion by angle")
with shown_to_visitor():
    top.tell(home.counted())
    home.explore_voices()
home.draw_doors()
draw_intended_use()
