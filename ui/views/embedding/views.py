"""Saved views of the page Embedding space."""

from ser_core.embeddings.library import safe_name
from ser_core.embeddings.view import View
from ser_core.embeddings.view_text import OF_ONE
from ui.components.simple_map import PARAMETER
from ui.components.views import PageViews, draw_saved_views
from ui.views.embedding.restoring import PAGE, begin


def draw_views() -> None:
    """Draw the saved views, before any other part of the page."""
    draw_saved_views(PAGE_VIEWS)


def _in_words(view: View) -> str:
    parts = [view.space, view.request.caption]
    if view.training:
        parts.append("with training utterances")
    if view.row and view.column:
        parts.append(f"angle of {view.row} and {view.column}")
    if view.colour:
        parts.append(f"coloured by {view.colour.replace('_', ' ')}")
    if view.search:
        parts.append(f"found: “{view.search}”")
    parts += [f"hidden {column}: {', '.join(values)}" for column, values in view.hidden]
    if view.selected:
        parts.append(f"{len(view.selected)} selected")
    return "; ".join(parts) + "."


PAGE_VIEWS = PageViews(
    PAGE,
    OF_ONE,
    "A view is everything that is set on this page, down to zoom and selection. “Keep view” at the map keeps it under "
    "a name, as a link or as JSON.",
    begin,
    _in_words,
    lambda view: f"view-{safe_name(view.space)}",
    frozenset({PARAMETER}),
)
