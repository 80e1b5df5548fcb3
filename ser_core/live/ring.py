"""The newest samples of a stream, in memory that never grows."""

import numpy as np

from ser_core.types import FloatArray


class Ring:
    """The last samples of a stream, by their position in it.

    Attributes:
        capacity: how many samples are kept.
        end: position behind the newest sample: the number of all that came, or were passed over.
    """

    def __init__(self, capacity: int) -> None:
        """Keep the last ``capacity`` samples."""
        self.capacity = capacity
        self.end = 0
        self._first = 0  # nothing before this position can be asked for
        self._samples = np.zeros(capacity, dtype=np.float32)

    @property
    def start(self) -> int:
        """Position of the oldest sample that is still there."""
        return max(self._first, self.end - self.capacity)

    def append(self, samples: FloatArray) -> None:
        """Add samples ``(N,)``; the oldest make room."""
        kept = samples[-self.capacity :]
        where = (self.end + len(samples) - len(kept)) % self.capacity
        front = min(len(kept), self.capacity - where)
        self._samples[where : where + front] = kept[:front]
        self._samples[: len(kept) - front] = kept[front:]
        self.end += len(samples)

    def skip(self, count: int) -> None:
        """Pass over ``count`` samples that never came; what was before is forgotten."""
        self.end += count
        self._first = self.end

    def clear(self) -> None:
        """Forget everything that came; positions go on."""
        self._samples[:] = 0
        self._first = self.end

    def between(self, start: int, end: int) -> FloatArray:
        """Copy the samples from position ``start`` to ``end``, as far as they are still there."""
        start, end = max(start, self.start), min(end, self.end)
        if start >= end:
            return np.empty(0, dtype=np.float32)
        first, last = start % self.capacity, (end - 1) % self.capacity + 1
        if first < last:
            return self._samples[first:last].copy()
        return np.concatenate([self._samples[first:], self._samples[:last]])
