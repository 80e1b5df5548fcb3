"""Speech activity: energy above a noise floor that is estimated from the recording itself."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from ser_core.audio.decibels import to_decibels
from ser_core.audio.pitch import pitch_contour
from ser_core.audio.signal import Signal
from ser_core.errors import AudioError
from ser_core.types import BoolArray, Decibels, FloatArray, Hertz, Seconds

STEP: Seconds = 0.01
HANGOVER: Seconds = 0.2  # a pause shorter than this belongs to the speech around it
EDGE: Seconds = 0.03  # weak onsets and releases that energy alone misses
MARGIN: Seconds = 0.1  # kept on either side when a recording is cut to its speech
SHORTEST_SPEECH: Seconds = 0.06
FLOOR_WINDOW: Seconds = 10.0
LITTLE_SPEECH: Seconds = 1.0
CHECK_MICROPHONE = "Check that the right microphone is chosen and not muted, and speak closer to it."

RELEASE = 20.0  # decibels per second: reverberation decays faster, except in a cathedral (60 dB within three seconds)
SOFTEST_TOP: Decibels = -45.0  # vowels of a hardly audible speaker; 35 dB below counts as silence
SYLLABLE: Seconds = 0.5  # two or three syllables
SYLLABLE_RANGE: Decibels = 6.0  # the level of speech changes by more in that time, that of steady noise by one or two

_EMPTY_LEVEL = -100.0  # below the rounding noise of 16 bits: digital silence, without information about the room
_SILENT_LEVEL = -80.0  # a recording that never gets as loud is silent
_ABOVE_FLOOR = 6.0
_RANGE_SHARE = 0.25
_BELOW_TOP = 35.0
_SPEECH_RANGE = 30.0  # from a speaker's loudest vowels to the softest sounds between them
_STEADY_VOICED_SHARE = 0.5
_STEPS_AT_ONCE = 6000  # one minute, to bound memory
_FIRST_SECONDS = 5  # enough to decide whether a sound without pauses is voiced


def speech_spans(samples: FloatArray, *, sample_rate: Hertz) -> list[tuple[Seconds, Seconds]]:
    """Find the spans of speech.

    The level of each 10 ms step, without frequencies below about 80 Hz, is compared with a noise floor: the 10 %
    quantile over ten seconds. A step is speech if it lies 6 dB and a quarter of the dynamic range above the floor, and
    at most 35 dB below the loudest 0.2 s. Short pauses are filled, short clicks removed. All thresholds are relative to
    the recording, so that its gain does not matter. A steady sound does not rise above a floor: all of it counts as
    speech if it is voiced.

    Returns ``(start, end)`` in seconds of each span of mono ``samples`` ``(N,)``, in order, not touching.
    """
    activity = SpeechActivity(sample_rate)
    activity.take(samples)
    return activity.spans()


class SpeechActivity:
    """The spans of speech in a recording that arrives block by block.

    The result is that of :func:`speech_spans`, independent of the blocks. Thresholds depend on the whole recording, so
    that spans are known at its end; until then one number is stored per 10 ms.
    """

    def __init__(self, sample_rate: Hertz) -> None:
        """Prepare for mono samples at ``sample_rate``."""
        self._sample_rate = sample_rate
        self._taken = 0
        self._powers: list[FloatArray] = []
        self._waiting: FloatArray = np.empty(0)
        self._beginning: FloatArray = np.empty(0)  # its pitch distinguishes a voice from noise if there is no pause

    def take(self, samples: FloatArray) -> None:
        """Add the next samples, shape ``(N,)``."""
        missing = _FIRST_SECONDS * self._sample_rate - len(self._beginning)
        if missing > 0:
            self._beginning = np.concatenate([self._beginning, samples[:missing]])
        self._taken += len(samples)
        waiting = np.concatenate([self._waiting, samples]) if self._waiting.size else samples
        minute = _STEPS_AT_ONCE * _step_length(self._sample_rate)
        whole = len(waiting) // minute * minute
        self._powers += _powers_by_minute(waiting[:whole], self._sample_rate)
        self._waiting = waiting[whole:]

    def spans(self) -> list[tuple[Seconds, Seconds]]:
        """Return start and end of each span in seconds, in order, not touching; empty without speech."""
        levels = _levels([*self._powers, *_powers_by_minute(self._waiting, self._sample_rate)])
        duration = self._taken / self._sample_rate
        spans = spans_above_floor(levels, duration=duration)
        if not spans and _is_steady_voice(self._beginning, self._sample_rate, levels):
            return [(0.0, duration)]
        return spans


def step_levels(samples: FloatArray, *, sample_rate: Hertz) -> FloatArray:
    """Return the level of each 10 ms step above about 80 Hz, smoothed over three steps, shape ``(steps,)``.

    In decibels relative to full scale, at least -100; an incomplete last step has none.
    """
    return _levels(_powers_by_minute(samples, sample_rate))


def spans_above_floor(
    levels: FloatArray, *, duration: Seconds, adapting: bool = False
) -> list[tuple[Seconds, Seconds]]:
    """Find the spans of speech by level alone: those of :func:`speech_spans` except steady voices, in seconds.

    Args:
        levels: of each step, shape ``(steps,)``; see :func:`step_levels`.
        adapting: whether a soft speaker after a loud one is found, too. Where the level changes as syllables do, a step
            is then compared with the loudest earlier level, which falls by :data:`RELEASE`. Steady noise is always
            compared with the loudest 0.2 s; otherwise it would be speech until the floor has risen to it.
    """
    if not levels.size:
        return []
    loudest = min(round(0.2 / STEP), max(1, len(levels) // 4))
    top = float(np.partition(levels, -loudest)[-loudest])
    if top < _SILENT_LEVEL:
        return []
    floor = _noise_floor(levels, top)
    tops = _falling_tops(levels, top) if adapting else top
    threshold = np.maximum(floor + np.maximum(_ABOVE_FLOOR, _RANGE_SHARE * (tops - floor)), tops - _BELOW_TOP)
    spans = _without_short(_joined(_runs(levels > threshold)))
    widened = [(max(0.0, start - EDGE), min(duration, end + EDGE)) for start, end in spans]
    return [(start, end) for start, end in widened if end > start]


def trim_to_speech(samples: FloatArray, *, sample_rate: Hertz) -> FloatArray:
    """Cut samples ``(N,)`` to their speech and :data:`MARGIN` on either side; all if there is none."""
    first, last = speech_extent(samples, sample_rate=sample_rate)
    return samples if last - first == len(samples) else samples[first:last]


def speech_extent(samples: FloatArray, *, sample_rate: Hertz) -> tuple[int, int]:
    """Return the first sample of the part of :func:`trim_to_speech`, and the one after its last."""
    spans = speech_spans(samples, sample_rate=sample_rate)
    if not spans:
        return 0, len(samples)
    first = max(0, round((spans[0][0] - MARGIN) * sample_rate))
    return first, min(len(samples), round((spans[-1][1] + MARGIN) * sample_rate))


def has_speech(samples: FloatArray, *, sample_rate: Hertz) -> bool:
    """Return whether :func:`speech_spans` finds speech."""
    return bool(speech_spans(samples, sample_rate=sample_rate))


def require_activity(signal: Signal, *, name: str = "the recording") -> None:
    """Raise AudioError for a recording in which nothing rises above silence or steady noise.

    Whether that sound is speech, :mod:`ser_core.audio.speech` decides.
    """
    if has_speech(signal.samples, sample_rate=signal.sample_rate):
        return
    raise no_speech(
        name,
        seconds=signal.duration_seconds,
        peak=max(float(signal.samples.max(initial=0.0)), -float(signal.samples.min(initial=0.0))),
    )


def no_speech(name: str, *, seconds: Seconds, peak: float) -> AudioError:
    """Return the error for a recording without speech; ``peak`` is its largest magnitude, full scale is 1."""
    return AudioError(
        f"Expected speech in {name}; got {seconds:.1f} s of {in_place_of_speech(peak)}. {CHECK_MICROPHONE}"
    )


def in_place_of_speech(peak: float) -> str:
    """Describe the content of a recording without activity, from its largest magnitude."""
    return "silence" if peak < 10 ** (_SILENT_LEVEL / 20) else "nothing that rises above a steady noise"


def _step_length(sample_rate: Hertz) -> int:
    return max(1, round(STEP * sample_rate))


def _powers_by_minute(samples: FloatArray, sample_rate: Hertz) -> list[FloatArray]:
    """Mean square of each complete step, without frequencies below about 80 Hz; an array ``(steps,)`` per minute."""
    step = _step_length(sample_rate)
    powers = []
    for first in range(0, len(samples), _STEPS_AT_ONCE * step):
        part = samples[first : first + _STEPS_AT_ONCE * step]
        part = np.asarray(part[: len(part) // step * step], dtype=np.float64)
        part = part - _moving_average(part, max(2, round(sample_rate / 80)))
        powers.append(np.square(part).reshape(-1, step).mean(axis=1))
    return powers


def _levels(powers: list[FloatArray]) -> FloatArray:
    """Level of each step in dBFS, smoothed over three steps; ``(steps,)``."""
    power = np.concatenate([np.empty(0), *powers])
    padded = np.pad(power, 1, mode="edge") if power.size else power
    smooth = (padded[:-2] + padded[1:-1] + padded[2:]) / 3 if power.size else power
    return to_decibels(smooth, lowest=_EMPTY_LEVEL)


def _moving_average(samples: FloatArray, width: int) -> FloatArray:
    """Mean over ``width`` samples around each sample, constant at the edges; ``(N,)``."""
    if len(samples) <= width:
        return np.full(len(samples), samples.mean() if samples.size else 0.0)
    total = np.cumsum(samples)
    average = np.empty(len(samples))
    before, after = width // 2, width - width // 2
    np.subtract(total[width:], total[:-width], out=average[before + 1 : len(samples) - after + 1])
    average[: before + 1] = total[width - 1]
    average[len(samples) - after + 1 :] = average[len(samples) - after]
    average /= width
    return average


def _noise_floor(levels: FloatArray, top: Decibels) -> FloatArray:
    """The 10 % quantile over windows of ten seconds, per step; ``(steps,)``.

    Digital silence is left out: it contains no information about the room. If there is much of it, the recording was
    edited, and all audible sound may be speech: then the floor is kept away from the top.
    """
    window = round(FLOOR_WINDOW / STEP)
    floors = []
    for part in np.array_split(levels, max(1, round(len(levels) / window))):
        audible = part[part > _EMPTY_LEVEL + 3]
        floor = float(np.quantile(audible, 0.1)) if audible.size else _EMPTY_LEVEL
        if audible.size < 0.9 * part.size:
            floor = min(floor, top - _SPEECH_RANGE)
        floors.append(np.full(len(part), floor))
    return np.concatenate(floors)


def _falling_tops(levels: FloatArray, top: Decibels) -> FloatArray:
    """Running maximum of the level with linear decay, for each step; at most ``top``; ``(steps,)``."""
    fall = RELEASE * STEP * np.arange(len(levels))
    followed = np.maximum(np.maximum.accumulate(levels + fall) - fall, SOFTEST_TOP)
    around = sliding_window_view(np.pad(levels, round(SYLLABLE / STEP) // 2, mode="edge"), round(SYLLABLE / STEP) + 1)
    moves = np.ptp(around, axis=1) > SYLLABLE_RANGE
    tops: FloatArray = np.where(moves, np.minimum(followed, top), top)
    return tops


def _runs(active: BoolArray) -> list[tuple[Seconds, Seconds]]:
    edges = np.flatnonzero(np.diff(np.concatenate(([False], active, [False])).astype(np.int8)))
    return [(float(start * STEP), float(end * STEP)) for start, end in edges.reshape(-1, 2)]


def _joined(spans: list[tuple[Seconds, Seconds]]) -> list[tuple[Seconds, Seconds]]:
    joined: list[tuple[Seconds, Seconds]] = []
    for start, end in spans:
        if joined and start - joined[-1][1] < HANGOVER:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _without_short(spans: list[tuple[Seconds, Seconds]]) -> list[tuple[Seconds, Seconds]]:
    return [(start, end) for start, end in spans if end - start >= SHORTEST_SPEECH]


def _is_steady_voice(samples: FloatArray, sample_rate: Hertz, levels: FloatArray) -> bool:
    if not levels.size or float(np.median(levels)) < _SILENT_LEVEL + 20:
        return False
    hertz = _pitch_at_the_beginning(samples, sample_rate)
    return hertz.size > 0 and float(np.mean(np.isfinite(hertz))) > _STEADY_VOICED_SHARE


def _pitch_at_the_beginning(samples: FloatArray, sample_rate: Hertz) -> FloatArray:
    _, hertz = pitch_contour(samples[: _FIRST_SECONDS * sample_rate], sample_rate=sample_rate)
    return hertz
