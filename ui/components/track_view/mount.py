"""Mount of the component that shows and plays a track."""

import functools
import math
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from ser_core.plots.track_view import track_view
from ser_core.tracks import Track
from ser_core.types import Seconds
from ui.components import in_browser

_BROWSER = Path(__file__).parent / "browser"


@dataclass(frozen=True)
class SoundPart:
    """Part of a recording that the browser plays.

    Attributes:
        start: in seconds of the recording.
        end: in seconds of the recording.
        address: where its sound is; ``None`` if it cannot be played.
    """

    start: Seconds
    end: Seconds
    address: str | None


def draw(track: Track, part: SoundPart, chosen: int, *, identity: str, key: str) -> None:
    """Draw a track; what is pressed is the component's value ``answer``, which :func:`checked` reads.

    Args:
        track: to show.
        part: that can be played now; the browser asks for another one when it needs it.
        chosen: number of the segment that is marked.
        identity: of the track; what was pressed in another one does not count.
        key: of the component.
    """
    _component()({"identity": identity, "track": track_view(track), "part": asdict(part), "chosen": chosen}, key)


def checked(value: Any, track: Track, identity: str) -> Seconds | None:
    """Validate what the browser sent, which may be anything.

    Returns:
        The moment that was pressed in this track, in seconds; ``None`` if there is none.
    """
    if not isinstance(value, dict) or value.get("identity") != identity:
        return None
    moment: Any = value.get("at")
    # True is an int in Python, and a whole number can be too long for a float.
    if type(moment) not in (int, float) or not abs(moment) < 1e9 or not math.isfinite(moment):
        return None
    return min(max(0.0, float(moment)), track.duration_seconds)


@functools.cache
def _component() -> Callable[[Any, str], Any]:
    return in_browser.component(
        "track_view", _BROWSER, markup="track_view.html", styles=("controls.css", "track_view.css")
    )
