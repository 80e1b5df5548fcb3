"""What is seen of the map: pixels of its points, what it holds, and the names of two of its pictures."""

import io
import re
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

if TYPE_CHECKING:
    from playwright.sync_api import Locator


PLANE = re.compile("PCA in 2 dimensions of the utterances")
STATE = "figure => JSON.parse(JSON.stringify({selected: figure.pointMap.selected, ...figure.pointMap.camera.state()}))"


def pixels(figure: "Locator") -> np.ndarray:
    """Take a picture of the points alone: colours of 0 to 255, one pixel a row."""
    points_alone = ".tools, .below { visibility: hidden }"
    shot = Image.open(io.BytesIO(figure.locator(".stage").screenshot(style=points_alone))).convert("RGB")
    return np.asarray(shot).reshape(-1, 3).astype(int)


def count_near(figure: "Locator", colour: str, distance: int = 24) -> int:
    """Count pixels of nearly a colour, which is given as #rrggbb."""
    wanted = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)])
    return int((np.abs(pixels(figure) - wanted).max(axis=1) < distance).sum())
