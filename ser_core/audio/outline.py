"""The outline of a waveform, computed block by block: smallest and largest sample per interval."""

import numpy as np

from ser_core.types import FloatArray


class WaveformOutline:
    """Smallest and largest sample, ``lows`` and ``highs`` ``(columns,)``, in intervals of equal length."""

    def __init__(self, length: int, *, columns: int) -> None:
        """Prepare ``columns`` intervals for an expected number of samples, at least one.

        There are fewer intervals if there are fewer samples; surplus samples count for the last interval.
        """
        count = min(columns, length)
        self._starts = np.arange(count) * length // count  # (columns,)
        self._taken = 0
        self.lows: FloatArray = np.full(count, np.inf, dtype=np.float32)
        self.highs: FloatArray = np.full(count, -np.inf, dtype=np.float32)

    def take(self, samples: FloatArray) -> None:
        """Add the next samples, shape ``(N,)``."""
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
        """Return lows and highs, each of shape ``(columns,)``; 0 for an interval without samples."""
        empty = self.lows > self.highs
        return np.where(empty, 0, self.lows), np.where(empty, 0, self.highs)
