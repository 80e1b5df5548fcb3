"""Power in decibels relative to full scale; in the browser: ``ui/components/in_browser/shared/levels.js``."""

import numpy as np
from numpy.typing import ArrayLike

from ser_core.types import Decibels, FloatArray

SILENCE: Decibels = -120.0


def to_decibels(power: ArrayLike, *, lowest: Decibels = SILENCE) -> FloatArray:
    """Convert power (the square of an amplitude) to decibels.

    ``10 log10(power)``, of the same shape, at least ``lowest``; full scale is a power of 1.

    Examples:
        >>> to_decibels(np.array([1.0, 0.25, 0.0])).round(2).tolist()
        [0.0, -6.02, -120.0]
    """
    levels: FloatArray = 10 * np.log10(np.maximum(power, 10 ** (lowest / 10)))
    return levels
