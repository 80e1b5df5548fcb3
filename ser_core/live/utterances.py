"""Where in live speech an utterance begins, and when it has ended."""

from collections.abc import Sequence
from dataclasses import dataclass

from ser_core.types import Seconds


@dataclass(frozen=True)
class Utterance:
    """Everything that was said between two pauses.

    Attributes:
        start: of its first speech, in seconds since listening began.
        end: of its last.
    """

    start: Seconds
    end: Seconds


class Utterances:
    """Follows speech and tells each utterance once, as soon as the pause behind it is long enough.

    Attributes:
        begun: where the utterance that is being spoken began; ``None`` in a pause.
    """

    def __init__(self, *, pause: Seconds, longest: Seconds) -> None:
        """End an utterance after ``pause`` seconds without speech, or when it is ``longest`` seconds long."""
        self.pause = pause
        self.longest = longest
        self.begun: Seconds | None = None
        self._last = 0.0  # end of the newest speech
        self._told = 0.0  # end of what was told already

    def hear(self, spans: Sequence[tuple[Seconds, Seconds]], now: Seconds) -> list[Utterance]:
        """Take the stretches of speech that are known by ``now``, and tell the utterances that have ended.

        Args:
            spans: start and end in seconds since listening began, in order; those of earlier calls may be among them.
            now: end of the sound in which they were found.
        """
        ended = []
        for start, end in spans:
            if end <= max(self._told, self._last):
                continue
            if self.begun is not None and start - self._last >= self.pause:
                ended.append(self._end())
            if self.begun is None:
                self.begun = max(start, self._told)
            self._last = end
        if self.begun is not None and (now - self._last >= self.pause or now - self.begun >= self.longest):
            ended.append(self._end())
        return ended

    def finish(self) -> list[Utterance]:
        """End the utterance that is being spoken, if there is one."""
        return [] if self.begun is None else [self._end()]

    def _end(self) -> Utterance:
        assert self.begun is not None  # noqa: S101 - only an utterance that began is ended
        utterance = Utterance(self.begun, self._last)
        self.begun, self._told = None, self._last
        return utterance
