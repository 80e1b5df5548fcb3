"""A long recording through a model: once to find the speech, once more to judge it."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import numpy as np

from ser_core.audio.activity import LITTLE_SPEECH, STEP, SpeechActivity, no_speech
from ser_core.audio.level import level_dbfs
from ser_core.audio.outline import WaveformOutline
from ser_core.audio.signal import Signal
from ser_core.audio.streaming import AudioStream
from ser_core.inference import Reader
from ser_core.jobs import Pace, Progress, Report
from ser_core.tracks.track import Track, clock
from ser_core.tracks.windows import (
    Span,
    TrackSettings,
    Windows,
    seconds_of_speech,
    stretches_of,
    subtract_spans,
    windows_over,
)
from ser_core.types import BoolArray, FloatArray, Seconds

SEARCHING, JUDGING = "Looking for speech", "Judging the speech"

_COLUMNS = 2000  # of the outline: more than a screen has pixels
_SECONDS_AT_ONCE = 120.0  # of windows that go through the model together
_SHARE_OF_SEARCH = 0.15  # of the whole time, about


def track_recording(
    source: Path | str | BinaryIO,
    reader: Reader,
    settings: TrackSettings | None = None,
    *,
    name: str | None = None,
    progress: Report | None = None,
) -> Track:
    """Judge a long recording window by window.

    A path, or an open binary file that can seek, is read twice in blocks: the thresholds of speech follow from the
    whole recording. Memory holds a block, a batch of windows, and a few numbers for each second. A window's values are
    those of :meth:`Reader.read_many` for this part of the recording. ``progress`` is called several times a second.

    Raises:
        AudioError: if the recording cannot be read, is shorter than 0.1 s or longer than three hours, or has no speech.
    """
    settings = settings or TrackSettings()
    stream = AudioStream(source, sample_rate=reader.front_end.sample_rate, name=name)
    reporter = _Reporter(progress)
    survey = _surveyed(stream, reporter)
    if not stream.is_mixed_well():
        survey = _surveyed(stream, reporter)
    spans = _to_the_end(survey.activity.spans(), stream.duration_seconds)
    if not spans:
        raise no_speech(stream.name, seconds=stream.duration_seconds, peak=stream.peak)
    windows = windows_over(stretches_of(spans, pause=settings.pause_seconds), settings)
    judged = _judged(stream, reader, windows, reporter)
    chosen = reader.judge(judged.embeddings, judged.probabilities, judged.angles)
    spans = subtract_spans(spans, _sounds(windows, judged.is_speech))
    spoken = seconds_of_speech(spans, windows.starts, windows.ends)
    little = int(np.sum(judged.is_speech & (spoken < LITTLE_SPEECH)))
    return Track(
        name=stream.name,
        checkpoint=reader.checkpoint.card.name,
        labels=reader.labels,
        settings=settings,
        duration_seconds=stream.duration_seconds,
        speech=tuple(spans),
        windows=windows,
        is_speech=judged.is_speech,
        probabilities=np.where(judged.is_speech[:, None], judged.probabilities, np.nan),
        angles=np.where(judged.is_speech[:, None], judged.angles, np.nan),
        emotions=tuple(emotion if heard else None for emotion, heard in zip(chosen, judged.is_speech, strict=True)),
        inside_range=judged.is_speech & np.any(judged.angles <= reader.checkpoint.ranges, axis=1),
        levels=judged.levels,
        outline=survey.overview.outline(),
        notes=(*stream.notes, *_note_on_sounds(judged.is_speech), *_note_on_little(little, len(windows))),
        voice=None if reader.voice is None else reader.voice.name,
    )


@dataclass(frozen=True)
class _Survey:
    activity: SpeechActivity
    overview: WaveformOutline


@dataclass(frozen=True)
class _Judged:
    is_speech: BoolArray  # (M,)
    embeddings: FloatArray  # (M, D)
    probabilities: FloatArray  # (M, K)
    angles: FloatArray  # (M, K)
    levels: FloatArray  # (M,)


class _Reporter:
    """Reports both passes as one piece of work, from 0 to 1, and how long the second will still take."""

    def __init__(self, progress: Report | None) -> None:
        self._report = progress or (lambda progress: None)
        self._pace = Pace()

    def search(self, done: Seconds, total: Seconds) -> None:
        share, words = min(1.0, done / total), f"{SEARCHING}: {clock(min(done, total))} of {clock(total)}"
        self._report(Progress(round(_SHARE_OF_SEARCH * share, 6), words=words))

    def judge(self, done: Seconds, total: Seconds) -> None:
        share, left = min(1.0, done / total), self._pace.seconds_left(done, total)
        self._report(Progress(round(_SHARE_OF_SEARCH + (1 - _SHARE_OF_SEARCH) * share, 6), 1.0, left, JUDGING))


def _surveyed(stream: AudioStream, reporter: _Reporter) -> _Survey:
    survey = _Survey(SpeechActivity(stream.sample_rate), WaveformOutline(stream.expected_samples, columns=_COLUMNS))
    taken = 0
    reporter.search(0.0, stream.duration_seconds)
    for block in stream.blocks():
        survey.activity.take(block)
        survey.overview.take(block)
        taken += len(block)
        reporter.search(taken / stream.sample_rate, stream.duration_seconds)
    return survey


def _to_the_end(spans: list[Span], duration: Seconds) -> list[Span]:
    """Let speech end with the file where resampling has moved its end by a sample."""
    return [(start, duration if abs(duration - end) < STEP else end) for start, end in spans]


def _judged(stream: AudioStream, reader: Reader, windows: Windows, reporter: _Reporter) -> _Judged:
    lengths = windows.ends - windows.starts
    total, done = float(lengths.sum()), 0.0
    parts = []
    reporter.judge(done, total)
    for batch in _batches(stream, windows):
        levels = np.array([level_dbfs(signal.samples) for signal in batch])
        parts.append((np.array(reader.are_speech(batch)), *reader.measure(batch), levels))
        done += sum(signal.duration_seconds for signal in batch)
        reporter.judge(done, total)
    return _Judged(*(np.concatenate(arrays) for arrays in zip(*parts, strict=True)))


def _batches(stream: AudioStream, windows: Windows) -> Iterator[list[Signal]]:
    """Cut windows out of the blocks, some minutes of them at a time."""
    batch: list[Signal] = []
    seconds = 0.0
    for samples in _cut(stream, windows):
        batch.append(Signal(samples, stream.sample_rate, stream.original_sample_rate, stream.channels))
        seconds += batch[-1].duration_seconds
        if seconds >= _SECONDS_AT_ONCE:
            yield batch
            batch, seconds = [], 0.0
    if batch:
        yield batch


def _cut(stream: AudioStream, windows: Windows) -> Iterator[FloatArray]:
    """Cut windows out of the blocks; their starts and their ends both rise."""
    spans: list[Span] = list(zip(windows.starts.tolist(), windows.ends.tolist(), strict=True))
    places = [(round(start * stream.sample_rate), round(end * stream.sample_rate)) for start, end in spans]
    held: FloatArray = np.empty(0, dtype=np.float32)
    begins, number = 0, 0  # the first sample that is held, and the window that is cut next
    for block in stream.blocks():
        held = np.concatenate([held, block])
        while number < len(places) and places[number][1] <= begins + len(held):
            first, last = places[number]
            yield held[first - begins : last - begins].copy()
            number += 1
        if number == len(places):
            return
        gone = min(max(0, places[number][0] - begins), len(held))
        held, begins = held[gone:], begins + gone
    for first, last in places[number:]:  # the last one may end a sample behind the recording
        yield held[max(0, first - begins) : last - begins].copy()


def _sounds(windows: Windows, is_speech: BoolArray) -> list[Span]:
    """The parts of the time for which windows speak that hold no speech."""
    starts, ends = windows.cells()
    cells = list(zip(starts[~is_speech].tolist(), ends[~is_speech].tolist(), strict=True))
    return stretches_of(cells, pause=STEP)


def _note_on_sounds(is_speech: BoolArray) -> list[str]:
    count = int(np.sum(~is_speech))
    if not count:
        return []
    hold = "holds" if count == 1 else "hold"
    return [f"Not speech: {count} of {len(is_speech)} windows {hold} a sound without a voice, and are not judged."]


def _note_on_little(little: int, count: int) -> list[str]:
    if not little:
        return []
    held = "holds" if little == 1 else "hold"
    return [
        f"{little} of {count} windows {held} less than {LITTLE_SPEECH:g} s of speech: too little to be judged well."
    ]
