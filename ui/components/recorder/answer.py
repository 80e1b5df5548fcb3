"""What comes back from the browser: samples or a wish, which are checked like everything from outside."""

import base64
import binascii
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from ser_core.errors import AudioError
from ser_core.recordings import Take

START, STOP, CANCEL = "start", "stop", "cancel"
_HIGHEST_RATE = 384_000
_LONGEST_BYTES = 64_000_000  # a minute and more at the highest rate


@dataclass(frozen=True)
class Heard:
    """What the browser has answered in this run.

    Attributes:
        prompt: to which the answer belongs; a late answer to a former one is none to the present one.
        take: what the browser recorded.
        wish: ``start``, ``stop`` or ``cancel``, for a recording that this computer makes.
    """

    prompt: str = ""
    take: Take | None = field(default=None, repr=False)
    wish: str | None = None


def checked(value: Any) -> Heard:
    """Keep of an answer what can be true.

    Args:
        value: what the browser sent; anything at all.

    Raises:
        AudioError: if samples were sent and arrived damaged.

    Examples:
        >>> checked({"prompt": "1", "wish": "stop"}).wish, checked({"wish": "fly"}).wish
        ('stop', None)
    """
    if not isinstance(value, dict):
        return Heard()
    prompt = value.get("prompt")
    wish = value.get("wish")
    take = _take(value) if "samples" in value else None
    return Heard(prompt if isinstance(prompt, str) else "", take, wish if wish in (START, STOP, CANCEL) else None)


def _take(value: dict[str, Any]) -> Take:
    """Decode 16-bit samples, least significant byte first, as base64."""
    text, rate = value.get("samples"), value.get("rate")
    if not isinstance(text, str) or type(rate) is not int or not 0 < rate <= _HIGHEST_RATE:
        raise _damaged()
    if len(text) * 3 // 4 > _LONGEST_BYTES:
        raise _damaged()
    try:
        content = base64.b64decode(text, validate=True)
        samples = np.frombuffer(content, dtype="<i2")
    except (binascii.Error, ValueError) as error:
        raise _damaged() from error
    return Take((samples / np.float32(32_768)).astype(np.float32), rate)


def _damaged() -> AudioError:
    return AudioError("Expected a recording from the browser; what came is damaged. Record the sentence again.")
