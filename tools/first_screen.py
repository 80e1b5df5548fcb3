"""How much of the first screen a page's main picture takes: the drawn canvas or SVG itself, seen in the window."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from playwright.sync_api import FloatRect, Page

LEAST_SHARE = 0.5
FRAME = 100  # milliseconds until a page that was scrolled is drawn; one that trains never stops changing
MAP = "figure.map canvas.points"
FORMING = "figure.forming canvas"
CHART = ".js-plotly-plot .main-svg"
# name of a photograph → what is drawn in the page's main picture; the elements of one picture count together
MAIN_PICTURES: Mapping[str, tuple[str, ...]] = {
    "home": (MAP,),
    "listen-demo": ("figure.player canvas.picture", "figure.dial canvas", MAP),
    "live-speaking": ("figure.live canvas",),
    "embedding-pca": (MAP,),
    "train-running": (FORMING,),
    "spaces-two-epochs": (MAP,),
    "geometry-audit": (CHART,),
    "your-voice": (CHART,),
    "compare-example": (CHART,),
    "compare-runs": (CHART,),
    "lesson-losses": ("figure.playground svg.picture",),
    "watch-a-space-form-playing": (FORMING,),
    "lesson-test-sets": ("figure.split-editor svg.picture",),
    "lesson-frames": ("figure.frames canvas",),
    "lesson-stranger": ("figure.after-clips canvas",),
}
TO_THE_TOP = "document.querySelector('[data-testid=stMain]')?.scrollTo({ top: 0, behavior: 'instant' })"


def share_of_picture(page: "Page", selectors: Iterable[str]) -> float:
    """Return which share of the window drawn elements cover together, from 0 to 1, with the page at its top."""
    page.evaluate(TO_THE_TOP)
    page.wait_for_timeout(FRAME)
    window = page.viewport_size
    assert window is not None
    drawn = page.locator(", ".join(selectors)).all()
    boxes = [box for box in (element.bounding_box() for element in drawn if element.is_visible()) if box is not None]
    return covered(boxes, window["width"], window["height"])


def covered(boxes: "Iterable[FloatRect]", width: int, height: int) -> float:
    """Return which share of a window's pixels lies in at least one box; what two boxes share counts once."""
    seen = np.zeros((height, width), dtype=bool)
    for box in boxes:
        left, top = max(0, round(box["x"])), max(0, round(box["y"]))
        right, bottom = max(0, round(box["x"] + box["width"])), max(0, round(box["y"] + box["height"]))
        seen[top:bottom, left:right] = True
    return float(seen.mean())


def shortfall(name: str, share: float) -> list[str]:
    """Say that a main picture takes less than half of the first screen; nothing, when it takes enough."""
    if share >= LEAST_SHARE:
        return []
    return [
        f"expected the main picture ({', '.join(MAIN_PICTURES[name])}) to cover at least {LEAST_SHARE:.0%} of the "
        f"first screen; it covers {share:.1%}. Give it more height, or move what stands above it."
    ]
