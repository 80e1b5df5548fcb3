"""The look that a map was asked to show last; with the map's points it goes to the browser, which takes it once."""

from ser_core.plots.map_look import MapLook
from ui import state

_NAME = "look of the map"


def show(space: str, look: MapLook) -> None:
    """Have the maps of a space show a look when they are drawn next."""
    state.remember(_NAME, (space, look))


def look_for(space: str) -> MapLook | None:
    """Return what the maps of a space were to show last, if that is known."""
    shown, look = state.recall(_NAME, ("", None))
    return look if shown == space else None
