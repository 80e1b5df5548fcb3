"""Colours, filters and camera that the map shall apply once."""

from ser_core.plots.map_look import MapLook
from ui import state

_NAME = "look of the map"


def show(space: str, look: MapLook) -> None:
    """Set the look of a space's maps for the next drawing."""
    state.remember(_NAME, (space, look))


def look_for(space: str) -> MapLook | None:
    """Return what the maps of a space were to show last, if that is known."""
    shown, look = state.recall(_NAME, ("", None))
    return look if shown == space else None
