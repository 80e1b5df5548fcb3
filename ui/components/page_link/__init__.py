"""Button that copies a link to what a page shows."""

from ui.components.page_link.mount import draw

__all__ = ["draw"]
