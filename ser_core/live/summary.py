"""Many judgements as one, in memory that never grows."""

import numpy as np

from ser_core.geometry.angles import unit
from ser_core.inference import Reader, Reading
from ser_core.live.moment import Moment
from ser_core.types import FloatArray, Seconds


class Mean:
    """The mean of windows' embeddings, each scaled to length one, and of their probabilities."""

    def __init__(self) -> None:
        """Begin with no window."""
        self._count = 0
        self._direction: FloatArray = np.zeros(0)
        self._probabilities: FloatArray = np.zeros(0)

    def add(self, window: Moment) -> None:
        """Take a window; one that was not judged changes nothing."""
        if window.embedding is None or window.probabilities is None:
            return
        self._count += 1
        direction, probabilities = unit(window.embedding), window.probabilities
        if self._count == 1:
            self._direction, self._probabilities = direction, probabilities
        else:
            share = 1 / self._count
            self._direction = self._direction + share * (direction - self._direction)
            self._probabilities = self._probabilities + share * (probabilities - self._probabilities)

    def reading(self, reader: Reader, *, hop: Seconds) -> Reading | None:
        """Judge the mean; ``None`` before the first window.

        Args:
            reader: the model that read the windows.
            hop: how much new sound each of them held.
        """
        if not self._count:
            return None
        return reader.read_vector(self._direction, self._probabilities, duration_seconds=self._count * hop)
