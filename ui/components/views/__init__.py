"""Saved views of a page: under names, as links, and as JSON."""

from ui.components.views.notice import draw_notice, set_notice
from ui.components.views.page_views import PageViews
from ui.components.views.restoring import begin_restoring, finish_restoring, restore_choice
from ui.components.views.saved import draw_saved_views
from ui.components.views.saving import capture_view, draw_captured

__all__ = [
    "PageViews",
    "begin_restoring",
    "restore_choice",
    "draw_saved_views",
    "draw_captured",
    "draw_notice",
    "finish_restoring",
    "capture_view",
    "set_notice",
]
