"""Messages from the player, validated as untrusted input."""

import math
from dataclasses import dataclass
from typing import Any

from ser_core.plots.speech_player import PlayedSound
from ser_core.types import Seconds

ROUNDING: Seconds = 0.0006  # the browser counts in milliseconds, and a sound can end between two


@dataclass(frozen=True)
class PlayerMessage:
    """Message of the player.

    Attributes:
        part: start and end, in seconds from the recording's beginning, of what is to be judged by itself, if anything.
        missing: whether the browser cannot draw or play.
    """

    part: tuple[Seconds, Seconds] | None = None
    missing: bool = False


def checked(value: Any, sound: PlayedSound) -> PlayerMessage:
    """Validate a message from the browser.

    Args:
        value: what the browser sent; anything at all.
        sound: that was drawn; what was asked about another one does not count.

    Examples:
        >>> sound = PlayedSound(b"", "a", 0.0, 3.0)
        >>> checked({"digest": "a", "start": 1, "end": 2.5, "missing": False}, sound)
        PlayerMessage(part=(1.0, 2.5), missing=False)
        >>> checked({"digest": "b", "start": 1, "end": 2.5}, sound)
        PlayerMessage(part=None, missing=False)
    """
    if not isinstance(value, dict):
        return PlayerMessage()
    missing = value.get("missing") is True
    start, end = _seconds(value.get("start")), _seconds(value.get("end"))
    if value.get("digest") != sound.digest or start is None or end is None:
        return PlayerMessage(missing=missing)
    if not sound.begins - ROUNDING <= start < end <= sound.ends + ROUNDING:
        return PlayerMessage(missing=missing)
    return PlayerMessage((max(start, sound.begins), min(end, sound.ends)), missing)


def _seconds(value: Any) -> Seconds | None:
    # True is an int in Python, and a whole number can be too long for a float.
    if type(value) not in (int, float) or not abs(value) < 1e9 or not math.isfinite(value):
        return None
    return float(value)
