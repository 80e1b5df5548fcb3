"""This computer's microphone, held for one visitor, and given back when the visitor has gone without a word."""

import contextlib
import threading
from collections import deque

from ser_core.live.incoming import Incoming
from ser_core.live.microphone import Microphone
from ser_core.types import FloatArray, Hertz, Seconds

GONE: Seconds = 10.0  # a visitor's page asks five times a second
WAITING = 100  # pieces of sound that wait until the browser has them; some twenty seconds
HOLDER = "a visitor of the page Live"


class Ear:
    """An open microphone.

    Attributes:
        number: of the device that was chosen.
        is_open: whether it is still held.
    """

    def __init__(self, number: int | None, rate: Hertz) -> None:
        """Open a microphone; what it hears comes at ``rate`` samples per second.

        Raises:
            MicrophoneError: if it cannot be opened, or somebody else holds it.
        """
        self.number = number
        self._incoming = Incoming(rate)
        self._held = contextlib.ExitStack()
        self._microphone = self._held.enter_context(Microphone(number, holder=HOLDER))
        self._lock = threading.Lock()
        self._watchdog = self._started_watchdog()
        self.is_open = True

    @property
    def overloads(self) -> int:
        """How often the system lost sound since it was too busy."""
        return self._microphone.counters.overruns

    def take(self) -> tuple[FloatArray, Seconds]:
        """Return what was heard since the last time, shape ``(N,)``, and the seconds that were lost before it.

        Raises:
            MicrophoneLostError: if it was unplugged.
        """
        self._watchdog.cancel()
        self._watchdog = self._started_watchdog()
        with self._lock:
            captured = self._microphone.read(timeout=0)
        if captured.lost_seconds:
            self._incoming.restart()
        return self._incoming.take(captured.samples, captured.sample_rate), captured.lost_seconds

    def close(self) -> None:
        """Give the microphone back; once is enough."""
        self._watchdog.cancel()
        with self._lock:
            self.is_open = False
            self._held.close()

    def _started_watchdog(self) -> threading.Timer:
        watchdog = threading.Timer(GONE, self.close)
        watchdog.daemon = True
        watchdog.start()
        return watchdog


class Heard:
    """Pieces of sound by number, until the browser has them."""

    def __init__(self) -> None:
        self._pieces: deque[str] = deque(maxlen=WAITING)
        self._count = 0

    def add(self, piece: str) -> None:
        """Keep one more; the oldest gives way."""
        self._pieces.append(piece)
        self._count += 1

    def since(self, arrived: int) -> tuple[int, list[str]]:
        """Return the number of the first piece behind the ``arrived`` ones that is still there, and the pieces."""
        oldest = self._count - len(self._pieces)
        first = min(max(arrived, oldest), self._count)
        return first, list(self._pieces)[first - oldest :]
