"""Mixing of a file's channels to one: which channels are averaged, and at which full scale."""

from dataclasses import dataclass

import numpy as np

from ser_core.audio.channels import ChannelActivity
from ser_core.audio.full_scale import USUAL, MagnitudeHistogram, SampleScale
from ser_core.errors import AudioError
from ser_core.types import FloatArray, Hertz

_MOST_CHANNELS = 32  # files with more channels are averaged without a check


@dataclass(frozen=True)
class ChannelMix:
    """How channels are mixed to one.

    Attributes:
        channels: numbers of the averaged channels, in order; empty for all.
        scale: full scale of the file.
        note: why some channels are left out; ``None`` if all are averaged.
    """

    channels: tuple[int, ...] = ()
    scale: SampleScale = USUAL
    note: str | None = None

    @property
    def alters(self) -> bool:
        """Whether the result differs from the average of all channels at full scale 1."""
        return bool(self.channels) or self.scale.divisor != 1

    @property
    def notes(self) -> list[str]:
        """Sentences for people about the mix."""
        return [note for note in (self.note, self.scale.note) if note is not None]

    def of(self, block: FloatArray) -> FloatArray:
        """Return the averaged channels at full scale 1, clipped; shape ``(N, channels)`` before and after."""
        if self.channels:
            block = block[:, list(self.channels)]
        if self.scale.divisor != 1:
            block = block / np.float32(self.scale.divisor)
        if block.size and (block.max() > 1 or block.min() < -1):
            block = np.clip(block, -1, 1)
        return block


class MixAnalysis:
    """Analyses a whole file, block by block, and determines how to mix it."""

    def __init__(self, rate: Hertz, channels: int, *, floats: bool, shown: str) -> None:
        """Start the analysis; ``floats`` may lie beyond full scale."""
        self._shown, self._count = shown, channels
        self._activity = ChannelActivity(rate, channels) if 1 < channels <= _MOST_CHANNELS else None
        self._magnitudes = MagnitudeHistogram() if floats else None
        self._products = np.zeros((channels, channels))  # of each pair of channels

    def take(self, block: FloatArray) -> None:
        """Add the next samples, shape ``(N, channels)``."""
        if self._magnitudes is not None:
            self._magnitudes.take(block)
        if self._activity is not None:
            largest = np.float32(2.0**31)  # larger values are not sound, and their square overflows float32
            block = np.clip(block, -largest, largest)
            self._activity.take(block)
            self._products += block.T @ block

    def mix(self) -> ChannelMix:
        """Return how the file should be mixed; raises AudioError if the scale of its samples is unknown."""
        scale = USUAL if self._magnitudes is None else self._magnitudes.scale()
        if scale is None:
            peak = 0.0 if self._magnitudes is None else self._magnitudes.peak
            raise AudioError(
                f"Expected samples up to ±1, or on the scale of 16-, 24- or 32-bit integers, in {self._shown}; got "
                f"values up to {peak:.3g}. Write the file again with ±1 as full scale."
            )
        speaking = () if self._activity is None else self._activity.speaking()
        heard = speaking or tuple(range(self._count))
        if self._cancel(heard):
            loudest = max(heard, key=lambda channel: self._products[channel, channel])
            note = f"The {self._count} channels cancel each other when averaged; channel {loudest + 1} was used alone."
            return ChannelMix((loudest,), scale, note)
        if len(heard) == self._count:
            return ChannelMix((), scale, f"{self._count} channels were averaged to one." if self._count > 2 else None)
        return ChannelMix(heard, scale, _left_out(heard, self._count))

    def _cancel(self, heard: tuple[int, ...]) -> bool:
        """Return whether channels cancel each other in their average."""
        # One active channel of C leaves 1/C² of its energy in the average; much less than that is cancellation.
        products = self._products[np.ix_(heard, heard)]
        return (
            len(heard) > 1
            and self._activity is not None
            and float(products.sum()) < 0.1 * float(products.diagonal().max())
        )


def _left_out(heard: tuple[int, ...], count: int) -> str:
    others = count - len(heard)
    none = "the other one holds no speech" if others == 1 else f"the other {others} hold no speech"
    if len(heard) == 1:
        return f"Channel {heard[0] + 1} was used alone: {none}."
    numbers = ", ".join(str(channel + 1) for channel in heard[:-1]) + f" and {heard[-1] + 1}"
    return f"Channels {numbers} were averaged: {none}."
