"""What is heard at one moment of live speech, and what was counted so far."""

from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from ser_core.types import Decibels, FloatArray, Seconds

Kind: TypeAlias = Literal["window", "utterance"]
State: TypeAlias = Literal["speech", "silence", "not speech", "clipped", "too quiet"]


@dataclass(frozen=True)
class Moment:
    """A window, or a whole utterance that has just ended, as it was heard.

    What was not judged (silence, sounds that are no speech, windows that are too quiet) has neither figures nor
    verdict: all four are ``None`` together.

    Attributes:
        kind: ``window``, or ``utterance`` for everything between two pauses, read as a recording of it would be.
        seconds: since listening began, at the end of what was judged.
        duration_seconds: of what was judged.
        state: whether there was speech in it, or a sound that is ``not speech``, and whether the level limits the
            judgement: ``clipped`` is judged all the same, ``too quiet`` is not in a window, but is in an utterance.
        speaking: whether somebody was speaking when it ended.
        level_dbfs: of its last hop, in decibels relative to full scale.
        milliseconds: that were spent on it.
        probabilities: of the head, fractions that add up to 1, in the order of the labels; shape ``(K,)``.
        angles: to each class direction in degrees, 0 to 180; shape ``(K,)``.
        embedding: shape ``(D,)``.
        verdict: the class that the checkpoint's own back end chooses, or ``none of these`` outside every range.
    """

    kind: Kind
    seconds: Seconds
    duration_seconds: Seconds
    state: State
    speaking: bool
    level_dbfs: Decibels
    milliseconds: float
    probabilities: FloatArray | None = field(default=None, repr=False)
    angles: FloatArray | None = field(default=None, repr=False)
    embedding: FloatArray | None = field(default=None, repr=False)
    verdict: str | None = None

    @property
    def speech(self) -> bool | None:
        """Whether it holds speech; ``None`` where it is too quiet to tell."""
        return None if self.state == "too quiet" and self.verdict is None else self.verdict is not None

    @property
    def start_seconds(self) -> Seconds:
        """Where what was judged began, in seconds since listening began."""
        return self.seconds - self.duration_seconds


@dataclass(frozen=True)
class Counters:
    """What was counted since listening began.

    Attributes:
        seconds: of sound that came, gaps included.
        windows: that were heard, whatever their state.
        judged: windows that were read by the model.
        skipped: windows that were left out, since reading them would have come too late.
        utterances: that have ended.
        gaps: places at which sound was lost on its way here.
        lost_seconds: of sound that was lost there.
        backlog_seconds: how far behind the newest sound the last window was when it had been read.
        milliseconds_mean: of one window that was judged; 0 before the first.
        milliseconds_slowest: of the slowest one.
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
