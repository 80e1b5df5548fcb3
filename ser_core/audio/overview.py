"""The outline of a recording that arrives block by block: its smallest and largest sample in every stretch of time."""

import numpy as np

from ser_core.types import FloatArray


class Overview:
    """The smallest and the largest sample in each of several equal stretches.

    Attributes:
        lows: shape ``(columns,)``.
        highs: shape ``(columns,)``.
    """

    def __init__(self, length: int, *, columns: int) -> None:
        """Begin.

        Args:
            length: how many samples will come, at least one; what comes beyond counts for the last stretch.
            columns: how many stretches; fewer when there are fewer samples.
        """
        count = min(columns, length)
        self._starts = np.arange(count) * length // count  # (columns,)
        self._taken = 0
        self.lows: FloatArray = np.full(count, np.inf, dtype=np.float32)
        self.highs: FloatArray = np.full(count, -np.inf, dtype=np.float32)

    def take(self, samples: FloatArray) -> None:
        """Look at the next samples, shape ``(N,)``."""
        if not samples.size:
            return
        first = int(np.searchsorted(self._starts, self._taken, side="right")) - 1
        last = int(np.searchsorted(self._starts, self._taken + len(samples)))
        cuts = np.maximum(self._starts[first:last] - self._taken, 0)
        columns = slice(first, last)
        self.lows[columns] = np.minimum(self.lows[columns], np.minimum.reduceat(samples, cuts))
        self.highs[columns] = np.maximum(self.highs[columns], np.maximum.reduceat(samples, cuts))
        self._taken += len(samples)

    def outline(self) -> tuple[FloatArray, FloatArray]:
        """Return lows and highs; a stretch for which no sample came is level at 0."""
        empty = self.lows > self.highs
        return np.where(empty, 0, self.lows), np.where(empty, 0, self.highs)
