"""Mount of the component that shows how sound becomes frames."""

import functools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from ser_core.plots.frames import FramedSound
from ui.components import glossary, in_browser

# what its scripts put in double brackets → the entry of the glossary
TERMS = {"pitch": "pitch", "samples": "sample"}
_BROWSER = Path(__file__).parent / "browser"


@dataclass(frozen=True)
class FramesView:
    """What the lesson offers besides the sound.

    Attributes:
        sources: name → how it is called here and its settings, as :func:`ser_core.plots.frames.settings_of` gives
            them; the first is chosen at first.
        told: for experts, lines about each source; empty for others.
        address: where the browser finds the sound; ``None`` if it cannot be played.
        link: what the page's address asks for, unchecked; the browser takes what is in range.
    """

    sources: Sequence[tuple[str, str, Mapping[str, Any]]]
    told: Mapping[str, Sequence[str]]
    address: str | None
    link: Mapping[str, str]


def draw(sound: FramedSound, view: FramesView, *, key: str) -> None:
    """Draw picture, presses and sliders. The sound crosses once; all that is set afterwards stays in the browser."""
    data = {
        "sound": asdict(sound),
        "sources": [{"name": name, "title": title, **settings} for name, title, settings in view.sources],
        "told": {name: list(lines) for name, lines in view.told.items()},
        "address": view.address,
        "link": dict(view.link),
        "terms": {shown: glossary.explanation(term) for shown, term in TERMS.items()},
    }
    _component()(data, key)


@functools.cache
def _component() -> Callable[[Any, str], Any]:
    return in_browser.component(
        "frames_lesson",
        _BROWSER,
        markup="frames.html",
        styles=("controls.css", "term.css", "frames.css"),
        values=(),
    )
