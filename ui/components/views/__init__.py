"""Views that last, on any page that has some: kept under names, followed from a link, taken as a link or as JSON."""

from ui.components.views.kept import draw_kept_views
from ui.components.views.page_views import PageViews
from ui.components.views.returning import await_rest, chosen, set_rest
from ui.components.views.taken import draw_taken, take
from ui.components.views.told import draw_told, tell

__all__ = [
    "PageViews",
    "await_rest",
    "chosen",
    "draw_kept_views",
    "draw_taken",
    "draw_told",
    "set_rest",
    "take",
    "tell",
]
