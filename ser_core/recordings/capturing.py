"""A take that is being made with this computer's microphone: a thread listens until it is told to stop."""

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
UNWATCHED: Seconds = 10.0  # a page looks at the level several times a second


class Sound(Protocol):
    """What a microphone gives since it was last read."""

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
        """Places at which sound was lost on its way here."""
        ...


class Source(Protocol):
    """A microphone that is open from ``with`` to its end."""

    def __enter__(self) -> Self: ...
    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...
    def read(self, *, timeout: Seconds) -> Sound:
        """Take what came since the last time, or wait a little for it."""
        ...


class Capturing:
    """Listens from :meth:`begin` until :meth:`end`, at most for :data:`LONGEST` seconds, then closes the microphone.

    Nobody has to come back for it: where nobody has looked at :attr:`level` for :data:`UNWATCHED` seconds, it ends too,
    so that a page that is closed or loaded again meanwhile leaves no open microphone behind.
    """

    def __init__(self, source: Source) -> None:
        """Listen to a microphone that is not open yet."""
        self._source = source
        self._blocks: list[FloatArray] = []
        self._rate: Hertz = 1
        self._count = 0
        self._peak = 0.0
        self._holes = 0
        self._looked = 0.0
        self._enough = threading.Event()
        self._error: SerError | None = None
        self._thread = threading.Thread(target=self._listen, name="recording", daemon=True)

    def begin(self) -> None:
        """Open the microphone and listen.

        Raises:
            MicrophoneError: if it cannot be opened.
        """
        self._source.__enter__()
        self._looked = time.monotonic()
        self._thread.start()

    @property
    def alive(self) -> bool:
        """Whether it still listens."""
        return self._thread.is_alive()

    @property
    def seconds(self) -> Seconds:
        """How much was heard so far."""
        return self._count / self._rate

    @property
    def level(self) -> Decibels:
        """Peak since this was last asked, relative to full scale."""
        self._looked = time.monotonic()
        peak, self._peak = self._peak, 0.0
        return float(to_decibels(peak**2))

    def end(self) -> Take:
        """Stop, and return what was heard.

        Raises:
            MicrophoneError: if the microphone was lost meanwhile.
        """
        self._enough.set()
        self._thread.join()
        if self._error is not None:
            raise self._error
        samples = np.concatenate(self._blocks) if self._blocks else np.zeros(0, dtype=np.float32)
        return Take(samples, self._rate if self._blocks else 16_000, self._holes)

    def drop(self) -> None:
        """Stop, and forget what was heard."""
        self._enough.set()
        self._thread.join()

    def _listen(self) -> None:
        try:
            while not self._enough.is_set() and self.seconds < LONGEST and self._is_watched():
                self._take(self._source.read(timeout=_WAIT))
        except MicrophoneLostError:
            self._error = MicrophoneLostError(
                "Expected sound until the end of the recording; the microphone gives none any more. Plug it in again, "
                "and record the sentence once more."
            )
        except SerError as error:
            self._error = error
        finally:
            self._source.__exit__(None, None, None)

    def _is_watched(self) -> bool:
        return time.monotonic() - self._looked < UNWATCHED

    def _take(self, heard: Sound) -> None:
        self._holes += heard.holes
        if len(heard.samples):
            self._rate = heard.sample_rate
            samples = heard.samples[: round(LONGEST * self._rate) - self._count]
            self._blocks.append(samples)
            self._count += len(samples)
            self._peak = max(self._peak, float(np.abs(samples).max()))
