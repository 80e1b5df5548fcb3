"""Geometry audit: a table of angles, whether it can exist, what breaks it, and the nearest one that can."""

from ui.views.audit.cells import edited
from ui.views.audit.downloads import draw_downloads
from ui.views.audit.finding import audited
from ui.views.audit.nearest import draw_nearest
from ui.views.audit.picture import draw_picture
from ui.views.audit.sources import ChosenTable, choose_table, draw_example, say_what_to_bring
from ui.views.audit.verdict import draw_explanation, draw_figures
from ui.views.audit.violations import draw_violations

__all__ = [
    "ChosenTable",
    "choose_table",
    "say_what_to_bring",
    "draw_example",
    "edited",
    "audited",
    "draw_picture",
    "draw_figures",
    "draw_violations",
    "draw_nearest",
    "draw_downloads",
    "draw_explanation",
]
