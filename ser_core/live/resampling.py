"""Resampling of a microphone's blocks to the model's sample rate, as one continuous stream."""

import numpy as np
import soxr

from ser_core.audio.reading import LOWEST_SAMPLE_RATE
from ser_core.errors import InputError
from ser_core.types import FloatArray, Hertz


class StreamResampler:
    """Checks blocks and resamples them to one rate without discontinuities between them."""

    def __init__(self, sample_rate: Hertz) -> None:
        """Resample to ``sample_rate``."""
        self.sample_rate = sample_rate
        self._rate = sample_rate
        self._resampler: soxr.ResampleStream | None = None

    def take(self, samples: FloatArray, rate: Hertz) -> FloatArray:
        """Resample the next block, float32 ``(N,)``, possibly empty, to float32 ``(M,)``.

        The filter holds back some milliseconds until the next block. If the rate changes, a new stream begins.

        Raises:
            InputError: if the block has another shape or non-finite values, or its rate is too low for speech.
        """
        samples = np.asarray(samples)
        if samples.ndim != 1 or samples.dtype.kind != "f":
            raise InputError(
                f"Expected a block of float samples of shape (N,); got {samples.dtype} of shape {samples.shape}. "
                "Average its channels, and divide integers by their full scale."
            )
        if rate < LOWEST_SAMPLE_RATE:
            raise InputError(
                f"Expected at least {LOWEST_SAMPLE_RATE} samples per second; got {rate}. "
                "Choose a microphone setting of 16000 or more."
            )
        if not np.isfinite(samples).all():
            raise InputError(
                "Expected finite samples in a block; got NaN or infinite values. "
                "Leave the block out and pass its length to gap()."
            )
        block = samples.astype(np.float32, copy=False)
        if rate != self._rate:
            self._rate = rate
            self.restart()
        if rate == self.sample_rate:
            return block
        if self._resampler is None:
            self._resampler = soxr.ResampleStream(rate, self.sample_rate, 1, dtype="float32")
        resampled: FloatArray = self._resampler.resample_chunk(block)
        return resampled

    def restart(self) -> None:
        """Begin a new stream, for example after a gap."""
        self._resampler = None
