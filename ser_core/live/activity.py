"""Where somebody speaks in the last seconds of a stream; each sample is measured about once."""

import numpy as np

from ser_core.audio.activity import FLOOR_WINDOW, STEP, spans_above_floor, step_levels
from ser_core.live.ring import Ring
from ser_core.types import FloatArray, Hertz, Seconds

_STEPS = round(FLOOR_WINDOW / STEP)  # enough to tell speech from the noise floor
_SETTLING = 2  # a step's level needs a neighbour on either side: those at an edge are measured again


class Activity:
    """Follows the speech in a stream."""

    def __init__(self, ring: Ring, sample_rate: Hertz) -> None:
        """Follow what is appended to ``ring``."""
        self._ring = ring
        self._rate = sample_rate
        self._step = round(STEP * sample_rate)
        self.restart()

    def restart(self) -> None:
        """Forget what was heard, for example behind a gap: steps are counted from here on."""
        self._origin = self._ring.end
        self._levels: FloatArray = np.empty(0)
        self._measured = 0  # steps since the origin

    def spans(self) -> list[tuple[Seconds, Seconds]]:
        """Find the stretches of speech in the last ten seconds.

        Steady voices, which have no floor to rise from, are not among them.

        Returns:
            Start and end of each in seconds since the stream began, in order.
        """
        self._measure()
        first = (self._origin + (self._measured - len(self._levels)) * self._step) / self._rate
        duration = self._ring.end / self._rate - first
        spans = spans_above_floor(self._levels, duration=duration, adapting=True)
        return [(first + start, first + end) for start, end in spans]

    def _measure(self) -> None:
        known = (self._ring.end - self._origin) // self._step
        settled = max(0, self._measured - _SETTLING)  # measured with neighbours on both sides
        begin = max(0, settled - _SETTLING)
        samples = self._ring.between(self._origin + begin * self._step, self._origin + known * self._step)
        fresh = step_levels(samples, sample_rate=self._rate)[settled - begin :]
        kept = self._levels[: len(self._levels) - (self._measured - settled)]
        self._levels = np.concatenate([kept, fresh])[-_STEPS:]
        self._measured = known
