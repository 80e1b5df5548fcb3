"""Decoding of recordings from phones and browsers by FFmpeg (through the optional library PyAV) in its own process."""

import contextlib
import functools
import importlib.util
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from types import TracebackType
from typing import IO, Any, BinaryIO, Self, cast

import numpy as np

from ser_core.audio import decoding_worker
from ser_core.audio.foreign import ForeignFormat
from ser_core.audio.lengths import RecordedLength
from ser_core.errors import AudioError
from ser_core.types import FloatArray, Hertz

FETCH_AGAIN = "Copy or download it again, or record it once more."
EXTRA = 'pip install ".[phones]"'


def can_decode() -> bool:
    """Return whether PyAV is installed."""
    return importlib.util.find_spec("av") is not None


class DecodedRecording:
    """A recording that PyAV decodes, read sequentially like :class:`ser_core.audio.opening.OpenRecording`.

    Attributes:
        length: not declared; the file is read to its end.
        format: FFmpeg's name of it.
        subtype: name of the codec.
        tracks: number of audio tracks in the file; the first is read.
    """

    def __init__(self, source: Path | str | BinaryIO, kind: ForeignFormat, shown: str) -> None:
        """Read the header of a path or an open, seekable file.

        Raises:
            AudioError: if it contains no sound, or cannot be decoded.
        """
        self._source, self._kind, self._shown = source, kind, shown
        self.length = RecordedLength(is_declared=False)
        self.format, self.extra_info = kind.demuxer, ""
        self._worker = self._started("read")
        try:
            header = self._line(self._worker)
            self.samplerate: Hertz = int(header["rate"])
            self.channels = int(header["channels"])
            self.subtype = str(header["codec"])
            self._seconds = float(header["seconds"])
            self.tracks = int(header["tracks"])
            if self.samplerate <= 0 or self.channels <= 0:
                raise self._damaged()
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the decoder; the file stays open."""
        self.close()

    @functools.cached_property
    def frames(self) -> int:
        """Number of samples of each channel, by decoding the whole file.

        Raises:
            AudioError: if it is damaged, or shorter than declared.
        """
        worker = self._started("count")
        try:
            self._line(worker)
            count = int(self._line(worker)["frames"])
        finally:
            _end(worker)
        if count / self.samplerate < 0.99 * self._seconds - 0.1:
            raise AudioError(
                f"Expected {self._seconds:.2f} s of audio in {self._shown}, as its header says; got "
                f"{count / self.samplerate:.2f} s, so it is truncated. {FETCH_AGAIN}"
            )
        return count

    def read(self, frames: int, *, dtype: str, always_2d: bool) -> FloatArray:
        """Read the next frames, float32, shape ``(frames, channels)``, fewer at the end; keywords as in soundfile."""
        size = 4 * self.channels
        content = cast(IO[bytes], self._worker.stdout).read(frames * size)
        if len(content) < frames * size and self._worker.wait() != 0:
            raise self._damaged()
        return np.frombuffer(content[: len(content) // size * size], dtype="<f4").reshape(-1, self.channels)

    def go_to(self, frame: int) -> None:
        """Move to a frame, counted from the beginning of the file."""
        while frame > 0 and (passed := len(self.read(min(frame, 1 << 16), dtype="float32", always_2d=True))):
            frame -= passed

    def close(self) -> None:
        """End the decoder; the file stays open."""
        _end(self._worker)

    def _started(self, task: str) -> "subprocess.Popen[bytes]":
        named = isinstance(self._source, Path | str)
        path = [os.path.abspath(cast(str, self._source))] if named else []  # noqa: PTH100 - a name need not be text
        worker = subprocess.Popen(
            [sys.executable, decoding_worker.__file__, self._kind.demuxer, task, *path],
            stdin=subprocess.DEVNULL if named else subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        if not named:
            stream = cast(BinaryIO, self._source)
            stream.seek(0)
            _feed(worker, stream)
        return worker

    def _line(self, worker: "subprocess.Popen[bytes]") -> dict[str, Any]:
        line = cast(IO[bytes], worker.stdout).readline()
        if line:
            facts: dict[str, Any] = json.loads(line)
            return facts
        if worker.wait() == decoding_worker.NO_SOUND:
            raise AudioError(f"Expected sound in {self._shown}; got {self._kind.title} without any. Use another file.")
        raise self._damaged()

    def _damaged(self) -> AudioError:
        return AudioError(
            f"Expected a complete recording in {self._shown}; got {self._kind.title} that cannot be decoded. "
            f"{FETCH_AGAIN}"
        )


def _feed(worker: "subprocess.Popen[bytes]", stream: BinaryIO) -> None:
    """Send a file to a worker, which reads all of it before it answers, unless it ends."""
    into = cast(IO[bytes], worker.stdin)
    with contextlib.suppress(OSError):  # it has ended; its answer says why
        shutil.copyfileobj(stream, into, 1 << 20)
        into.close()


def _end(worker: "subprocess.Popen[bytes]") -> None:
    worker.kill()
    worker.wait()
    for pipe in (worker.stdin, worker.stdout):
        if pipe is not None:
            with contextlib.suppress(OSError):  # data that was not read
                pipe.close()
