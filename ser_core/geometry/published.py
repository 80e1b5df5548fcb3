"""Tables of angles between emotions, as printed in papers."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import numpy as np

from ser_core.types import FloatArray

KUMAR_LABELS: Final = ("neutral", "calm", "happy", "sad", "angry", "fearful", "disgust", "surprise")
KUMAR_IEMOCAP_LABELS: Final = (
    "anger", "sadness", "happiness", "neutral", "excitement", "surprise", "fear", "disgust", "frustration",
)  # fmt: skip


@dataclass(frozen=True)
class PrintedAngles:
    """A table of angles as a paper prints it, with the corpus, the paper and the ``K`` emotions.

    ``upper`` holds degrees, the rows of the upper half; each begins with the angle within its class.
    """

    title: str
    corpus: str
    place: str
    labels: tuple[str, ...]
    upper: tuple[tuple[float, ...], ...]

    @property
    def angles(self) -> FloatArray:
        """Degrees, shape ``(K, K)``; the diagonal holds the angle within each class."""
        angles = np.zeros((len(self.labels), len(self.labels)))
        for row, values in enumerate(self.upper):
            angles[row, row:] = values
        angles += np.triu(angles, 1).T
        return angles


_KUMAR: Final = (
    "Kumar et al. (2020), “End-to-end triplet loss based emotion embedding system for speech emotion recognition”, ICPR"
)
# Name for files → table.
PRINTED_ANGLES: Mapping[str, PrintedAngles] = MappingProxyType(
    {
        "kumar-2020-table-2": PrintedAngles(
            "Kumar's Table 2",
            "RAVDESS",
            f"{_KUMAR}, table 2",
            KUMAR_LABELS,
            (
                (0.37, 30.75, 60.34, 89.78, 69.73, 62.63, 80.28, 77.27),
                (0.51, 78.91, 65.01, 64.61, 66.37, 89.93, 71.71),
                (0.03, 25.75, 83.22, 66.30, 62.76, 64.39),
                (0.35, 60.95, 61.52, 63.69, 84.88),
                (0.63, 84.97, 61.23, 83.40),
                (0.03, 67.89, 67.06),
                (1.64, 83.63),
                (0.50,),
            ),
        ),
        "kumar-2020-table-4": PrintedAngles(
            "Kumar's Table 4",
            "IEMOCAP",
            f"{_KUMAR}, table 4",
            KUMAR_IEMOCAP_LABELS,
            (
                (4.51, 51.97, 78.08, 53.39, 56.82, 79.20, 52.68, 62.32, 84.85),
                (0.96, 87.23, 70.54, 29.96, 52.28, 67.51, 85.14, 73.09),
                (0.99, 67.23, 53.74, 60.81, 77.82, 50.09, 77.06),
                (1.12, 56.43, 72.48, 61.06, 45.56, 82.68),
                (0.87, 50.74, 68.97, 88.14, 39.29),
                (2.66, 83.84, 78.18, 77.65),
                (0.77, 32.51, 83.56),
                (0.73, 73.84),
                (2.44,),
            ),
        ),
    }
)
