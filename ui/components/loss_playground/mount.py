"""Mount of the component in which losses move points."""

import functools
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ser_core.labels import COLOURS, SYMBOLS
from ui.components import glossary, in_browser

TERMS = ("loss", "margin", "Softmax", "Centre loss", "cosine")  # what its scripts put in double brackets
CLASSES = ("neutral", "happy", "sad", "angry")
_BROWSER = Path(__file__).parent / "browser"


def draw(link: str, *, key: str) -> None:
    """Draw the points, arrows and matrices.

    Args:
        link: state that the page's address asks for, in the component's own text form; empty for the first question.
            The browser checks it, and says on the page what is wrong with it.
        key: of the component.
    """
    classes = [{"name": name, "colour": COLOURS[name], "symbol": SYMBOLS[name]} for name in CLASSES]
    terms = {term: glossary.explanation(term) for term in TERMS}
    _component()({"classes": classes, "link": link, "terms": terms}, key)


@functools.cache
def _component() -> Callable[[Any, str], Any]:
    return in_browser.component(
        "loss_playground",
        _BROWSER,
        markup="playground.html",
        styles=("controls.css", "term.css", "playground.css"),
        values=(),
    )
