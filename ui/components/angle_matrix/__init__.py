"""Matrix of angles in the browser: a table whose cells are pressed or reached with the arrow keys."""

from ui.components.angle_matrix.mount import Cell, checked, draw, pressed

__all__ = ["Cell", "checked", "draw", "pressed"]
