"""An open file as mono samples at one rate, block by block, with what is counted along the way."""

from collections.abc import Iterator

import numpy as np
import soxr

from ser_core.audio.level import count_clipped
from ser_core.audio.opening import FETCH_AGAIN, OpenRecording
from ser_core.errors import AudioError
from ser_core.types import FloatArray, Hertz

MOST_MISSING = 0.01  # of the length that the header promises

_BLOCK_VALUES = 1 << 20  # channels × frames held at once


class MixedBlocks:
    """Blocks of a file, its channels averaged or one of them taken, resampled as they come.

    The counts are those of a whole file once every block has been taken.

    Attributes:
        energies: sum of squares of each channel, shape ``(channels,)``.
        mixed_energy: sum of squares of the mixed samples, before they are resampled.
        peak: largest magnitude of a mixed sample, before they are resampled.
        clipped: number of values that are cut off at full scale.
        missing: number of promised frames that could not be read.
    """

    def __init__(
        self,
        file: OpenRecording,
        first: int,
        last: int,
        sample_rate: Hertz,
        *,
        shown: str,
        channel: int | None = None,
    ) -> None:
        """Take frames ``first`` to ``last``.

        Args:
            file: open.
            first: number of the first frame.
            last: number of the frame behind the last one.
            sample_rate: of the blocks.
            shown: what to call the recording in messages.
            channel: number of the one that is taken; the average of all by default.
        """
        self._file, self._first, self._last, self._channel = file, first, last, channel
        self._sample_rate, self._shown = sample_rate, shown
        self.energies: FloatArray = np.zeros(file.channels)
        self.mixed_energy = 0.0
        self.peak = 0.0
        self.clipped = 0
        self.missing = last - first

    def __iter__(self) -> Iterator[FloatArray]:
        """Read on.

        Yields:
            Mono float32, each of shape ``(N,)``; some may be empty.

        Raises:
            AudioError: at the end, if values were no numbers or more than a hundredth of the frames was not there.
        """
        rate, expected = int(self._file.samplerate), self._last - self._first
        stream = soxr.ResampleStream(rate, self._sample_rate, 1, dtype="float32") if rate != self._sample_rate else None
        for block in self._read():  # (frames, channels)
            self.missing -= len(block)
            self.energies += np.array([np.vdot(column, column) for column in block.T])
            mono = _average(block) if self._channel is None else np.ascontiguousarray(block[:, self._channel])
            self.mixed_energy += float(np.vdot(mono, mono))
            self.clipped += count_clipped(block)
            self.peak = max(self.peak, float(mono.max(initial=0.0)), -float(mono.min(initial=0.0)))
            yield mono if stream is None else stream.resample_chunk(mono, last=self.missing <= 0)
        if stream is not None and self.missing > 0:
            yield stream.resample_chunk(np.empty(0, dtype=np.float32), last=True)
        if not np.isfinite(self.mixed_energy):
            raise AudioError(
                f"Expected finite samples in {self._shown}; got values that are no numbers or infinite. "
                "Write the file again with the program that made it."
            )
        if not self._file.length.is_promise:
            self.missing = 0
        if self.missing > expected * MOST_MISSING:
            raise AudioError(
                f"Expected {expected / rate:.2f} s of audio in {self._shown}, as its header says; got "
                f"{(expected - self.missing) / rate:.2f} s, so it is truncated or damaged. {FETCH_AGAIN}"
            )

    def channels_cancel(self) -> bool:
        """Tell whether the average has lost what the channels hold, so that one of them should be taken alone."""
        # One live channel among C leaves 1/C² of its energy in the average; much less than that is cancellation.
        count = len(self.energies)
        return count > 1 and self.mixed_energy < 0.1 * float(self.energies.max()) / count**2

    def _read(self) -> Iterator[FloatArray]:
        self._file.go_to(self._first)
        size = max(1, _BLOCK_VALUES // self._file.channels)
        position = self._first
        while position < self._last:
            block = self._file.read(min(size, self._last - position), dtype="float32", always_2d=True)
            if not len(block):
                return
            position += len(block)
            yield block


def _average(block: FloatArray) -> FloatArray:
    mono = block[:, 0].copy()
    for index in range(1, block.shape[1]):  # column by column: numpy's mean over a short axis is many times slower
        mono += block[:, index]
    mono /= block.shape[1]
    return mono
