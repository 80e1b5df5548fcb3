"""Put the decoder on a page."""

import functools
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from ser_core.plots.packing import Packing
from ui.components import in_browser
from ui.components.decoder.answer import Decoded, checked
from ui.sound import Sound

_BROWSER = Path(__file__).parent / "browser"
_SCRIPTS = ("mounting", "packed", "decoder")


def script(names: tuple[str, ...] = _SCRIPTS) -> str:
    """Join the decoder's scripts."""
    return in_browser.joined(_BROWSER, names)


def packed(sound: Sound) -> bytes:
    """Write an upload as the browser takes it."""
    packing = Packing()
    content = packing.array(np.frombuffer(sound.content or b"", dtype=np.uint8), "uint8")
    written, _ = packing.written({"version": 1, "file": sound.key, "name": sound.name, "content": content})
    return written


def draw(sound: Sound) -> Decoded | None:
    """Have the browser decode an upload.

    Returns:
        What has come from it in this run; ``None`` in most.
    """
    decoded = checked(_component()(packed(sound), f"decoder|{sound.key}").decoded)
    return decoded if decoded is not None and decoded.file == sound.key else None


@functools.cache
def _component() -> Callable[[Any, str], Any]:
    return in_browser.component(
        "decoder",
        _BROWSER,
        markup="decoder.html",
        styles=("decoder.css",),
        scripts=_SCRIPTS,
        told=("decoded",),
    )
