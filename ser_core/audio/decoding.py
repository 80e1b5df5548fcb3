"""Recordings of phones and browsers, decoded by FFmpeg through the optional library PyAV."""

import contextlib
import functools
import importlib.util
from collections.abc import Iterator
from types import TracebackType
from typing import Any, BinaryIO, Self

import numpy as np

from ser_core.audio.foreign import Foreign
from ser_core.audio.lengths import Length
from ser_core.errors import AudioError
from ser_core.types import FloatArray, Hertz

FETCH_AGAIN = "Copy or download it again, or record it once more."
EXTRA = 'pip install ".[phones]"'
_LONGEST = 4 * 3600  # seconds that are counted; the reader refuses less than that


def can_decode() -> bool:
    """Tell whether PyAV is installed."""
    return importlib.util.find_spec("av") is not None


class DecodedRecording:
    """A recording that PyAV decodes, read forward like :class:`ser_core.audio.opening.OpenRecording`.

    Attributes:
        samplerate: samples per second.
        channels: number of channels.
        length: no promise; what is there is read.
        format: what FFmpeg calls it.
        subtype: name of the codec.
        extra_info: empty.
    """

    def __init__(self, stream: BinaryIO, kind: Foreign, shown: str) -> None:
        """Look at the header.

        Args:
            stream: the file, which can seek and stays open.
            kind: what it is.
            shown: what to call the recording in messages.

        Raises:
            AudioError: if there is no sound in it, or it cannot be decoded.
        """
        self._stream, self._kind, self._shown = stream, kind, shown
        self.length = Length(is_promise=False)
        self.format, self.extra_info = kind.demuxer, ""
        self._waiting: FloatArray = np.empty((0, 1), dtype=np.float32)
        self._reading = contextlib.ExitStack()
        self._blocks: Iterator[FloatArray] | None = None
        with self._open() as container:
            if not container.streams.audio:
                raise AudioError(f"Expected sound in {shown}; got {kind.title} without any. Choose another file.")
            sound = container.streams.audio[0]
            self.samplerate: Hertz = int(sound.rate)
            self.channels = int(sound.channels)
            self.subtype = str(sound.codec_context.name)

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the decoder; the file stays open."""
        self._reading.close()

    @functools.cached_property
    def frames(self) -> int:
        """Number of samples of each channel, to be asked for before any is read: all is decoded for it.

        Raises:
            AudioError: if it is damaged, or ends before the time that its header tells.
        """
        count, most = 0, _LONGEST * self.samplerate
        with self._open() as container:
            sound = container.streams.audio[0]
            told = float(sound.duration * sound.time_base) if sound.duration else 0.0
            for block in self._decoded(container):
                count += len(block)
                if count > most:
                    return count
        if count / self.samplerate < 0.99 * told - 0.1:
            raise AudioError(
                f"Expected {told:.2f} s of audio in {self._shown}, as its header says; got "
                f"{count / self.samplerate:.2f} s, so it is truncated. {FETCH_AGAIN}"
            )
        return count

    def read(self, frames: int, *, dtype: str, always_2d: bool) -> FloatArray:
        """Read on: float32, shape ``(frames, channels)``, fewer at the end. The keywords are those of soundfile."""
        if self._blocks is None:
            self._blocks = self._decoded(self._reading.enter_context(self._open()))
        parts, missing = [self._waiting], frames - len(self._waiting)
        while missing > 0 and (block := next(self._blocks, None)) is not None:
            parts.append(block)
            missing -= len(block)
        joined = np.concatenate([part for part in parts if len(part)] or [np.empty((0, self.channels), np.float32)])
        self._waiting = joined[frames:]
        return joined[:frames]

    def go_to(self, frame: int) -> None:
        """Let the next block begin at a frame, from the beginning of the file."""
        while frame > 0 and (passed := len(self.read(min(frame, 1 << 16), dtype="float32", always_2d=True))):
            frame -= passed

    def _open(self) -> Any:
        import av

        self._stream.seek(0)
        try:
            return av.open(self._stream, format=self._kind.demuxer, metadata_errors="ignore")
        except (av.FFmpegError, ValueError) as error:
            raise self._damaged(error) from error

    def _decoded(self, container: Any) -> Iterator[FloatArray]:
        import av

        resampler: Any = None
        try:
            for frame in container.decode(audio=0):
                if resampler is None:  # one layout and rate, also where a stream changes them
                    resampler = av.AudioResampler(format="fltp", layout=frame.layout, rate=self.samplerate)
                for planes in resampler.resample(frame):
                    yield np.ascontiguousarray(planes.to_ndarray().T, dtype=np.float32)
        except (av.FFmpegError, ValueError) as error:
            raise self._damaged(error) from error

    def _damaged(self, error: Exception) -> AudioError:
        return AudioError(
            f"Expected a complete recording in {self._shown}; got {self._kind.title} that cannot be decoded "
            f"({error.__class__.__name__}). {FETCH_AGAIN}"
        )
