"""Mount of the button that copies a link."""

import functools
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from ui.components import in_browser

_BROWSER = Path(__file__).parent / "browser"


def draw(parameters: Mapping[str, str], *, key: str) -> None:
    """Draw the button *Copy a link to this*.

    Args:
        parameters: what stands in the link behind the page's own address, by name.
        key: unique on the page.
    """
    _component()({"parameters": dict(parameters)}, key)


@functools.cache
def _component() -> Callable[[Any, str], Any]:
    return in_browser.component(
        "page_link", _BROWSER, markup="page_link.html", styles=("controls.css", "page_link.css"), values=()
    )
