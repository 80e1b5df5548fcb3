"""Lesson component: points of four emotions that losses pull and push, computed in the browser."""

from ui.components.loss_playground.mount import draw

__all__ = ["draw"]
