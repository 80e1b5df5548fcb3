"""Many judgements as one, in memory that never grows."""

import numpy as np

from ser_core.geometry.angles import unit
from ser_core.inference import Reader, Reading
from ser_core.live.moment import Moment
from ser_core.types import FloatArray, Seconds


class Mean:
    """The mean of every figure over windows; their embeddings are scaled to length one before."""

    def __init__(self) -> None:
        """Begin with no window."""
        self._count = 0
        self._sums: tuple[FloatArray, ...] = (np.zeros(()), np.zeros(()), np.zeros(()))

    def add(self, window: Moment) -> None:
        """Take a window; one that was not judged changes nothing."""
        if window.embedding is None or window.probabilities is None or window.angles is None:
            return
        figures = (unit(window.embedding), window.probabilities, window.angles)
        self._sums = tuple(before + figure for before, figure in zip(self._sums, figures, strict=True))
        self._count += 1

    def reading(self, reader: Reader, *, hop: Seconds) -> Reading | None:
        """Judge the means; ``None`` before the first window.

        Args:
            reader: the model that read the windows.
            hop: how much new sound each of them held.
        """
        if not self._count:
            return None
        embedding, probabilities, angles = (total / self._count for total in self._sums)
        return reader.read_figures(embedding, probabilities, angles, duration_seconds=self._count * hop)
