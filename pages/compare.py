"""Compare: runs and results side by side, as far as they can be; sweeps; what the papers ask."""

from ui import frame
from ui.components import page_top
from ui.errors import shown_to_visitor
from ui.views import compare

frame.require(__file__)
top = page_top.draw("Compare")
with top.settings:
    draw = compare.choose_section()
with shown_to_visitor():
    draw(top)
