"""Record of a long recording: windows with their values, segments with their labels, minutes."""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from ser_core.inference.reader import NONE_OF_THESE, NOT_SPEECH
from ser_core.tracks.segments import MINUTE, Segment, seconds_by_minute, segments_of
from ser_core.tracks.windows import Span, TrackSettings, Windows, seconds_of_speech
from ser_core.types import BoolArray, FloatArray, Seconds

if TYPE_CHECKING:
    import pandas

VERSION = 1


@dataclass(frozen=True)
class Track:
    """Result of judging a long recording.

    Attributes:
        checkpoint: name of the model.
        labels: classes of the model, ``K`` of them.
        settings: how it was divided.
        duration_seconds: of the recording.
        speech: stretches in which somebody speaks, as found; sounds that are no speech are not among them.
        windows: what was judged, ``M`` of them.
        is_speech: whether the window holds speech, shape ``(M,)``; where it does not, nothing is judged.
        probabilities: of the head, shape ``(M, K)``; NaN where nothing is judged.
        angles: to the class directions in degrees, shape ``(M, K)``; NaN where nothing is judged.
        emotions: the class that the model's back end chooses, one per window; ``None`` where nothing is judged.
        inside_range: whether the window lies inside at least one class's range, shape ``(M,)``.
        levels: root mean square of the window in dBFS, shape ``(M,)``.
        outline: smallest and largest sample of equal stretches of the recording, each of shape ``(columns,)``.
        notes: what a reader of this must know, plain sentences.
        voice: name of the voice for which the model judged; ``None`` for anybody's.
    """

    name: str
    checkpoint: str
    labels: tuple[str, ...]
    settings: TrackSettings
    duration_seconds: Seconds
    speech: tuple[Span, ...]
    windows: Windows
    is_speech: BoolArray
    probabilities: FloatArray
    angles: FloatArray
    emotions: tuple[str | None, ...]
    inside_range: BoolArray
    levels: FloatArray
    outline: tuple[FloatArray, FloatArray]
    notes: tuple[str, ...]
    voice: str | None = None

    @cached_property
    def verdicts(self) -> tuple[str, ...]:
        """The emotion of each window, ``none of these`` or ``not speech``."""
        return tuple(
            NOT_SPEECH if emotion is None else emotion if inside else NONE_OF_THESE
            for emotion, inside in zip(self.emotions, self.inside_range, strict=True)
        )

    @cached_property
    def segments(self) -> tuple[Segment, ...]:
        """Parts with one label each, silence among them, which cover the recording."""
        return tuple(segments_of(self.windows, self.verdicts, self.duration_seconds))

    @property
    def answers(self) -> tuple[str, ...]:
        """Every label that speech can have: the classes, and ``none of these``."""
        return (*self.labels, NONE_OF_THESE)

    @cached_property
    def speech_by_minute(self) -> FloatArray:
        """Seconds of each answer in each minute, shape ``(minutes, K + 1)``."""
        return seconds_by_minute(self.segments, self.answers, self.duration_seconds)

    def window_table(self) -> "pandas.DataFrame":
        """Return a row per window, with the columns of the contract."""
        import pandas

        columns: dict[str, object] = {
            "start": self.windows.starts.round(3),
            "end": self.windows.ends.round(3),
            "speech_seconds": seconds_of_speech(self.speech, self.windows.starts, self.windows.ends).round(3),
            "level_dbfs": self.levels.round(2),
            "speech": self.is_speech,
            "verdict": [None if emotion is None else self.verdicts[m] for m, emotion in enumerate(self.emotions)],
            "emotion": self.emotions,
            "inside_range": [bool(self.inside_range[m]) if heard else None for m, heard in enumerate(self.is_speech)],
        }
        columns |= {f"probability_{label}": self.probabilities[:, k].round(6) for k, label in enumerate(self.labels)}
        columns |= {f"angle_{label}": self.angles[:, k].round(3) for k, label in enumerate(self.labels)}
        return pandas.DataFrame(columns)

    def minute_table(self) -> "pandas.DataFrame":
        """Return a row per minute: seconds of speech, and the share of each answer in it; empty without speech."""
        import pandas

        seconds = self.speech_by_minute
        speech = seconds.sum(axis=1)
        shares = np.divide(seconds, speech[:, None], out=np.full_like(seconds, np.nan), where=speech[:, None] > 0)
        starts = MINUTE * np.arange(len(seconds))
        columns: dict[str, object] = {
            "minute": np.arange(1, len(seconds) + 1),
            "start": starts,
            "end": np.minimum(starts + MINUTE, self.duration_seconds).round(3),
            "speech_seconds": speech.round(3),
        }
        columns |= {f"share_{answer.replace(' ', '_')}": shares[:, k].round(6) for k, answer in enumerate(self.answers)}
        return pandas.DataFrame(columns)


def clock(seconds: Seconds, *, tenths: bool = False) -> str:
    """Write a time as a player shows it.

    Examples:
        >>> clock(75.3), clock(75.3, tenths=True), clock(3675)
        ('1:15', '1:15.3', '1:01:15')
    """
    count = round(10 * seconds) if tenths else 10 * int(seconds)
    hours, minutes, rest = count // 36_000, count // 600 % 60, count // 10 % 60
    shown = f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"
    return f"{shown}.{count % 10}" if tenths else shown
