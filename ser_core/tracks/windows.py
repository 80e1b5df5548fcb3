"""Where in a recording a model looks: windows over the stretches in which somebody speaks."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ser_core.errors import InputError
from ser_core.types import FloatArray, IntArray, Seconds

Span = tuple[Seconds, Seconds]

_WINDOW = (0.5, 60.0)
_SHORTEST_HOP = 0.2  # so that no window speaks for less than the 0.1 s that can be read alone
_PAUSE = (0.2, 10.0)


@dataclass(frozen=True)
class TrackSettings:
    """Settings that divide a recording into windows.

    Attributes:
        window_seconds: how much speech the model hears at once; about as much as the utterances it was trained on.
        hop_seconds: at most this much lies between the beginnings of two windows.
        pause_seconds: a pause shorter than this belongs to the speech around it; a longer one is silence.
    """

    window_seconds: Seconds = 3.0
    hop_seconds: Seconds = 1.5
    pause_seconds: Seconds = 0.5

    def __post_init__(self) -> None:
        """Check that windows of such a length and distance can be laid."""
        if not _WINDOW[0] <= self.window_seconds <= _WINDOW[1]:
            raise InputError(
                f"Expected windows of {_WINDOW[0]:g} to {_WINDOW[1]:g} s; got {self.window_seconds:g} s. "
                "Choose about the length of the utterances that the model was trained on."
            )
        if not _SHORTEST_HOP <= self.hop_seconds <= self.window_seconds:
            raise InputError(
                f"Expected a hop of {_SHORTEST_HOP:g} s up to the window's {self.window_seconds:g} s; got "
                f"{self.hop_seconds:g} s. Choose half of the window, for example."
            )
        if not _PAUSE[0] <= self.pause_seconds <= _PAUSE[1]:
            raise InputError(
                f"Expected a pause of {_PAUSE[0]:g} to {_PAUSE[1]:g} s; got {self.pause_seconds:g} s. "
                "Choose how long somebody has to be quiet for it to count as silence."
            )


@dataclass(frozen=True)
class Windows:
    """Windows of a recording, in order: starts and ends in seconds, ``(M,)``.

    ``stretches`` is the number of the stretch of speech that each lies in, ``(M,)``.
    """

    starts: FloatArray
    ends: FloatArray
    stretches: IntArray

    def __len__(self) -> int:
        return len(self.starts)

    def cells(self) -> tuple[FloatArray, FloatArray]:
        """Return starts and ends in seconds, ``(M,)``, of the time for which each window has the nearest middle.

        The cells of a stretch cover it without gaps.
        """
        middles = (self.starts + self.ends) / 2
        starts, ends = self.starts.copy(), self.ends.copy()
        beside = np.flatnonzero(np.diff(self.stretches) == 0)  # windows whose next one lies in the same stretch
        ends[beside] = starts[beside + 1] = (middles[beside] + middles[beside + 1]) / 2
        return starts, ends


def stretches_of(spans: Sequence[Span], *, pause: Seconds) -> list[Span]:
    """Join spans of speech between which there is less than ``pause``.

    Examples:
        >>> stretches_of([(0.0, 1.0), (1.2, 2.0), (4.0, 5.0)], pause=0.5)
        [(0.0, 2.0), (4.0, 5.0)]
    """
    stretches: list[Span] = []
    for start, end in spans:
        if stretches and start - stretches[-1][1] < pause:
            stretches[-1] = (stretches[-1][0], end)
        else:
            stretches.append((start, end))
    return stretches


def subtract_spans(spans: Sequence[Span], taken: Sequence[Span]) -> list[Span]:
    """Remove parts from spans; both are sorted.

    Examples:
        >>> subtract_spans([(0.0, 4.0), (5.0, 6.0)], [(1.0, 2.0), (4.5, 7.0)])
        [(0.0, 1.0), (2.0, 4.0)]
    """
    left = list(spans)
    for start, end in taken:
        cut = ((a, min(b, start)) for a, b in left), ((max(a, end), b) for a, b in left)
        left = sorted((a, b) for parts in cut for a, b in parts if b > a)
    return left


def windows_over(stretches: Sequence[Span], settings: TrackSettings) -> Windows:
    """Lay windows over stretches of speech.

    A stretch no longer than a window is one window. Over a longer one lie the fewest windows of full length that begin
    with it, end with it, and are evenly spaced by at most the hop.

    Examples:
        >>> windows = windows_over([(0.0, 2.0), (4.0, 10.0)], TrackSettings(window_seconds=3, hop_seconds=2))
        >>> windows.starts.tolist(), windows.ends.tolist()
        ([0.0, 4.0, 5.5, 7.0], [2.0, 7.0, 8.5, 10.0])
    """
    starts, ends, numbers = [], [], []
    for number, (start, end) in enumerate(stretches):
        length = min(settings.window_seconds, end - start)
        beyond = end - start - length
        count = 1 + math.ceil(beyond / settings.hop_seconds - 1e-9)
        begins = np.linspace(start, end - length, count) if count > 1 else np.array([start])
        starts.append(begins)
        ends.append(np.append((begins + length)[:-1], end))
        numbers.append(np.full(count, number))
    if not starts:
        return Windows(np.empty(0), np.empty(0), np.empty(0, dtype=np.int64))
    return Windows(np.concatenate(starts), np.concatenate(ends), np.concatenate(numbers))


def seconds_of_speech(spans: Sequence[Span], starts: FloatArray, ends: FloatArray) -> FloatArray:
    """Measure how much of each part from ``starts`` to ``ends`` lies inside spans, in seconds; ``(M,)``.

    Examples:
        >>> seconds_of_speech([(1.0, 2.0), (3.0, 5.0)], np.array([0.0, 1.5]), np.array([4.0, 2.5])).tolist()
        [2.0, 0.5]
    """
    if not spans:
        return np.zeros(len(starts))
    edges = np.array(spans).ravel()
    spoken = np.repeat(np.cumsum([end - start for start, end in spans]), 2)
    spoken = np.concatenate([[0.0], spoken[:-1]])  # by each edge: before a span what came before, behind it more
    return np.asarray(np.interp(ends, edges, spoken) - np.interp(starts, edges, spoken))
