"""Ring buffer of the newest samples of a stream."""

import numpy as np

from ser_core.types import FloatArray


class RingBuffer:
    """The newest ``capacity`` samples of a stream, addressed by their position in the stream.

    ``end`` is the position after the newest sample: the number of all samples that came or were skipped.
    """

    def __init__(self, capacity: int) -> None:
        """Keep the newest ``capacity`` samples."""
        self.capacity = capacity
        self.end = 0
        self._first = 0  # samples before this position are not available
        self._samples = np.zeros(capacity, dtype=np.float32)

    @property
    def start(self) -> int:
        """Position of the oldest available sample."""
        return max(self._first, self.end - self.capacity)

    def append(self, samples: FloatArray) -> None:
        """Append samples ``(N,)``; they replace the oldest ones."""
        kept = samples[-self.capacity :]
        where = (self.end + len(samples) - len(kept)) % self.capacity
        front = min(len(kept), self.capacity - where)
        self._samples[where : where + front] = kept[:front]
        self._samples[: len(kept) - front] = kept[front:]
        self.end += len(samples)

    def skip(self, count: int) -> None:
        """Advance by ``count`` samples that never came; earlier samples are no longer available."""
        self.end += count
        self._first = self.end

    def clear(self) -> None:
        """Erase all samples; positions go on from here."""
        self._samples[:] = 0
        self._first = self.end

    def between(self, start: int, end: int) -> FloatArray:
        """Copy the available samples from position ``start`` to ``end``, float32, shape ``(N,)``."""
        start, end = max(start, self.start), min(end, self.end)
        if start >= end:
            return np.empty(0, dtype=np.float32)
        first, last = start % self.capacity, (end - 1) % self.capacity + 1
        if first < last:
            return self._samples[first:last].copy()
        return np.concatenate([self._samples[first:], self._samples[:last]])
