"""What the browser has decoded, which is checked like everything from outside."""

import base64
import binascii
import io
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from ser_core.types import Seconds

LONGEST: Seconds = 600.0
_RATES = range(8_000, 96_001)
_MOST_BYTES = round(LONGEST) * 2 * 48_000 * 2
UNKNOWN, LONG = "unknown", "long"


@dataclass(frozen=True)
class Decoded:
    """What the browser says of an upload.

    Attributes:
        file: key of the upload.
        content: a WAV file of 16 bits; ``None`` where the browser could not decode it.
        trouble: why not: ``unknown``, or ``long``.
        seconds: how long it is, where it is too long.
    """

    file: str
    content: bytes | None = field(default=None, repr=False)
    trouble: str = UNKNOWN
    seconds: Seconds = 0.0


def checked(value: Any) -> Decoded | None:
    """Keep of an answer what can be true.

    Args:
        value: what the browser sent; anything at all.

    Returns:
        What it says; ``None`` for no answer. Damaged samples count as what the browser cannot decode.

    Examples:
        >>> checked({"file": "a", "trouble": "long", "seconds": 700}).seconds, checked("a")
        (700.0, None)
    """
    if not isinstance(value, dict) or not isinstance(value.get("file"), str):
        return None
    if value.get("trouble") == LONG and isinstance(value.get("seconds"), int | float):
        return Decoded(value["file"], trouble=LONG, seconds=float(value["seconds"]))
    return Decoded(value["file"], content=_wav(value))


def _wav(value: dict[str, Any]) -> bytes | None:
    """Encode samples, channel after channel within a frame, 16 bits, least significant byte first, as base64."""
    import soundfile

    text, rate, channels = value.get("samples"), value.get("rate"), value.get("channels")
    if not isinstance(text, str) or len(text) * 3 // 4 > _MOST_BYTES:
        return None
    if type(rate) is not int or rate not in _RATES or channels not in (1, 2):
        return None
    try:
        samples = np.frombuffer(base64.b64decode(text, validate=True), dtype="<i2").reshape(-1, channels)
    except (binascii.Error, ValueError):
        return None
    file = io.BytesIO()
    soundfile.write(file, samples, rate, format="WAV", subtype="PCM_16")
    return file.getvalue()
