"""A recording as all later code receives it: mono float32 at one sample rate, with notes."""

import math
from dataclasses import dataclass

from ser_core.errors import AudioError
from ser_core.types import FloatArray, Hertz, Seconds

SAMPLE_RATE: Hertz = 16_000
SHORTEST: Seconds = 0.1  # shorter sound cannot be judged


@dataclass(frozen=True)
class Signal:
    """A recording after reading.

    Attributes:
        samples: mono float32, shape ``(N,)``, full scale is 1.
        channels: number of channels of the file.
        notes: sentences for people on what limits the result (clipping, low sample rate, …).
    """

    samples: FloatArray
    sample_rate: Hertz = SAMPLE_RATE
    original_sample_rate: Hertz = SAMPLE_RATE
    channels: int = 1
    notes: tuple[str, ...] = ()

    @property
    def duration_seconds(self) -> Seconds:
        """Length in seconds."""
        return len(self.samples) / self.sample_rate

    def part(self, start: Seconds, end: Seconds) -> "Signal":
        """Return the samples between two times, without the notes on the whole recording.

        Raises:
            AudioError: if the part does not lie inside the signal, or is shorter than 0.1 s.
        """
        first, last = (_nearest_sample(seconds, self.sample_rate) for seconds in (start, end))
        if first is None or last is None or not 0 <= first <= last <= len(self.samples):
            raise AudioError(
                f"Expected a part inside the {self.duration_seconds:.3f} s of the recording; "
                f"got {start:g} s to {end:g} s. Choose another part."
            )
        if last - first < SHORTEST * self.sample_rate:
            raise AudioError(
                f"Expected a part of at least {SHORTEST} s; got {(last - first) / self.sample_rate:.3f} s. "
                "Choose a longer part."
            )
        return Signal(self.samples[first:last], self.sample_rate, self.original_sample_rate, self.channels)


def _nearest_sample(seconds: Seconds, sample_rate: Hertz) -> int | None:
    return round(seconds * sample_rate) if math.isfinite(seconds) else None
