"""Speech activity in the newest seconds of a stream; each sample is measured about once."""

import numpy as np

from ser_core.audio.activity import FLOOR_WINDOW, STEP, spans_above_floor, step_levels
from ser_core.live.ring_buffer import RingBuffer
from ser_core.types import FloatArray, Hertz, Seconds

_STEPS = round(FLOOR_WINDOW / STEP)  # enough to estimate the noise floor
_SETTLING = 2  # a step's level depends on its neighbours: the last steps are measured again with the next block


class LiveSpeechActivity:
    """Finds speech in a stream."""

    def __init__(self, ring: RingBuffer, sample_rate: Hertz) -> None:
        """Follow the samples appended to ``ring``."""
        self._ring = ring
        self._rate = sample_rate
        self._step = round(STEP * sample_rate)
        self.restart()

    def restart(self) -> None:
        """Forget earlier sound, for example after a gap; steps are counted from here."""
        self._origin = self._ring.end
        self._levels: FloatArray = np.empty(0)
        self._measured = 0  # steps since the origin

    def spans(self) -> list[tuple[Seconds, Seconds]]:
        """Return start and end, in seconds from the beginning of the stream, of each span of speech in the last ten.

        Steady voices, which do not rise above a noise floor, are not found.
        """
        self._measure()
        first = (self._origin + (self._measured - len(self._levels)) * self._step) / self._rate
        duration = self._ring.end / self._rate - first
        spans = spans_above_floor(self._levels, duration=duration, adapting=True)
        return [(first + start, first + end) for start, end in spans]

    def _measure(self) -> None:
        available = (self._ring.end - self._origin) // self._step
        settled = max(0, self._measured - _SETTLING)  # measured with neighbours on both sides
        begin = max(0, settled - _SETTLING)
        samples = self._ring.between(self._origin + begin * self._step, self._origin + available * self._step)
        new = step_levels(samples, sample_rate=self._rate)[settled - begin :]
        kept = self._levels[: len(self._levels) - (self._measured - settled)]
        self._levels = np.concatenate([kept, new])[-_STEPS:]
        self._measured = available
