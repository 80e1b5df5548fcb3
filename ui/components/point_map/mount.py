"""Put the map on a page."""

import functools
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ser_core.plots.point_map import PointMap
from ui.components import in_browser
from ui.components.point_map.answer import Answer, checked

_BROWSER = Path(__file__).parent / "browser"
_SCRIPTS = (
    "packed", "colours", "mounting", "symbols", "payload", "geometry", "camera", "memory", "columns", "legend", "theme",
    "renderer", "marks", "surroundings", "gestures", "map",
)  # fmt: skip


def script(names: tuple[str, ...] = _SCRIPTS) -> str:
    """Join the map's scripts."""
    return in_browser.joined(_BROWSER, names)


def draw(made: PointMap, *, key: str) -> Answer:
    """Draw a map.

    Args:
        made: from :func:`ser_core.plots.point_map.point_map`. Its bytes cross once: Streamlit keeps large messages in
            the browser by their content, and a run that sends the same ones sends only their name.
        key: of maps that follow each other in one place; selection and filters outlive a change of projection under it.

    Returns:
        What is chosen now.
    """
    return checked(_component()(made.content, key), made.ids)


@functools.cache
def _component() -> Callable[[bytes, str], Any]:
    return in_browser.component(
        "utterance_map", _BROWSER, markup="map.html", styles=("controls.css", "map.css"), scripts=_SCRIPTS
    )
