"""Live speech through a model: blocks of samples go in, moments come out."""

import dataclasses
import time
from collections import deque
from typing import Any

import numpy as np

from ser_core.audio.activity import FLOOR_WINDOW, HANGOVER, LITTLE_SPEECH
from ser_core.audio.level import clipped_fraction, level_dbfs
from ser_core.audio.reading import CLIPPED_FRACTION, QUIET_PEAK
from ser_core.audio.signal import Signal
from ser_core.inference import Reader, Reading
from ser_core.live.activity import Activity
from ser_core.live.incoming import Incoming
from ser_core.live.moment import Counters, Kind, Moment, State
from ser_core.live.ring import Ring
from ser_core.live.settings import ListeningSettings
from ser_core.live.summary import Mean
from ser_core.live.utterances import Utterance, Utterances
from ser_core.types import FloatArray, Hertz, Seconds

LEAST_SPEECH: Seconds = 0.25  # less than a short word is a knock


class Listening:
    """One stream of speech, read by one model; for one thread at a time.

    Attributes:
        reader: the model.
        settings: how the stream is cut.
        counters: what was counted so far.
    """

    def __init__(self, reader: Reader, settings: ListeningSettings | None = None) -> None:
        """Begin with nothing heard."""
        self.reader = reader
        self.settings = settings or ListeningSettings()
        self.counters = Counters()
        self._rate = reader.front_end.sample_rate
        self._hop = round(self.settings.hop_seconds * self._rate)
        self._due = self._hop  # where the next window ends
        self._incoming = Incoming(self._rate)
        self._ring = Ring(round(self._remembered() * self._rate))
        self._activity = Activity(self._ring, self._rate)
        self._utterances = Utterances(
            pause=self.settings.pause_seconds, longest=self.settings.longest_utterance_seconds
        )
        self._trail: deque[Moment] = deque()
        self._mean = Mean()

    def feed(self, samples: FloatArray, rate: Hertz) -> list[Moment]:
        """Hear the next block.

        Args:
            samples: float32, shape ``(N,)``, full scale is 1; of any length.
            rate: samples per second.

        Returns:
            The windows and utterances that ended in it, in order of time. Where the block holds windows that are older
            than the patience, only the newest one is read, and the others are counted as skipped.

        Raises:
            InputError: if the block is no sound; what was heard before stays.
        """
        began = time.perf_counter()
        block = self._incoming.take(samples, rate)
        skipping = False
        heard: list[Moment] = []
        while len(block) >= (wanted := self._due - self._ring.end):
            self._ring.append(block[:wanted])
            block = block[wanted:]
            self._due += self._hop
            is_newest = len(block) < self._hop
            behind = len(block) / self._rate + time.perf_counter() - began
            skipping |= behind > self.settings.patience_seconds
            heard += self._hear(skip=skipping and not is_newest)
        self._ring.append(block)
        self._count(seconds=self._now, backlog_seconds=len(block) / self._rate + time.perf_counter() - began)
        return self._kept(heard)

    def gap(self, seconds: Seconds) -> list[Moment]:
        """Pass over sound that was lost on its way here, so that nothing is read across the hole.

        Args:
            seconds: how long it was.

        Returns:
            The utterance that was being spoken, as far as it came.
        """
        heard = self.finish()
        self._incoming.restart()
        self._ring.skip(round(seconds * self._rate))
        self._activity.restart()
        self._due = self._ring.end + self._hop
        self._count(gaps=self.counters.gaps + 1, lost_seconds=self.counters.lost_seconds + seconds, seconds=self._now)
        return heard

    def finish(self) -> list[Moment]:
        """End the utterance that is being spoken, since nothing more comes."""
        return self._kept([self._utterance(ended) for ended in self._utterances.finish() if _is_word(ended)])

    def trail(self, seconds: Seconds) -> list[Moment]:
        """Return the moments of the last ``seconds``, oldest first; at most as many as the settings keep."""
        return [moment for moment in self._trail if moment.seconds > self._now - seconds]

    def summary(self) -> Reading | None:
        """Judge everything so far as one: by the means over the windows that were judged; ``None`` before the first.

        Windows overlap, so that every sound but the first and the last counts equally often, and silence not at all.
        """
        return self._mean.reading(self.reader, hop=self.settings.hop_seconds)

    @property
    def _now(self) -> Seconds:
        return self._ring.end / self._rate

    def _hear(self, *, skip: bool) -> list[Moment]:
        """Follow who speaks until now, and read the window that ends now unless it is skipped."""
        spans = self._activity.spans()
        heard = [self._utterance(ended) for ended in self._utterances.hear(spans, self._now) if _is_word(ended)]
        if skip:
            self._count(skipped=self.counters.skipped + 1)
            return heard
        began = time.perf_counter()
        now = self._ring.end
        samples = self._ring.between(now - round(self.settings.window_seconds * self._rate), now)
        start = self._now - len(samples) / self._rate
        spoken = sum(max(0.0, end - max(begin, start)) for begin, end in spans)
        state = _state(samples) if spoken >= LEAST_SPEECH else "silence"
        if state in ("speech", "clipped") and not self._is_speech(samples):
            # Of the first and last sounds of a word too little lies in the window to tell what they are.
            state = "not speech" if spoken >= LITTLE_SPEECH else "silence"
        is_judged = state in ("speech", "clipped")
        speaking = bool(spans) and spans[-1][1] > self._now - HANGOVER
        moment = self._moment("window", samples, self._now, state, is_judged=is_judged, speaking=speaking, began=began)
        self._count(windows=self.counters.windows + 1)
        if is_judged:
            self._count_milliseconds(moment.milliseconds)
            self._mean.add(moment)
        return [*heard, moment]

    def _utterance(self, ended: Utterance) -> Moment:
        """Read a whole utterance with the pauses around it, as a recording of it would be read."""
        began = time.perf_counter()
        pause = self.settings.pause_seconds
        first = max(0, round((ended.start - pause) * self._rate))
        last = min(self._ring.end, round((ended.end + pause) * self._rate))
        samples = self._ring.between(first, last)
        self._count(utterances=self.counters.utterances + 1)
        is_speech = self._is_speech(samples)
        state = _state(samples) if is_speech else "not speech"
        return self._moment(
            "utterance", samples, last / self._rate, state, is_judged=is_speech, speaking=False, began=began
        )

    def _is_speech(self, samples: FloatArray) -> bool:
        return self.reader.are_speech([Signal(samples, self._rate)])[0]

    def _moment(
        self,
        kind: Kind,
        samples: FloatArray,
        seconds: Seconds,
        state: State,
        *,
        is_judged: bool,
        speaking: bool,
        began: float,
    ) -> Moment:
        moment = Moment(
            kind=kind,
            seconds=seconds,
            duration_seconds=len(samples) / self._rate,
            state=state,
            speaking=speaking,
            level_dbfs=level_dbfs(samples[-self._hop :]),
            milliseconds=0.0,
        )
        if is_judged:
            reading = self.reader.read_many([Signal(samples, self._rate)])[0]
            moment = dataclasses.replace(
                moment,
                probabilities=np.array(list(reading.probabilities.values())),
                angles=np.array(list(reading.angles_degrees.values())),
                embedding=reading.embedding,
                verdict=reading.verdict,
            )
        return dataclasses.replace(moment, milliseconds=1000 * (time.perf_counter() - began))

    def _kept(self, heard: list[Moment]) -> list[Moment]:
        self._trail.extend(heard)
        while self._trail and self._trail[0].seconds <= self._now - self.settings.trail_seconds:
            self._trail.popleft()
        return heard

    def _count(self, **changed: Any) -> None:
        self.counters = dataclasses.replace(self.counters, **changed)

    def _count_milliseconds(self, milliseconds: float) -> None:
        judged = self.counters.judged + 1
        mean = self.counters.milliseconds_mean
        self._count(
            judged=judged,
            milliseconds_mean=mean + (milliseconds - mean) / judged,
            milliseconds_slowest=max(self.counters.milliseconds_slowest, milliseconds),
        )

    def _remembered(self) -> Seconds:
        """How much sound is needed to find the noise floor, a window, or the longest utterance with its pauses."""
        settings = self.settings
        longest = settings.longest_utterance_seconds + 2 * settings.pause_seconds + 2 * settings.hop_seconds
        return max(FLOOR_WINDOW, settings.window_seconds, longest)


def _is_word(utterance: Utterance) -> bool:
    return utterance.end - utterance.start >= LEAST_SPEECH


def _state(samples: FloatArray) -> State:
    """What the level of speech says about it."""
    if clipped_fraction(samples) > CLIPPED_FRACTION:
        return "clipped"
    return "too quiet" if float(np.abs(samples).max(initial=0.0)) < QUIET_PEAK else "speech"
