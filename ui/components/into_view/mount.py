"""Mount of the mark that scrolls a part of the page into the window."""

import functools
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ui.components import in_browser

_BROWSER = Path(__file__).parent / "browser"


def draw(container: str, press: int) -> None:
    """Scroll a part of the page into the window, once for each press; it takes no room.

    Args:
        container: the key of the container, drawn as the last thing in it.
        press: another number for each press that opened it: a later run of the page, or a visit after another page,
            scrolls nothing.
    """
    _component()({"container": container, "press": press}, f"into view|{container}")


@functools.cache
def _component() -> Callable[[Any, str], Any]:
    return in_browser.component("into_view", _BROWSER, markup="mark.html", styles=("mark.css",), values=())
