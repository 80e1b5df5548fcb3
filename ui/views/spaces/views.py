"""Saved views of the page Two spaces."""

from ser_core.embeddings.library import safe_name
from ser_core.embeddings.pair_view import PairView
from ser_core.embeddings.view_text import OF_TWO
from ui.components.simple_map import PARAMETER
from ui.components.views import PageViews, draw_saved_views
from ui.views.spaces.restoring import PAGE, begin


def draw_views() -> None:
    """Draw the saved views, before any other part of the page."""
    draw_saved_views(PAGE_VIEWS)


def _in_words(view: PairView) -> str:
    if view.run:
        parts = [f"{view.run}, epochs {view.first_epoch} and {view.second_epoch}"]
    else:
        parts = [f"{view.first} and {view.second}"]
    if view.training:
        parts.append("with training utterances")
    if view.label:
        parts.append(f"classes by {view.label.replace('_', ' ')}")
    parts.append(f"{view.neighbours} neighbours")
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
    OF_TWO,
    "A view is everything that is set on this page, down to zoom and selection. “Keep view” at a map keeps it under a "
    "name, as a link or as JSON.",
    begin,
    _in_words,
    lambda view: f"view-{safe_name(view.run or f'{view.first}-{view.second}')}",
    frozenset({PARAMETER}),
)
