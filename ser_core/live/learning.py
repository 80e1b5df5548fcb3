"""A voice that is learned while it speaks: the mean of its first minute, without labels, is taken out of what follows.

It is a voice of the method :func:`ser_core.voices.calibration.unlabelled` whose clips are the utterances: after ``n``
of them ``n / (n + c)`` of the way from the model's mean to theirs is taken out, if they differ as emotions do.
"""

from ser_core.checkpoints.store import Checkpoint
from ser_core.types import FloatArray, Seconds
from ser_core.voices import UNLABELLED, Calibration, Voice, VoiceClip, calibration_of

ENOUGH: Seconds = 60.0  # of speech: what is said later is judged, not learned
SHORTEST: Seconds = 1.0  # a shorter utterance is a word, and says more of the word than of the voice

UNNAMED = "the voice on Live"  # until it is kept under a name


class VoiceLearner:
    """Learns one voice for one model.

    Attributes:
        clips: the utterances so far; their sound is not kept.
        since: when they first differed as emotions do, so that answers were corrected, on the clock of the stream;
            None before.
    """

    def __init__(self, checkpoint: Checkpoint) -> None:
        """Begin without an utterance."""
        self._checkpoint = checkpoint
        self.clips: tuple[VoiceClip, ...] = ()
        self.since: Seconds | None = None

    @property
    def seconds(self) -> Seconds:
        """Length of the speech that was learned from."""
        return sum(clip.seconds for clip in self.clips)

    @property
    def has_enough(self) -> bool:
        """Whether the minute is full."""
        return self.seconds >= ENOUGH

    def hear(self, embedding: FloatArray, *, spoken: Seconds, now: Seconds) -> Calibration | None:
        """Learn from an utterance, and return the correction for what follows.

        Args:
            embedding: of the utterance, as the model computes it without any correction, shape ``(D,)``.
            spoken: length of the speech in it.
            now: the time on the clock of the stream.

        Returns:
            The correction; None if nothing was learned, since the utterance is short, the minute is full, or the same
            sound came before.
        """
        known = {clip.embedding.tobytes() for clip in self.clips}
        if spoken < SHORTEST or self.has_enough or embedding.tobytes() in known:
            return None
        self.clips = (*self.clips, VoiceClip(f"utterance {len(self.clips) + 1}", None, spoken, embedding))
        correction = calibration_of(self.voice(), self._checkpoint)
        if self.since is None and correction.shift.any():
            self.since = now
        return correction

    def voice(self, name: str = UNNAMED) -> Voice:
        """Return what was learned as a voice that can be kept.

        Raises:
            ConfigError: for a forbidden name.
            VoiceError: if nothing was learned yet.
        """
        return Voice(name, UNLABELLED, self._checkpoint.card.name, self._checkpoint.digest, self.clips)
