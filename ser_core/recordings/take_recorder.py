"""Recording of a take from this computer's microphone in a thread."""

import threading
import time
from types import TracebackType
from typing import Protocol, Self

import numpy as np

from ser_core.audio.decibels import to_decibels
from ser_core.errors import MicrophoneLostError, SerError
from ser_core.recordings.takes import LONGEST, Take
from ser_core.types import Decibels, FloatArray, Hertz, Seconds

_WAIT: Seconds = 0.1
UNWATCHED: Seconds = 10.0  # a page reads the level several times a second


class MicrophoneBlock(Protocol):
    """Sound from a microphone since it was last read."""

    @property
    def samples(self) -> FloatArray:
        """Mono float32, shape ``(N,)``, full scale is 1."""
        ...

    @property
    def sample_rate(self) -> Hertz:
        """Samples per second."""
        ...

    @property
    def holes(self) -> int:
        """Number of places at which sound was lost."""
        ...


class MicrophoneSource(Protocol):
    """A microphone that is open inside ``with``."""

    def __enter__(self) -> Self: ...
    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...
    def read(self, *, timeout: Seconds) -> MicrophoneBlock:
        """Return the sound since the last call; wait for it at most ``timeout`` seconds."""
        ...


class TakeRecorder:
    """Records from :meth:`begin` until :meth:`end`, at most :data:`LONGEST` seconds, then closes the microphone.

    It also ends if :attr:`level` was not read for :data:`UNWATCHED` seconds, so that a page that is closed or reloaded
    leaves no open microphone.
    """

    def __init__(self, source: MicrophoneSource) -> None:
        """Prepare to record from a microphone that is not open yet."""
        self._source = source
        self._blocks: list[FloatArray] = []
        self._rate: Hertz = 1
        self._count = 0
        self._peak = 0.0
        self._holes = 0
        self._looked = 0.0
        self._stop = threading.Event()
        self._error: SerError | None = None
        self._thread = threading.Thread(target=self._listen, name="recording", daemon=True)

    def begin(self) -> None:
        """Open the microphone and start to record; raises MicrophoneError if it cannot be opened."""
        self._source.__enter__()
        self._looked = time.monotonic()
        self._thread.start()

    @property
    def is_recording(self) -> bool:
        """Whether it is still recording."""
        return self._thread.is_alive()

    @property
    def seconds(self) -> Seconds:
        """Duration so far."""
        return self._count / self._rate

    @property
    def level(self) -> Decibels:
        """Peak since this was last read, relative to full scale."""
        self._looked = time.monotonic()
        peak, self._peak = self._peak, 0.0
        return float(to_decibels(peak**2))

    def end(self) -> Take:
        """Stop, and return the take; raises MicrophoneError if the microphone was lost."""
        self._stop.set()
        self._thread.join()
        if self._error is not None:
            raise self._error
        samples = np.concatenate(self._blocks) if self._blocks else np.zeros(0, dtype=np.float32)
        return Take(samples, self._rate if self._blocks else 16_000, self._holes)

    def drop(self) -> None:
        """Stop, and discard the sound."""
        self._stop.set()
        self._thread.join()

    def _listen(self) -> None:
        try:
            while not self._stop.is_set() and self.seconds < LONGEST and self._is_watched():
                self._take(self._source.read(timeout=_WAIT))
        except MicrophoneLostError:
            self._error = MicrophoneLostError(
                "Expected sound until the end of the recording; the microphone gives no more. Plug it in again, "
                "and record the sentence once more."
            )
        except SerError as error:
            self._error = error
        finally:
            self._source.__exit__(None, None, None)

    def _is_watched(self) -> bool:
        return time.monotonic() - self._looked < UNWATCHED

    def _take(self, block: MicrophoneBlock) -> None:
        self._holes += block.holes
        if len(block.samples):
            self._rate = block.sample_rate
            samples = block.samples[: round(LONGEST * self._rate) - self._count]
            self._blocks.append(samples)
            self._count += len(samples)
            self._peak = max(self._peak, float(np.abs(samples).max()))
