"""Messages from the browser to the live session: blocks of sound, and what has arrived; checked like all input."""

from dataclasses import dataclass, field
from typing import Any, Literal

from ser_core.audio.pcm import from_base64, from_pcm16
from ser_core.types import FloatArray

RATE = 16_000
BLOCK = 3200  # samples: 200 ms
MOST_BLOCKS = 40  # per message
_LARGEST = 2**31  # no count of a session comes near it


@dataclass(frozen=True)
class Message:
    """A message of the live view.

    Attributes:
        number: of the message; the answer repeats it.
        session: name of the session, chosen by the browser.
        act: ``listen``, or ``stop`` if no sound follows.
        source: whose microphone is used, ``browser`` or ``computer``.
        first: number of the first block.
        blocks: float32, each of at most :data:`BLOCK` samples.
        arrived: number of blocks that the browser has received of this computer's microphone.
        model: key of the model whose predictions it draws.
        seen: number of predictions of that model that it has received.
        learn: whether the voice that speaks may be learned; ``None`` where nothing was pressed.
    """

    number: int
    session: str
    act: Literal["listen", "stop"]
    source: Literal["browser", "computer"] = "browser"
    first: int = 0
    blocks: tuple[FloatArray, ...] = field(default=(), repr=False)
    arrived: int = 0
    model: str = ""
    seen: int = 0
    learn: bool | None = None


def checked(value: Any) -> Message | None:
    """Validate a message.

    Args:
        value: what the browser sent, of any type.

    Returns:
        The message; ``None`` if it is invalid.

    Examples:
        >>> checked({"number": 1, "session": "a", "act": "listen"})
        Message(number=1, session='a', act='listen', source='browser', first=0, arrived=0, model='', seen=0, learn=None)
        >>> checked({"number": -1, "session": "a", "act": "listen"}) is None
        True
    """
    if not isinstance(value, dict):
        return None
    counts = {name: value.get(name, 0) for name in ("number", "first", "arrived", "seen")}
    if any(type(count) is not int or not 0 <= count < _LARGEST for count in counts.values()):
        return None
    texts = {name: value.get(name, "") for name in ("session", "model")}
    if any(not isinstance(text, str) or len(text) > 200 for text in texts.values()) or not texts["session"]:
        return None
    act, source, given = value.get("act"), value.get("source", "browser"), value.get("blocks", [])
    learn = value.get("learn")
    if act not in ("listen", "stop") or source not in ("browser", "computer") or not _is_press(learn):
        return None
    if not isinstance(given, list) or len(given) > MOST_BLOCKS:
        return None
    blocks = tuple(_samples(one) for one in given)
    if any(block is None for block in blocks):
        return None
    sound = tuple(block for block in blocks if block is not None)
    return Message(act=act, source=source, blocks=sound, learn=learn, **counts, **texts)


def _is_press(learn: Any) -> bool:
    return learn is None or isinstance(learn, bool)


def _samples(text: Any) -> FloatArray | None:
    values = from_base64(text, longest=BLOCK)
    return from_pcm16(values) if values is not None and values.size else None
