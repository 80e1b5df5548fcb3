"""Predictions for live speech: blocks of samples in, predictions out."""

import dataclasses
import time
from typing import Any

import numpy as np

from ser_core.audio.activity import FLOOR_WINDOW, HANGOVER, LITTLE_SPEECH
from ser_core.audio.level import clipped_fraction, level_dbfs
from ser_core.audio.reading import CLIPPED_FRACTION, QUIET_PEAK
from ser_core.audio.signal import Signal
from ser_core.errors import InputError
from ser_core.inference import EmotionPrediction, Reader
from ser_core.live.activity import LiveSpeechActivity
from ser_core.live.learning import VoiceLearner
from ser_core.live.prediction import LiveCounters, LivePrediction, PredictionKind, SpeechState
from ser_core.live.resampling import StreamResampler
from ser_core.live.ring_buffer import RingBuffer
from ser_core.live.settings import LiveSettings
from ser_core.live.summary import RunningMean
from ser_core.live.utterances import SpokenSpan, UtteranceSegmenter
from ser_core.types import FloatArray, Hertz, Seconds

LEAST_SPEECH: Seconds = 0.25  # a short word; shorter sounds are knocks and clicks


class LiveListener:
    """Judges one stream of speech with one model; for one thread at a time.

    Attributes:
        reader: what judges now: as it was given, or corrected for the voice that is learned.
        learner: learns the voice that speaks, between :meth:`learn_voice` and :meth:`forget_voice`; else None.
    """

    def __init__(self, reader: Reader, settings: LiveSettings | None = None) -> None:
        """Begin an empty stream."""
        self.reader = self._given = reader
        self.learner: VoiceLearner | None = None
        self.settings = settings or LiveSettings()
        self.counters = LiveCounters()
        self._rate = reader.front_end.sample_rate
        self._hop = round(self.settings.hop_seconds * self._rate)
        self._due = self._hop  # end of the next window
        self._resampler = StreamResampler(self._rate)
        self._ring = RingBuffer(round(self._remembered() * self._rate))
        self._activity = LiveSpeechActivity(self._ring, self._rate)
        self._segmenter = UtteranceSegmenter(
            pause=self.settings.pause_seconds, longest=self.settings.longest_utterance_seconds
        )
        self._mean = RunningMean()

    def feed(self, samples: FloatArray, rate: Hertz) -> list[LivePrediction]:
        """Add the next block, float32 ``(N,)`` of any length, and return the predictions that are due, in order.

        They are those for windows and utterances that ended in it. If windows are older than the patience, only the
        newest one is judged; the others are counted as skipped.

        Raises:
            InputError: if the block has another shape, non-finite values or too low a rate; the stream is unchanged.
        """
        began = time.perf_counter()
        block = self._resampler.take(samples, rate)
        skipping = False
        heard: list[LivePrediction] = []
        while len(block) >= (wanted := self._due - self._ring.end):
            self._ring.append(block[:wanted])
            block = block[wanted:]
            self._due += self._hop
            is_newest = len(block) < self._hop
            behind = len(block) / self._rate + time.perf_counter() - began
            skipping |= behind > self.settings.patience_seconds
            heard += self._advance(skip=skipping and not is_newest)
        self._ring.append(block)
        self._count(seconds=self._now, backlog_seconds=len(block) / self._rate + time.perf_counter() - began)
        return heard

    def gap(self, seconds: Seconds) -> list[LivePrediction]:
        """Add a gap for sound that was lost before it arrived; no window or utterance reaches across it.

        Returns the prediction for the utterance that was being spoken, as far as it arrived.
        """
        heard = self.finish()
        self._resampler.restart()
        self._ring.skip(round(seconds * self._rate))
        self._activity.restart()
        self._due = self._ring.end + self._hop
        self._count(gaps=self.counters.gaps + 1, lost_seconds=self.counters.lost_seconds + seconds, seconds=self._now)
        return heard

    def finish(self) -> list[LivePrediction]:
        """End the utterance that is being spoken, because the stream ends; return its prediction."""
        return [self._utterance(ended) for ended in self._segmenter.finish() if _is_word(ended)]

    def summary(self) -> EmotionPrediction | None:
        """Return one prediction for the whole stream: the mean over its judged windows; None before the first.

        Windows overlap, so that all sound but the first and the last has the same weight; silence has none.
        """
        return self._mean.reading(self.reader, hop=self.settings.hop_seconds)

    def learn_voice(self) -> None:
        """Learn the voice that speaks from now on; each utterance corrects what is judged after it.

        Raises:
            InputError: if the reader is already corrected for a voice.
        """
        if self._given.calibration is not None:
            raise InputError(
                "Expected a model without a correction, to learn a voice with; this one is corrected already. "
                "Choose no voice for the model, or let it learn none."
            )
        self.learner = VoiceLearner(self._given.checkpoint)

    def forget_voice(self) -> None:
        """Forget what was learned: from now on the reader judges as it was given."""
        self.learner = None
        self.reader = self._given

    @property
    def _now(self) -> Seconds:
        return self._ring.end / self._rate

    def _advance(self, *, skip: bool) -> list[LivePrediction]:
        """Update the utterances, and judge the window that ends now unless it is skipped."""
        spans = self._activity.spans()
        heard = [self._utterance(ended) for ended in self._segmenter.update(spans, self._now) if _is_word(ended)]
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
            # At the first and last sounds of a word the window holds too little to decide.
            state = "not speech" if spoken >= LITTLE_SPEECH else "silence"
        is_judged = state in ("speech", "clipped")
        speaking = bool(spans) and spans[-1][1] > self._now - HANGOVER
        prediction = self._prediction(
            "window", samples, self._now, state, is_judged=is_judged, speaking=speaking, began=began
        )
        self._count(windows=self.counters.windows + 1)
        if is_judged:
            self._count_milliseconds(prediction.milliseconds)
            self._mean.add(prediction)
        return [*heard, prediction]

    def _utterance(self, ended: SpokenSpan) -> LivePrediction:
        """Judge a whole utterance with the pauses around it, as a recording of it would be judged."""
        began = time.perf_counter()
        pause = self.settings.pause_seconds
        first = max(0, round((ended.start - pause) * self._rate))
        last = min(self._ring.end, round((ended.end + pause) * self._rate))
        samples = self._ring.between(first, last)
        self._count(utterances=self.counters.utterances + 1)
        is_speech = self._is_speech(samples)
        state = _state(samples) if is_speech else "not speech"
        prediction = self._prediction(
            "utterance", samples, last / self._rate, state, is_judged=is_speech, speaking=False, began=began
        )
        if is_speech and self.learner is not None:
            self._learn(self.learner, samples, spoken=ended.end - ended.start)
        return prediction

    def _is_speech(self, samples: FloatArray) -> bool:
        return self.reader.are_speech([Signal(samples, self._rate)])[0]

    def _prediction(
        self,
        kind: PredictionKind,
        samples: FloatArray,
        seconds: Seconds,
        state: SpeechState,
        *,
        is_judged: bool,
        speaking: bool,
        began: float,
    ) -> LivePrediction:
        prediction = LivePrediction(
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
            prediction = dataclasses.replace(
                prediction,
                probabilities=np.array(list(reading.probabilities.values())),
                angles=np.array(list(reading.angles_degrees.values())),
                embedding=reading.embedding,
                verdict=reading.verdict,
            )
        return dataclasses.replace(prediction, milliseconds=1000 * (time.perf_counter() - began))

    def _learn(self, learner: VoiceLearner, samples: FloatArray, *, spoken: Seconds) -> None:
        """Let an utterance, as the model hears it uncorrected, correct what is judged after it."""
        (embedding,), _, _ = self._given.measure([Signal(samples, self._rate)])
        correction = learner.hear(embedding, spoken=spoken, now=self._now)
        if correction is not None:
            self.reader = self._given.corrected(correction)

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
        """Length of the sound needed for the noise floor, a window, or the longest utterance with its pauses."""
        settings = self.settings
        longest = settings.longest_utterance_seconds + 2 * settings.pause_seconds + 2 * settings.hop_seconds
        return max(FLOOR_WINDOW, settings.window_seconds, longest)


def _is_word(utterance: SpokenSpan) -> bool:
    return utterance.end - utterance.start >= LEAST_SPEECH


def _state(samples: FloatArray) -> SpeechState:
    """Whether the level of speech limits its prediction."""
    if clipped_fraction(samples) > CLIPPED_FRACTION:
        return "clipped"
    return "too quiet" if float(np.abs(samples).max(initial=0.0)) < QUIET_PEAK else "speech"
