"""Reading of an open file as mono samples at one rate, block by block, with statistics."""

from collections.abc import Iterator

import numpy as np
import soxr

from ser_core.audio.decoding import FETCH_AGAIN
from ser_core.audio.level import count_clipped
from ser_core.audio.mix import ChannelMix, MixAnalysis
from ser_core.audio.opening import Recording
from ser_core.errors import AudioError
from ser_core.types import FloatArray, Hertz

MOST_MISSING = 0.01  # of the declared length

_BLOCK_VALUES = 1 << 20  # channels × frames held at once


class MixedBlocks:
    """Blocks of a file, mixed to one channel and resampled.

    The statistics are complete after the last block.

    Attributes:
        peak: largest magnitude of the mixed samples, before resampling.
        clipped: fraction of clipped values.
        missing: number of declared frames that could not be read.
        tracks: number of audio tracks in the file; the first is read.
    """

    def __init__(
        self,
        file: Recording,
        first: int,
        last: int,
        sample_rate: Hertz,
        *,
        shown: str,
        mix: ChannelMix | None = None,
    ) -> None:
        """Read frames ``first`` to ``last``, at ``sample_rate``.

        By default all channels are averaged, and :meth:`mix` returns a better mix if there is one.
        """
        self._file, self._first, self._last = file, first, last
        self._sample_rate, self._shown = sample_rate, shown
        self._survey = survey_of(file, shown) if mix is None else None
        self._mix = mix or ChannelMix()
        self.peak = 0.0
        self.missing = last - first
        self.tracks = file.tracks
        self._clipped, self._values = 0, 0

    def __iter__(self) -> Iterator[FloatArray]:
        """Yield mono float32, each of shape ``(N,)``; some may be empty.

        Raises:
            AudioError: if values are not finite; at the end, if more than a hundredth of the frames was missing.
        """
        rate, expected = int(self._file.samplerate), self._last - self._first
        stream = soxr.ResampleStream(rate, self._sample_rate, 1, dtype="float32") if rate != self._sample_rate else None
        for block in self._read():  # (frames, channels)
            self.missing -= len(block)
            mono = self._mixed(block)
            yield mono if stream is None else stream.resample_chunk(mono, last=self.missing <= 0)
        if stream is not None and self.missing > 0:
            yield stream.resample_chunk(np.empty(0, dtype=np.float32), last=True)
        if not self._file.length.is_declared:
            self.missing = 0
        if self.missing > expected * MOST_MISSING:
            raise AudioError(
                f"Expected {expected / rate:.2f} s of audio in {self._shown}, as its header says; got "
                f"{(expected - self.missing) / rate:.2f} s, so it is truncated or damaged. {FETCH_AGAIN}"
            )

    @property
    def clipped(self) -> float:
        """Fraction of clipped values."""
        return self._clipped / max(1, self._values)

    def mix(self) -> ChannelMix:
        """Return, after the last block, how the channels should be mixed.

        Raises:
            AudioError: if the scale of the samples is unknown.
        """
        return self._mix if self._survey is None else self._survey.mix()

    def _mixed(self, block: FloatArray) -> FloatArray:
        if not np.isfinite(block.max(initial=0.0) - block.min(initial=0.0)):
            raise AudioError(
                f"Expected finite samples in {self._shown}; got NaN or infinite values. "
                "Write the file again with the program that made it."
            )
        if self._survey is not None:
            self._survey.take(block)
        block = self._mix.of(block)
        self._clipped += count_clipped(block)
        self._values += block.size
        mono = _average(block)
        self.peak = max(self.peak, float(mono.max(initial=0.0)), -float(mono.min(initial=0.0)))
        return mono

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


def survey_of(file: Recording, shown: str) -> MixAnalysis | None:
    """Return an analysis of how to mix a file; ``None`` if it is mono and not of floats."""
    floats = file.subtype in ("FLOAT", "DOUBLE")
    if not floats and file.channels == 1:
        return None
    return MixAnalysis(int(file.samplerate), int(file.channels), floats=floats, shown=shown)


def _average(block: FloatArray) -> FloatArray:
    mono = block[:, 0].copy()
    for index in range(1, block.shape[1]):  # column by column: NumPy's mean over a short axis is many times slower
        mono += block[:, index]
    mono /= block.shape[1]
    return mono
