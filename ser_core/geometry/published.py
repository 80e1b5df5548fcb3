"""Angles between emotions that papers have printed."""

from typing import Final

import numpy as np

from ser_core.types import FloatArray

KUMAR_LABELS: Final = ("neutral", "calm", "happy", "sad", "angry", "fearful", "disgust", "surprise")
_KUMAR_UPPER: Final = (
    (0.37, 30.75, 60.34, 89.78, 69.73, 62.63, 80.28, 77.27),
    (0.51, 78.91, 65.01, 64.61, 66.37, 89.93, 71.71),
    (0.03, 25.75, 83.22, 66.30, 62.76, 64.39),
    (0.35, 60.95, 61.52, 63.69, 84.88),
    (0.63, 84.97, 61.23, 83.40),
    (0.03, 67.89, 67.06),
    (1.64, 83.63),
    (0.50,),
)


def kumar_table_2() -> FloatArray:
    """Return the angles that Kumar et al. print for RAVDESS.

    Returns:
        Degrees, shape ``(8, 8)`` in the order of :data:`KUMAR_LABELS`; the diagonal holds the angle within each class.

    References:
        Kumar et al. (2020), "End-to-end triplet loss based emotion embedding system for speech emotion recognition",
        ICPR, table 2.
    """
    angles = np.zeros((len(KUMAR_LABELS), len(KUMAR_LABELS)))
    for row, values in enumerate(_KUMAR_UPPER):
        angles[row, row:] = values
    angles += np.triu(angles, 1).T
    return angles
