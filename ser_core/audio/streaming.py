"""Reading of a recording block by block, without holding all of it in memory."""

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from ser_core.audio.mix import ChannelMix
from ser_core.audio.mixing import MixedBlocks
from ser_core.audio.opening import name_of, opened
from ser_core.audio.reading import SAMPLE_RATE, missing_fraction, notes_on, part_of
from ser_core.types import FloatArray, Hertz, Seconds


class AudioStream:
    """A file on disk or in memory; its joined blocks equal :func:`ser_core.audio.reading.read_audio`.

    ``sample_rate`` is that of the blocks; ``original_sample_rate``, ``channels`` and ``frames`` (per channel) are those
    of the file.
    """

    def __init__(
        self, source: Path | str | BinaryIO, *, sample_rate: Hertz = SAMPLE_RATE, name: str | None = None
    ) -> None:
        """Read the header of a path or an open, seekable file; errors are those of ``read_audio``."""
        self.name = name or name_of(source)
        self.sample_rate = sample_rate
        self._source = source
        self._mix: ChannelMix | None = None
        self._mixed: MixedBlocks | None = None
        with opened(source, self.name) as file:
            self.original_sample_rate = int(file.samplerate)
            self.channels = int(file.channels)
            self.frames = int(file.frames)
            self._shortfall = missing_fraction(file, self.name)
        part_of(self.duration_seconds, None, None, self.name)

    @property
    def duration_seconds(self) -> Seconds:
        """Length in seconds."""
        return self.frames / self.original_sample_rate

    @property
    def expected_samples(self) -> int:
        """Number of samples in all blocks, to within one."""
        return round(self.frames * self.sample_rate / self.original_sample_rate)

    @property
    def peak(self) -> float:
        """Largest magnitude of a sample; known after the last block."""
        return self._mixed.peak if self._mixed is not None else 0.0

    def blocks(self) -> Iterator[FloatArray]:
        """Read the recording from its beginning; yields mono float32, each ``(N,)``, some of them possibly empty.

        Raises:
            AudioError: if it is damaged or truncated, or contains non-finite values.
        """
        with opened(self._source, self.name) as file:
            mixed = MixedBlocks(file, 0, self.frames, self.sample_rate, shown=self.name, mix=self._mix)
            yield from mixed
        self._mixed = mixed

    def is_mixed_well(self) -> bool:
        """Return, after the last block, whether the channels were mixed correctly.

        They were not if channels cancel each other or contain no speech, or if floats lie beyond full scale: the next
        :meth:`blocks` are mixed correctly.

        Raises:
            AudioError: if the scale of the samples is unknown.
        """
        if self._mixed is None or self._mix is not None:
            return True
        self._mix = self._mixed.mix()
        return not self._mix.alters

    @property
    def notes(self) -> tuple[str, ...]:
        """Sentences on what limits a prediction; known after the last block."""
        if self._mixed is None:
            return ()
        return tuple(
            notes_on(
                self._mixed,
                self._mix or self._mixed.mix(),
                rate=self.original_sample_rate,
                sample_rate=self.sample_rate,
                shortfall=self._shortfall,
            )
        )
