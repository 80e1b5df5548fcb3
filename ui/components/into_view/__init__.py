"""Mark in the browser that scrolls what a press has opened into the window."""

from ui.components.into_view.mount import draw

__all__ = ["draw"]
