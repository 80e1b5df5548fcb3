"""Messages from the recorder, validated as untrusted input."""

from dataclasses import dataclass, field
from typing import Any

from ser_core.audio.pcm import from_base64, from_pcm16
from ser_core.errors import AudioError
from ser_core.recordings import Take

START, STOP, CANCEL = "start", "stop", "cancel"
_HIGHEST_RATE = 384_000
_LONGEST = 32_000_000  # samples: a minute and more at the highest rate


@dataclass(frozen=True)
class RecorderMessage:
    """Message of the recorder in this run.

    Attributes:
        prompt: to which the answer belongs; a late answer to a former one is none to the present one.
        take: what the browser recorded.
        wish: ``start``, ``stop`` or ``cancel``, for a recording that this computer makes.
    """

    prompt: str = ""
    take: Take | None = field(default=None, repr=False)
    wish: str | None = None


def checked(value: Any) -> RecorderMessage:
    """Validate a message from the browser.

    Args:
        value: what the browser sent; anything at all.

    Raises:
        AudioError: if samples were sent and arrived damaged.

    Examples:
        >>> checked({"prompt": "1", "wish": "stop"}).wish, checked({"wish": "fly"}).wish
        ('stop', None)
    """
    if not isinstance(value, dict):
        return RecorderMessage()
    prompt = value.get("prompt")
    wish = value.get("wish")
    take = _take(value) if "samples" in value else None
    return RecorderMessage(
        prompt if isinstance(prompt, str) else "", take, wish if wish in (START, STOP, CANCEL) else None
    )


def _take(value: dict[str, Any]) -> Take:
    values, rate = from_base64(value["samples"], longest=_LONGEST), value.get("rate")
    if values is None or type(rate) is not int or not 0 < rate <= _HIGHEST_RATE:
        raise AudioError("Expected a recording from the browser; what came is damaged. Record the sentence again.")
    return Take(from_pcm16(values), rate)
