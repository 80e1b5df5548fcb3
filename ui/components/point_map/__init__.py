"""Map component: draws, colours, filters and selects points in the browser.

Why it is not a Plotly chart: docs/decisions/0010-the-map-is-a-component.md.
"""

from ui.components.point_map.look import look_for, show
from ui.components.point_map.message import MapMessage, checked
from ui.components.point_map.mount import PlacedRecording, PressedPoint, draw, give_sounds, mark, press

__all__ = [
    "MapMessage",
    "PlacedRecording",
    "PressedPoint",
    "checked",
    "draw",
    "give_sounds",
    "look_for",
    "mark",
    "press",
    "show",
]
