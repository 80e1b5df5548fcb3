"""The form in which a recording travels: mono float32 at one sample rate, with notes."""

from dataclasses import dataclass

from ser_core.types import FloatArray, Hertz, Seconds

SAMPLE_RATE: Hertz = 16_000


@dataclass(frozen=True)
class Signal:
    """One recording in the form in which everything after this layer takes it.

    Attributes:
        samples: mono float32, shape ``(N,)``, full scale is 1.
        sample_rate: samples per second.
        original_sample_rate: samples per second of the file.
        channels: number of channels of the file.
        notes: what a reader of the result should know (clipping, low sample rate, …), plain sentences.
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
