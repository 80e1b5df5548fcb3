"""Geometry audit: a table of angles, whether it can exist, what breaks it, and the nearest one that can."""

from ui.views.audit.cells import edited
from ui.views.audit.downloads import draw_downloads
from ui.views.audit.finding import audited
from ui.views.audit.matrices import draw_matrices
from ui.views.audit.sources import choose_table
from ui.views.audit.triples import draw_triples
from ui.views.audit.verdict import draw_explanation, draw_verdict

__all__ = [
    "choose_table",
    "edited",
    "audited",
    "draw_verdict",
    "draw_triples",
    "draw_matrices",
    "draw_downloads",
    "draw_explanation",
]
