"""The prediction for a window or an utterance of live speech, and the counters of a stream."""

from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from ser_core.types import Decibels, FloatArray, Seconds

PredictionKind: TypeAlias = Literal["window", "utterance"]
SpeechState: TypeAlias = Literal["speech", "silence", "not speech", "clipped", "too quiet"]


@dataclass(frozen=True)
class LivePrediction:
    """What the model predicts for a window, or for a whole utterance that has just ended.

    For sound that is not judged (silence, sound without speech, a window that is too quiet) the four results
    ``probabilities``, ``angles``, ``embedding`` and ``verdict`` are ``None``.

    Attributes:
        kind: ``window``, or ``utterance`` for the speech between two pauses, judged as a recording of it would be.
        seconds: end of the judged sound, counted from the beginning of the stream.
        duration_seconds: length of the judged sound.
        state: ``silence``, ``not speech`` (sound without a voice) or ``speech``; also whether the level limits the
            prediction: ``clipped`` is judged all the same, ``too quiet`` is judged in an utterance, not in a window.
        speaking: whether somebody was speaking at its end.
        level_dbfs: level of the last hop, in decibels relative to full scale.
        milliseconds: computing time.
        probabilities: of the classes, from the model's head, in the order of its labels; shape ``(K,)``, sum 1.
        angles: to each class direction in degrees, 0 to 180; shape ``(K,)``.
        embedding: shape ``(D,)``.
        verdict: the class that the checkpoint's back end chooses, or ``none of these`` outside every range.
    """

    kind: PredictionKind
    seconds: Seconds
    duration_seconds: Seconds
    state: SpeechState
    speaking: bool
    level_dbfs: Decibels
    milliseconds: float
    probabilities: FloatArray | None = field(default=None, repr=False)
    angles: FloatArray | None = field(default=None, repr=False)
    embedding: FloatArray | None = field(default=None, repr=False)
    verdict: str | None = None

    @property
    def speech(self) -> bool | None:
        """Whether it contains speech; ``None`` if it is too quiet to decide."""
        return None if self.state == "too quiet" and self.verdict is None else self.verdict is not None

    @property
    def start_seconds(self) -> Seconds:
        """Start of the judged sound, counted from the beginning of the stream."""
        return self.seconds - self.duration_seconds


@dataclass(frozen=True)
class LiveCounters:
    """Counters of a stream since its beginning.

    Attributes:
        seconds: length of the stream, gaps included.
        windows: number of windows, whatever their state.
        judged: windows that the model has judged.
        skipped: windows that were left out because the computer was too slow.
        utterances: number of utterances that have ended.
        gaps: number of places at which sound was lost before it arrived here.
        lost_seconds: length of the sound lost there.
        backlog_seconds: delay between the newest sound and the end of the last window, when that window was done.
        milliseconds_mean: mean computing time of the judged windows; 0 before the first.
        milliseconds_slowest: longest computing time of a judged window.
    """

    seconds: Seconds = 0.0
    windows: int = 0
    judged: int = 0
    skipped: int = 0
    utterances: int = 0
    gaps: int = 0
    lost_seconds: Seconds = 0.0
    backlog_seconds: Seconds = 0.0
    milliseconds_mean: float = 0.0
    milliseconds_slowest: float = 0.0
