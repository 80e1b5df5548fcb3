"""Segments from overlapping windows, and their seconds in each minute."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ser_core.tracks.windows import Windows
from ser_core.types import FloatArray, Seconds

SILENCE = "silence"
MINUTE: Seconds = 60.0


@dataclass(frozen=True)
class Segment:
    """Segment of a recording with one label: an emotion, ``none of these``, ``not speech`` or ``silence``.

    ``windows`` are the numbers of its windows, the last one excluded; none in silence.
    """

    start: Seconds
    end: Seconds
    label: str
    windows: range

    @property
    def seconds(self) -> Seconds:
        """How long it is."""
        return self.end - self.start


def segments_of(windows: Windows, verdicts: Sequence[str], duration: Seconds) -> list[Segment]:
    """Merge windows into segments.

    A moment of speech has the verdict of the window whose middle is nearest. Neighbours of the same verdict in one
    stretch of speech are one segment. What lies between stretches, before the first and behind the last is silence.

    ``windows`` and ``verdicts`` are ``M`` each. The segments, in order, cover the recording from 0 to its end without
    gaps.
    """
    segments: list[Segment] = []
    reached = 0.0
    starts, ends = windows.cells()
    for number, verdict in enumerate(verdicts):
        start, end = float(starts[number]), min(float(ends[number]), duration)
        if start > reached:
            segments.append(Segment(reached, start, SILENCE, range(0)))
        former = segments[-1] if segments else None
        same_stretch = number > 0 and windows.stretches[number] == windows.stretches[number - 1]
        if former is not None and same_stretch and former.label == verdict:
            segments[-1] = Segment(former.start, end, verdict, range(former.windows.start, number + 1))
        else:
            segments.append(Segment(start, end, verdict, range(number, number + 1)))
        reached = end
    if reached < duration:
        segments.append(Segment(reached, duration, SILENCE, range(0)))
    return segments


def seconds_by_minute(segments: Sequence[Segment], labels: Sequence[str], duration: Seconds) -> FloatArray:
    """Return the seconds of each of ``K`` labels in each minute, ``(minutes, K)``; the last may be shorter."""
    minutes = max(1, int(np.ceil(duration / MINUTE - 1e-9)))
    seconds = np.zeros((minutes, len(labels)))
    place = {label: number for number, label in enumerate(labels)}
    for one in segments:
        if one.label not in place:
            continue
        for minute in range(int(one.start // MINUTE), min(minutes, int(one.end // MINUTE) + 1)):
            shared = min(one.end, (minute + 1) * MINUTE) - max(one.start, minute * MINUTE)
            seconds[minute, place[one.label]] += max(0.0, shared)
    return seconds
