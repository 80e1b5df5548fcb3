"""Takes: recordings of a prompt, checks of their quality, and cutting."""

import dataclasses
from dataclasses import dataclass

import numpy as np

from ser_core.audio.activity import LITTLE_SPEECH, require_activity, speech_spans
from ser_core.audio.level import clipped_fraction, level_dbfs, peak_dbfs
from ser_core.audio.reading import CLIPPED_FRACTION, LOWEST_SAMPLE_RATE
from ser_core.audio.signal import SHORTEST, Signal
from ser_core.errors import AudioError, InputError
from ser_core.types import Decibels, FloatArray, Hertz, Seconds
from ser_core.written_numbers import fixed

MARGIN: Seconds = 0.15  # kept on either side of the speech
LONGEST: Seconds = 120.0
QUIETEST: Decibels = -42.0  # of the speech; below it, what 16 bits and a microphone add is heard
LOUDEST: Decibels = -1.0  # of the peak; a louder word would be cut off
LEAST_ABOVE_ROOM: Decibels = 15.0
_AT_THE_EDGE: Seconds = 0.05


@dataclass(frozen=True)
class Take:
    """A recording from a microphone: mono float32, ``(N,)``; ``holes`` counts the places of reported lost sound."""

    samples: FloatArray
    sample_rate: Hertz
    holes: int = 0

    @property
    def duration_seconds(self) -> Seconds:
        """Length in seconds."""
        return len(self.samples) / self.sample_rate

    def cut(self, start: Seconds, end: Seconds) -> "Take":
        """Return a part; raises InputError if the part does not lie inside, or is shorter than 0.1 s."""
        length = self.duration_seconds
        if not (0 <= start < end <= length + 0.005 and end - start >= SHORTEST - 1e-9):
            raise InputError(
                f"Expected a part of at least {SHORTEST} s inside the {length:.2f} s; got {start:g} s to {end:g} s. "
                "Move the two ends apart."
            )
        first, last = round(start * self.sample_rate), round(end * self.sample_rate)
        return dataclasses.replace(self, samples=self.samples[first:last])


@dataclass(frozen=True)
class TakeCheck:
    """Result of checking a take.

    Start and end of the speech in seconds, with a margin; level of the speech and of the largest sample in dBFS;
    problems with advice, empty for a good take.
    """

    start: Seconds
    end: Seconds
    speech_dbfs: Decibels
    peak_dbfs: Decibels
    warnings: tuple[str, ...]

    @property
    def level_line(self) -> str:
        """Both levels as text; 0 dB is full scale."""
        return f"speech at {fixed(self.speech_dbfs, 0)} dB, peak at {fixed(self.peak_dbfs, 0)} dB".replace("-", "−")


def check_take(take: Take) -> TakeCheck:
    """Find the speech in a take, and check its level and length.

    Raises:
        AudioError: if it is too short or too long, its rate is too low, or it contains no speech.
    """
    _require_usable(take)
    require_activity(Signal(take.samples, take.sample_rate), name="this recording")
    spans = speech_spans(take.samples, sample_rate=take.sample_rate)
    length = take.duration_seconds
    start, end = max(0.0, spans[0][0] - MARGIN), min(length, spans[-1][1] + MARGIN)
    if end - start < SHORTEST:
        start, end = 0.0, length
    speech = np.concatenate([_part(take, *span) for span in spans])
    peak = peak_dbfs(take.samples)
    level = level_dbfs(speech)
    return TakeCheck(start, end, level, peak, tuple(_warnings(take, spans, level, peak)))


def level_bar(level: Decibels, *, width: int = 30) -> str:
    """Draw a peak level relative to full scale as text, ``width`` characters for 60 dB.

    Examples:
        >>> level_bar(-20.0, width=6)
        '[####..] −20 dB'
    """
    filled = round(min(1.0, max(0.0, 1 + level / 60)) * width)
    return f"[{'#' * filled}{'.' * (width - filled)}] {fixed(level, 0)} dB".replace("-", "−")


def _require_usable(take: Take) -> None:
    length = take.duration_seconds
    if take.sample_rate < LOWEST_SAMPLE_RATE:
        raise AudioError(
            f"Expected at least {LOWEST_SAMPLE_RATE} samples per second; got {take.sample_rate}. "
            "Choose another microphone."
        )
    if not SHORTEST <= length <= LONGEST:
        raise AudioError(
            f"Expected a recording of {SHORTEST} to {LONGEST:.0f} s; got {length:.2f} s. "
            "Speak after the countdown, and stop the recording when the sentence is over."
        )
    if not np.isfinite(take.samples).all():
        raise AudioError("Expected finite samples; the microphone gave NaN or infinite values. Record it again.")


def _warnings(take: Take, spans: list[tuple[Seconds, Seconds]], level: Decibels, peak: Decibels) -> list[str]:
    warnings = []
    if take.holes:
        places = "one place" if take.holes == 1 else f"{take.holes} places"
        warnings.append(
            f"Sound is missing at {places}: the computer was too busy. End what else it does, and record again."
        )
    if take.duration_seconds >= LONGEST - _AT_THE_EDGE:
        warnings.append(f"It ended by itself after {LONGEST:.0f} s. Cut it to the sentence, or record it again.")
    clipped = clipped_fraction(take.samples)
    if clipped > CLIPPED_FRACTION:
        warnings.append(
            f"Too loud: {clipped:.1%} of the samples are clipped (cut off at full scale), which cannot be mended. Move "
            "back from the microphone or lower its level, and record it again."
        )
    elif peak > LOUDEST:
        warnings.append("Nearly too loud: a louder word would be cut off. Move back a little, or lower the level.")
    if level < QUIETEST:
        warnings.append("Very quiet: move closer to the microphone, or raise its level.")
    room = _level_between(take, spans)
    if room is not None and level - room < LEAST_ABOVE_ROOM:
        warnings.append(
            f"Noisy: the room is only {level - room:.0f} dB softer than the voice. Close the window, switch off what "
            "hums, or move closer to the microphone."
        )
    seconds = sum(end - start for start, end in spans)
    if seconds < LITTLE_SPEECH:
        warnings.append(f"Only {seconds:.1f} s of speech. Was the whole sentence spoken after the countdown?")
    if spans[0][0] < _AT_THE_EDGE:
        warnings.append("The speech begins at once: its first sound may be missing. Wait for the end of the countdown.")
    if spans[-1][1] > take.duration_seconds - _AT_THE_EDGE:
        warnings.append("The speech goes on to the very end: its last sound may be missing. Press Stop a moment later.")
    return warnings


def _level_between(take: Take, spans: list[tuple[Seconds, Seconds]]) -> Decibels | None:
    """Level of the pauses; ``None`` if they are shorter than 0.2 s or digital silence."""
    speech = np.zeros(len(take.samples), dtype=bool)
    for start, end in spans:
        speech[round(start * take.sample_rate) : round(end * take.sample_rate)] = True
    rest = take.samples[~speech]
    rest = rest[rest != 0]
    return level_dbfs(rest) if len(rest) >= 0.2 * take.sample_rate else None


def _part(take: Take, start: Seconds, end: Seconds) -> FloatArray:
    return take.samples[round(start * take.sample_rate) : round(end * take.sample_rate)]
