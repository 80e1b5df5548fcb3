"""Mount of the angle dial."""

import functools
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ser_core.plots.angle_dial import DialClass
from ui.components import in_browser

if TYPE_CHECKING:
    from ser_core.inference import EmotionPrediction

EXACT = (
    "The [[angles|angle]] from this voice to each emotion are exact; the others are in the matrix on *Embedding "
    "space*. An arc is the [[range]] of its emotion."
)

_BROWSER = Path(__file__).parent / "browser"


def draw(classes: Sequence[DialClass], reading: "EmotionPrediction", *, key: str) -> None:
    """Draw a judgement on the dial.

    Args:
        classes: of the model; see :func:`ser_core.plots.angle_dial.dial_classes`.
        reading: the judgement.
        key: unique on the page.
    """
    angles = [round(reading.angles_degrees[one.name], 2) for one in classes]
    data = {"classes": [one.described() for one in classes], "angles": angles, "verdict": reading.verdict}
    _component()(data, key)


@functools.cache
def _component() -> Callable[[Any, str], Any]:
    return in_browser.component(
        "angle_dial", _BROWSER, markup="dial.html", styles=("controls.css", "dial.css"), values=()
    )
