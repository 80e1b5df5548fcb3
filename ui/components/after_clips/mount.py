"""Mount of the component in which an answer changes with the number of known clips."""

import functools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from ser_core.plots.angle_dial import DialClass
from ui.components import in_browser

_BROWSER = Path(__file__).parent / "browser"


@dataclass(frozen=True)
class ShownClip:
    """A clip that can be chosen.

    Attributes:
        name: for people.
        spoken: the emotion in which it was spoken, if it is stated.
        address: where the browser finds its sound; ``None`` if it cannot be played.
        steps: what is heard after each number of clips; see :func:`ser_core.plots.after_clips.described_answers`.
        voice: whose clip it is; on the map, those of one voice are seen together.
    """

    name: str
    spoken: str | None
    address: str | None
    steps: Sequence[Mapping[str, Any]]
    voice: str = ""


def draw(
    classes: Sequence[DialClass],
    clips: Sequence[ShownClip],
    *,
    key: str,
    chosen: int = 0,
    ground: Mapping[str, Any] | None = None,
) -> None:
    """Draw the clips; the picture moves from no clip to all when it appears, and for other clips once more.

    Args:
        classes: of the model; see :func:`ser_core.plots.angle_dial.dial_classes`.
        clips: at least one.
        key: unique on the page.
        chosen: number of the clip that is shown first.
        ground: the map of a model's known utterances, as :func:`ser_core.plots.live_view.live_model` describes it, if
            the clips have places on it.
    """
    data = {
        "classes": [one.described() for one in classes],
        "clips": [asdict(one) for one in clips],
        "chosen": chosen,
        "ground": None if ground is None else dict(ground),
    }
    _component()(data, key)


@functools.cache
def _component() -> Callable[[Any, str], Any]:
    return in_browser.component(
        "after_clips", _BROWSER, markup="after_clips.html", styles=("controls.css", "after_clips.css"), values=()
    )
