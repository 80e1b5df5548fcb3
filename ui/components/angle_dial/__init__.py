"""Angle dial component: a recording as the hand, emotions as directions, their ranges as bands."""

from ui.components.angle_dial.mount import EXACT, draw

__all__ = ["EXACT", "draw"]
