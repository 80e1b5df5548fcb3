"""Recordings of phones and browsers, decoded by FFmpeg through the optional library PyAV, in a process of its own."""

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
from ser_core.audio.foreign import Foreign
from ser_core.audio.lengths import Length
from ser_core.errors import AudioError
from ser_core.types import FloatArray, Hertz

FETCH_AGAIN = "Copy or download it again, or record it once more."
EXTRA = 'pip install ".[phones]"'


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
        tracks: how many sounds play side by side in the file; the first is read.
    """

    def __init__(self, source: Path | str | BinaryIO, kind: Foreign, shown: str) -> None:
        """Look at the header.

        Args:
            source: a path, or an open binary file that can seek.
            kind: what it is.
            shown: what to call the recording in messages.

        Raises:
            AudioError: if there is no sound in it, or it cannot be decoded.
        """
        self._source, self._kind, self._shown = source, kind, shown
        self.length = Length(is_promise=False)
        self.format, self.extra_info = kind.demuxer, ""
        self._worker = self._started("read")
        try:
            told = self._line(self._worker)
            self.samplerate: Hertz = int(told["rate"])
            self.channels = int(told["channels"])
            self.subtype = str(told["codec"])
            self._seconds = float(told["seconds"])
            self.tracks = int(told["tracks"])
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
        """Number of samples of each channel; all is decoded for it.

        Raises:
            AudioError: if it is damaged, or ends before the time that its header tells.
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
        """Read on: float32, shape ``(frames, channels)``, fewer at the end. The keywords are those of soundfile."""
        size = 4 * self.channels
        content = cast(IO[bytes], self._worker.stdout).read(frames * size)
        if len(content) < frames * size and self._worker.wait() != 0:
            raise self._damaged()
        return np.frombuffer(content[: len(content) // size * size], dtype="<f4").reshape(-1, self.channels)

    def go_to(self, frame: int) -> None:
        """Let the next block begin at a frame, from the beginning of the file."""
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
    """Give a worker the bytes of a file; it takes all of them before it answers, unless it ends."""
    into = cast(IO[bytes], worker.stdin)
    with contextlib.suppress(OSError):  # it has ended, which its answer tells
        shutil.copyfileobj(stream, into, 1 << 20)
        into.close()


def _end(worker: "subprocess.Popen[bytes]") -> None:
    worker.kill()
    worker.wait()
    for pipe in (worker.stdin, worker.stdout):
        if pipe is not None:
            with contextlib.suppress(OSError):  # what was not taken
                pipe.close()
