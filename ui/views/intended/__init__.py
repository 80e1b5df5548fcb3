"""Intended use: what the app is for, what it is not for, and the law that limits it."""

from ui.views.intended.text import TEXT

__all__ = ["TEXT"]
