"""Blocks as a microphone gives them become blocks at the model's sample rate, without a seam between them."""

import numpy as np
import soxr

from ser_core.audio.reading import LOWEST_SAMPLE_RATE
from ser_core.errors import InputError
from ser_core.types import FloatArray, Hertz


class Incoming:
    """Checks blocks and resamples them as one stream.

    Attributes:
        sample_rate: of what comes out.
    """

    def __init__(self, sample_rate: Hertz) -> None:
        """Resample to ``sample_rate``."""
        self.sample_rate = sample_rate
        self._rate = sample_rate
        self._resampler: soxr.ResampleStream | None = None

    def take(self, samples: FloatArray, rate: Hertz) -> FloatArray:
        """Resample the next block.

        The resampler holds some milliseconds back until more comes. A block at another rate than the one before begins
        a new stream.

        Args:
            samples: float32, shape ``(N,)``, full scale is 1; ``N`` may be 0.
            rate: samples per second.

        Returns:
            float32, shape ``(M,)``.

        Raises:
            InputError: if the block has another shape, holds what is no number, or its rate is too low for speech.
        """
        samples = np.asarray(samples)
        if samples.ndim != 1 or samples.dtype.kind != "f":
            raise InputError(
                f"Expected a block of float samples of shape (N,); got {samples.dtype} of shape {samples.shape}. "
                "Average its channels to one, and divide whole numbers by their full scale."
            )
        if rate < LOWEST_SAMPLE_RATE:
            raise InputError(
                f"Expected at least {LOWEST_SAMPLE_RATE} samples per second; got {rate}. "
                "Choose a microphone setting of 16000 or more."
            )
        if not np.isfinite(samples).all():
            raise InputError(
                "Expected finite samples in a block; got values that are no numbers or infinite. "
                "Leave the block out and tell its length as a gap."
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
