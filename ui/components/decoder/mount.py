"""Component that decodes uploads in the browser."""

import functools
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from ser_core.plots.packing import Packing
from ui.components import in_browser
from ui.components.decoder.message import DecodingFailure, SampleChunk, checked
from ui.sound import SoundReference

_BROWSER = Path(__file__).parent / "browser"


def packed(sound: SoundReference, piece: int) -> bytes:
    """Encode an upload for the browser; after the first chunk it has the bytes already."""
    packing = Packing()
    content = (sound.content or b"") if piece == 0 else b""
    column = packing.array(np.frombuffer(content, dtype=np.uint8), "uint8")
    header = {"version": 1, "file": sound.key, "name": sound.name, "piece": piece, "content": column}
    written, _ = packing.written(header)
    return written


def draw(sound: SoundReference, piece: int) -> SampleChunk | DecodingFailure | None:
    """Draw the component that decodes an upload.

    Args:
        sound: the upload.
        piece: number of the piece of its samples that is asked for.

    Returns:
        What has come from the browser in this run; ``None`` in most.
    """
    answer = checked(_component()(packed(sound, piece), f"decoder|{sound.key}").decoded)
    return answer if answer is not None and answer.file == sound.key else None


@functools.cache
def _component() -> Callable[[Any, str], Any]:
    return in_browser.component(
        "decoder",
        _BROWSER,
        markup="decoder.html",
        styles=("decoder.css",),
        values=("decoded",),
    )
