"""Reading of audio files: any format, sample rate and number of channels to mono float32 at 16 kHz."""

import contextlib
import functools
import math
from pathlib import Path
from typing import BinaryIO

import numpy as np
import soundfile

from ser_core.audio.decibels import to_decibels
from ser_core.audio.decoding import FETCH_AGAIN
from ser_core.audio.mix import ChannelMix
from ser_core.audio.mixing import MOST_MISSING, MixedBlocks, survey_of
from ser_core.audio.opening import Recording, name_of, opened, reason
from ser_core.audio.pcm import to_pcm16
from ser_core.audio.signal import SAMPLE_RATE, SHORTEST, Signal
from ser_core.errors import AudioError
from ser_core.storage import write_atomically
from ser_core.types import FloatArray, Hertz, IntArray, Seconds

__all__ = ["SAMPLE_RATE", "Signal", "read_audio", "write_flac"]

END_TOLERANCE: Seconds = 0.1  # beyond the end of the file, because ends in tables are rounded
LONGEST: Seconds = 3 * 3600.0
LONGEST_AT_ONCE: Seconds = 1.5 * 3600.0  # 350 MB of samples, and much more in a model
LONG: Seconds = 60.0
LOWEST_SAMPLE_RATE: Hertz = 2_000
QUIET_PEAK = 0.01
CLIPPED_FRACTION = 1e-3


def read_audio(
    source: Path | str | BinaryIO,
    *,
    start: Seconds | None = None,
    end: Seconds | None = None,
    sample_rate: Hertz = SAMPLE_RATE,
    name: str | None = None,
    mix: ChannelMix | None = None,
) -> Signal:
    """Read a recording, or a part of one, as mono float32 at one sample rate.

    Channels are averaged; channels without speech are left out if another one has speech, and if channels cancel each
    other, the loudest one is used. A part is mixed as the whole file is. Floats beyond full scale are scaled down.
    Files are read and resampled in blocks, so that memory holds little more than the result. Silence is not an error
    here: see :func:`ser_core.audio.speech.are_speech`.

    The source is a path, or an open binary file that can seek. ``start`` and ``end`` are in seconds; ``mix`` is that of
    :func:`mix_of`, if known. The signal has notes on what limits a prediction.

    Raises:
        AudioError: if there is no such file, or it is empty, truncated, not audio, damaged, shorter than 0.1 s or
            longer than an hour and a half; or if ``start`` and ``end`` do not lie inside it.
    """
    shown = name or name_of(source)
    if mix is None and (start is not None or end is not None):
        mix = mix_of(source, shown)
    with opened(source, shown) as file:
        part = _Part(file, shown, start, end, sample_rate)
        mixed = part.mixed(file, mix)
        samples = part.joined(mixed)
    better = mixed.mix()
    if mix is None and better.alters:
        del samples
        with opened(source, shown) as file:
            mixed = part.mixed(file, better)
            samples = part.joined(mixed)
    return part.signal(samples, mixed, better)


def write_flac(
    path: Path, samples: FloatArray | IntArray, sample_rate: Hertz = SAMPLE_RATE, *, comment: str = ""
) -> None:
    """Write mono samples ``(N,)`` as a 16-bit FLAC file, completely or not at all; int16 is written as it is.

    Raises:
        StorageError: if the disk is full or the folder cannot be written; an existing file is unchanged.
    """
    written = samples if samples.dtype == np.int16 else to_pcm16(np.asarray(samples, dtype=np.float32))

    def write(temporary: Path) -> None:
        try:
            with soundfile.SoundFile(temporary, "w", sample_rate, 1, format="FLAC", subtype="PCM_16") as file:
                if comment:
                    file.comment = comment
                file.write(written)
        except soundfile.LibsndfileError as error:  # a full disk is reported by libsndfile, not Python
            raise OSError(f"{reason(error)}") from error

    write_atomically(path, write)


def missing_fraction(file: Recording, shown: str) -> float:
    """Return which fraction of the declared length is not in the file, 0 to 0.01.

    Raises:
        AudioError: if it is more, the end of the file is missing, or the sample rate is too low for speech.
    """
    if int(file.samplerate) < LOWEST_SAMPLE_RATE:
        raise AudioError(
            f"Expected at least {LOWEST_SAMPLE_RATE} samples per second in {shown}; got {file.samplerate}. "
            "Speech cannot be judged from so few: record at 16000 or more."
        )
    if "lacks an end-of-stream bit" in str(file.extra_info):
        raise AudioError(f"Expected a complete recording in {shown}; got one without its end. {FETCH_AGAIN}")
    shortfall = file.length.missing
    if shortfall > MOST_MISSING:
        raise AudioError(
            f"Expected a complete recording in {shown}; got a truncated one, {shortfall:.0%} of it is missing. "
            f"{FETCH_AGAIN}"
        )
    return shortfall


def notes_on(mixed: MixedBlocks, mix: ChannelMix, *, rate: Hertz, sample_rate: Hertz, shortfall: float) -> list[str]:
    """Describe what in a recording, whose blocks are all read, limits a prediction; empty for an ordinary one."""
    notes = mix.notes
    if mixed.tracks > 1:
        notes.append(
            f"The file holds {mixed.tracks} audio tracks side by side; the first was read. To read another one, write "
            "it into a file of its own (for example: ffmpeg -i INPUT -map 0:a:1 output.wav)."
        )
    if rate < sample_rate:
        notes.append(
            f"Recorded at {rate} Hz: nothing above {rate // 2} Hz is in the file, less than models for "
            f"{sample_rate} Hz have learned from, so the result is less certain."
        )
    if mixed.clipped > CLIPPED_FRACTION:
        notes.append(
            f"{mixed.clipped:.1%} of the samples are clipped (cut off at full scale); record at a lower level."
        )
    if 0 < mixed.peak < QUIET_PEAK:
        notes.append(
            f"Very quiet: the peak lies {-float(to_decibels(mixed.peak**2)):.0f} dB below full scale; its level is "
            "raised, and its noise with it."
        )
    if shortfall > 0 or mixed.missing > 0:
        notes.append("The file holds slightly less sound than its header says: it ends early, or a part is damaged.")
    return notes


def mix_of(source: Path | str | BinaryIO, shown: str) -> ChannelMix:
    """Return how the channels of a whole file are mixed, so that its parts are mixed in the same way.

    For a path the result is cached.

    Raises:
        AudioError: if the file cannot be read, or the scale of its samples is unknown.
    """
    if not isinstance(source, Path | str):
        return _analysed(source, shown)
    try:
        state = Path(source).stat()
    except (OSError, ValueError):
        return _analysed(source, shown)  # raises the error with advice
    return _known_mix(str(source), state.st_mtime_ns, state.st_size, shown)


@functools.lru_cache(maxsize=256)
def _known_mix(path: str, changed: int, size: int, shown: str) -> ChannelMix:
    return _analysed(path, shown)


def _analysed(source: Path | str | BinaryIO, shown: str) -> ChannelMix:
    with opened(source, shown, whole=False) as file:
        if survey_of(file, shown) is None:
            return ChannelMix()
        blocks = MixedBlocks(file, 0, min(int(file.frames), round(LONGEST * file.samplerate)), SAMPLE_RATE, shown=shown)
        with contextlib.suppress(AudioError):  # damage elsewhere does not concern a part
            for _ in blocks:
                pass
        return blocks.mix()


class _Part:
    """A part of a recording, which may be read twice."""

    def __init__(
        self, file: Recording, shown: str, start: Seconds | None, end: Seconds | None, sample_rate: Hertz
    ) -> None:
        self._shown, self._sample_rate = shown, sample_rate
        self._rate, self._channels = int(file.samplerate), int(file.channels)
        self._shortfall = missing_fraction(file, shown)
        first, last = part_of(file.frames / self._rate, start, end, shown)
        if last - first > LONGEST_AT_ONCE:
            raise AudioError(
                f"Expected at most {LONGEST_AT_ONCE / 60:.0f} minutes of audio in {shown} for one answer; got "
                f"{(last - first) / 60:.0f} minutes. Judge it over time (the page Long recordings, or the command "
                "track), or cut it into parts."
            )
        self._first, self._last = round(first * self._rate), min(round(last * self._rate), int(file.frames))

    @property
    def _frames(self) -> int:
        return self._last - self._first

    def mixed(self, file: Recording, mix: ChannelMix | None) -> MixedBlocks:
        return MixedBlocks(file, self._first, self._last, self._sample_rate, shown=self._shown, mix=mix)

    def joined(self, blocks: MixedBlocks) -> FloatArray:
        samples = np.empty(math.ceil(self._frames * self._sample_rate / self._rate) + 1, dtype=np.float32)
        filled = 0
        for block in blocks:
            samples[filled : filled + len(block)] = block[: len(samples) - filled]
            filled = min(filled + len(block), len(samples))
        return samples[:filled]

    def signal(self, samples: FloatArray, mixed: MixedBlocks, mix: ChannelMix) -> Signal:
        notes = notes_on(mixed, mix, rate=self._rate, sample_rate=self._sample_rate, shortfall=self._shortfall)
        minutes = self._frames / self._rate / 60
        if minutes > LONG / 60:
            notes.append(f"{minutes:.0f} minutes long: one answer for all of it hides every change within it.")
        return Signal(samples, self._sample_rate, self._rate, self._channels, tuple(notes))


def part_of(duration: Seconds, start: Seconds | None, end: Seconds | None, shown: str) -> tuple[Seconds, Seconds]:
    """Return the start and end of a part of a recording in seconds.

    Raises:
        AudioError: if it does not lie inside the recording, or is shorter than 0.1 s or longer than three hours.
    """
    first, last = start or 0.0, duration if end is None else end
    if not 0 <= first < max(last, 1e-9) or last > duration + END_TOLERANCE:
        if start is None and end is None:
            raise AudioError(
                f"Expected at least {SHORTEST} s of audio in {shown}; got {duration:.3f} s. Record a longer clip."
            )
        raise AudioError(
            f"Expected start and end inside the {duration:.2f} s of {shown}; got {first:g} s to {last:g} s. "
            "Correct these two values in the manifest."
        )
    last = min(last, duration)
    if last - first < SHORTEST:
        raise AudioError(
            f"Expected at least {SHORTEST} s of audio in {shown}; got {last - first:.3f} s. Record a longer clip."
        )
    if last - first > LONGEST:
        raise AudioError(
            f"Expected at most {LONGEST / 3600:.0f} hours of audio in {shown}; got {(last - first) / 3600:.1f} hours. "
            "Cut it into parts, or give start and end in a manifest."
        )
    return first, last
