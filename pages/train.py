"""Train: what goes in, what is trained, one button; then the space that forms."""

from ui import frame
from ui.components import page_top
from ui.errors import shown_to_visitor
from ui.views import train

frame.require(__file__)
top = page_top.draw("Train")
with shown_to_visitor():
    train.recall_address()
run = train.run_in_view()
train.load_ahead(run)  # first of all: another core can do it while this page is drawn
chosen = None
with shown_to_visitor(), top.settings:  # a message stands on the page, for the settings may be closed
    chosen = train.choose_settings()
if chosen is not None:
    top.tell(chosen.in_words)
with shown_to_visitor():
    train.draw_controls(chosen, run)
with shown_to_visitor():
    if run is not None:
        train.draw_run(run, chosen)
    else:
        train.draw_before_the_first_run(chosen)
with shown_to_visitor():
    if chosen is not None:
        train.draw_more(chosen)
