"""A space that forms, played epoch by epoch in the browser."""

from ui.components.forming_space.mount import FormingView, draw

__all__ = ["FormingView", "draw"]
