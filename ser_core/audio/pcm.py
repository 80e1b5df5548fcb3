"""Samples as 16-bit integers (PCM), and those as base64 text in messages to and from the browser.

The browser's side is ``ui/components/in_browser/shared/pcm.js``. Full scale is 32,768, as in WAV and FLAC files: -1 is
-32,768, and +1, which 16 bits cannot hold, becomes 32,767.
"""

import base64
import binascii
from typing import Any

import numpy as np

from ser_core.types import FloatArray, IntArray

FULL_SCALE = 32_768


def to_pcm16(samples: FloatArray) -> IntArray:
    """Round samples to 16 bits; what lies beyond full scale is clipped.

    Examples:
        >>> to_pcm16(np.array([-2.0, -1.0, 0.5, 1.0])).tolist()
        [-32768, -32768, 16384, 32767]
    """
    scaled = np.round(np.asarray(samples) * FULL_SCALE)
    return np.clip(scaled, -FULL_SCALE, FULL_SCALE - 1).astype(np.int16)


def from_pcm16(values: IntArray) -> FloatArray:
    """Convert 16-bit integers to samples between -1 and 1, float32, of the same shape."""
    return values.astype(np.float32) / np.float32(FULL_SCALE)


def to_base64(values: IntArray) -> str:
    """Write 16-bit integers as base64 text, the least significant byte first."""
    return base64.b64encode(values.astype("<i2").tobytes()).decode("ascii")


def from_base64(text: Any, *, longest: int) -> IntArray | None:
    """Read int16 values ``(N,)`` from base64 text, anything received; None unless it is at most ``longest`` values."""
    if not isinstance(text, str) or len(text) > 4 * -(-2 * longest // 3):
        return None
    try:
        content = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None
    return np.frombuffer(content, dtype="<i2") if len(content) % 2 == 0 and len(content) <= 2 * longest else None
