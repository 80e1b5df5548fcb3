"""How the samples of a file become one channel: which channels are averaged, and what full scale is."""

from dataclasses import dataclass

import numpy as np

from ser_core.audio.channels import ChannelActivity
from ser_core.audio.full_scale import USUAL, Magnitudes, Scale
from ser_core.errors import AudioError
from ser_core.types import FloatArray, Hertz

_MOST_CHANNELS = 32  # of more, as no microphone array has them, all are averaged


@dataclass(frozen=True)
class Mix:
    """How one sample is made of those of all channels.

    Attributes:
        channels: numbers of those that are averaged, rising; empty for all.
        scale: full scale of the file.
        note: why some channels are left out; none where all are averaged.
    """

    channels: tuple[int, ...] = ()
    scale: Scale = USUAL
    note: str | None = None

    @property
    def alters(self) -> bool:
        """Whether it makes other samples than the average of all channels on the usual scale."""
        return bool(self.channels) or self.scale.divisor != 1

    @property
    def notes(self) -> list[str]:
        """What a reader should know of it, plain sentences."""
        return [note for note in (self.note, self.scale.note) if note is not None]

    def of(self, block: FloatArray) -> FloatArray:
        """Bring the channels that count to ±1, shape ``(N, channels)`` before and after."""
        if self.channels:
            block = block[:, list(self.channels)]
        if self.scale.divisor != 1:
            block = block / np.float32(self.scale.divisor)
        if block.size and (block.max() > 1 or block.min() < -1):
            block = np.clip(block, -1, 1)
        return block


class Survey:
    """Listens to a whole file, and says how it should be mixed."""

    def __init__(self, rate: Hertz, channels: int, *, floats: bool, shown: str) -> None:
        """Begin.

        Args:
            rate: of the file.
            channels: of the file.
            floats: whether the file holds floats, which may lie beyond full scale.
            shown: what to call the recording in messages.
        """
        self._shown, self._count = shown, channels
        self._activity = ChannelActivity(rate, channels) if 1 < channels <= _MOST_CHANNELS else None
        self._magnitudes = Magnitudes() if floats else None
        self._products = np.zeros((channels, channels))  # of each channel with each

    def take(self, block: FloatArray) -> None:
        """Listen to the next samples, shape ``(N, channels)``."""
        if self._magnitudes is not None:
            self._magnitudes.take(block)
        if self._activity is not None:
            largest = np.float32(2.0**31)  # more is no sound, and its square no float32
            block = np.clip(block, -largest, largest)
            self._activity.take(block)
            self._products += block.T @ block

    def mix(self) -> Mix:
        """Say how the file should be mixed.

        Raises:
            AudioError: if its samples are on no known scale.
        """
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
            return Mix((loudest,), scale, note)
        if len(heard) == self._count:
            return Mix((), scale, f"{self._count} channels were averaged to one." if self._count > 2 else None)
        return Mix(heard, scale, _left_out(heard, self._count))

    def _cancel(self, heard: tuple[int, ...]) -> bool:
        """Tell whether the average of some channels has lost what they hold."""
        # One live channel among C leaves 1/C² of its energy in the average; much less than that is cancellation.
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
