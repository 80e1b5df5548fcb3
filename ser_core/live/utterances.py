"""Segmentation of live speech into utterances, by the pauses between them."""

from collections.abc import Sequence
from dataclasses import dataclass

from ser_core.types import Seconds


@dataclass(frozen=True)
class SpokenSpan:
    """Speech between two pauses, in seconds from the beginning of the stream."""

    start: Seconds
    end: Seconds


class UtteranceSegmenter:
    """Returns each utterance once, as soon as the pause after it is long enough; ``begun`` is None in a pause."""

    def __init__(self, *, pause: Seconds, longest: Seconds) -> None:
        """End an utterance after ``pause`` seconds without speech, or when it is ``longest`` seconds long."""
        self.pause = pause
        self.longest = longest
        self.begun: Seconds | None = None
        self._last = 0.0  # end of the newest speech
        self._returned = 0.0  # end of the last utterance that was returned

    def update(self, spans: Sequence[tuple[Seconds, Seconds]], now: Seconds) -> list[SpokenSpan]:
        """Add spans found in the sound up to ``now``, and return the utterances that have ended.

        Spans are start and end in seconds from the beginning of the stream, in order; earlier ones may be repeated.
        """
        ended = []
        for start, end in spans:
            if end <= max(self._returned, self._last):
                continue
            if self.begun is not None and start - self._last >= self.pause:
                ended.append(self._end())
            if self.begun is None:
                self.begun = max(start, self._returned)
            self._last = end
        if self.begun is not None and (now - self._last >= self.pause or now - self.begun >= self.longest):
            ended.append(self._end())
        return ended

    def finish(self) -> list[SpokenSpan]:
        """End the utterance that is being spoken, if there is one."""
        return [] if self.begun is None else [self._end()]

    def _end(self) -> SpokenSpan:
        assert self.begun is not None  # noqa: S101 - only an utterance that began is ended
        utterance = SpokenSpan(self.begun, self._last)
        self.begun, self._returned = None, self._last
        return utterance
