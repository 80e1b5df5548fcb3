"""How far a piece of work is, in one record for everything that takes long."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from ser_core.types import Seconds


@dataclass(frozen=True)
class Progress:
    """Progress of a piece of work: ``done`` of ``total`` units (bytes, utterances, a fraction), None if unknown.

    ``seconds_left`` is an estimate, None if there is none yet; ``words`` describe the work, without a full stop.
    """

    done: float
    total: float | None = 1.0
    seconds_left: Seconds | None = None
    words: str = ""

    @property
    def share(self) -> float:
        """The part that is done, 0 to 1; 0 if the total is unknown.

        Examples:
            >>> Progress(30, 40).share, Progress(30, None).share
            (0.75, 0.0)
        """
        return min(1.0, max(0.0, self.done / self.total)) if self.total else 0.0


Report = Callable[[Progress], None]
"""Called now and then with the progress; what it raises ends the work."""


class Pace:
    """Estimates the time left from the mean speed since its first look."""

    def __init__(self, *, ignored: int = 0) -> None:
        """Wait for the first call; the first ``ignored`` calls do not yet have the speed of the rest."""
        self._ignored = ignored
        self._first: tuple[float, float] | None = None  # when, and what was done then

    def seconds_left(self, done: float, total: float | None) -> Seconds | None:
        """Look how much is done, and return the time that the rest takes; ``None`` until something was gained."""
        if self._ignored > 0:
            self._ignored -= 1
            return None
        now = time.monotonic()
        if self._first is None:
            self._first = now, done
        began, before = self._first
        if total is None or done <= before:
            return None
        return max(0.0, (now - began) * (total - done) / (done - before))
