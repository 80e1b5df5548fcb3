"""The microphone of the computer that runs the app, opened for one visitor, and closed when the visitor has left."""

import contextlib
import threading
from collections import deque

from ser_core.live.microphone import Microphone
from ser_core.live.resampling import StreamResampler
from ser_core.types import FloatArray, Hertz, Seconds

TIMEOUT: Seconds = 10.0  # the page asks for sound five times a second
WAITING = 100  # blocks that are kept until the browser has received them; about twenty seconds
OWNER = "a visitor of the page Live"


class ComputerMicrophone:
    """An open microphone, which closes itself after :data:`TIMEOUT` seconds without :meth:`take`.

    Attributes:
        number: of the device that was chosen.
        is_open: whether it is still open.
    """

    def __init__(self, number: int | None, rate: Hertz) -> None:
        """Open a microphone.

        Args:
            number: of the device; ``None`` for the system's default.
            rate: sample rate of what :meth:`take` returns.

        Raises:
            MicrophoneError: if it cannot be opened, or somebody else uses it.
        """
        self.number = number
        self._resampler = StreamResampler(rate)
        self._opened = contextlib.ExitStack()
        self._microphone = self._opened.enter_context(Microphone(number, owner=OWNER))
        self._lock = threading.Lock()
        self._watchdog = self._started_watchdog()
        self.is_open = True

    @property
    def overloads(self) -> int:
        """How often the system lost sound because it was too busy."""
        return self._microphone.counters.overruns

    def take(self) -> tuple[FloatArray, Seconds]:
        """Return the sound since the last call, float32, shape ``(N,)``, and the seconds that were lost before it.

        Raises:
            MicrophoneLostError: if it was unplugged.
        """
        self._watchdog.cancel()
        self._watchdog = self._started_watchdog()
        with self._lock:
            captured = self._microphone.read(timeout=0)
        if captured.lost_seconds:
            self._resampler.restart()
        return self._resampler.take(captured.samples, captured.sample_rate), captured.lost_seconds

    def close(self) -> None:
        """Close the microphone; further calls do nothing."""
        self._watchdog.cancel()
        with self._lock:
            self.is_open = False
            self._opened.close()

    def _started_watchdog(self) -> threading.Timer:
        watchdog = threading.Timer(TIMEOUT, self.close)
        watchdog.daemon = True
        watchdog.start()
        return watchdog


class SentBlocks:
    """Numbered blocks of sound on their way to the browser; the newest ones are kept."""

    def __init__(self) -> None:
        self._blocks: deque[str] = deque(maxlen=WAITING)
        self._count = 0

    def add(self, block: str) -> None:
        """Add a block."""
        self._blocks.append(block)
        self._count += 1

    def since(self, arrived: int) -> tuple[int, list[str]]:
        """Return the kept blocks after the first ``arrived`` ones, with the number of the first of them."""
        oldest = self._count - len(self._blocks)
        first = min(max(arrived, oldest), self._count)
        return first, list(self._blocks)[first - oldest :]
