"""Files become signals: any format, sample rate and channel count of libsndfile to mono float32 at 16 kHz."""

import math
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import numpy as np
import soundfile
import soxr

from ser_core.audio import ogg
from ser_core.audio.level import count_clipped
from ser_core.audio.signal import SAMPLE_RATE, Signal
from ser_core.errors import AudioError
from ser_core.paths import is_file, is_folder
from ser_core.storage import write_atomically
from ser_core.types import FloatArray, Hertz, IntArray, Seconds

__all__ = ["SAMPLE_RATE", "Signal", "read_audio", "write_flac"]

SHORTEST: Seconds = 0.1
END_TOLERANCE: Seconds = 0.1  # beyond the file's end: ends in tables are rounded
LONGEST: Seconds = 3 * 3600.0
LONG: Seconds = 60.0
LOWEST_SAMPLE_RATE: Hertz = 2_000
QUIET_PEAK = 0.01
CLIPPED_FRACTION = 1e-3

_BLOCK_VALUES = 1 << 20  # channels × frames held at once
_UNKNOWN_SIZES = {0, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF}  # written by programs that record to a pipe
_SHORTFALL = re.compile(r"^\s*(?:data|SSND)\s*:\s*(\d+) \(should be (\d+)\)", re.MULTILINE)
_CONVERT = "Convert it to WAV or FLAC (for example: ffmpeg -i INPUT output.wav) and try again."
_FETCH_AGAIN = "Copy or download it again, or record it once more."


def read_audio(
    source: Path | str | BinaryIO,
    *,
    start: Seconds | None = None,
    end: Seconds | None = None,
    sample_rate: Hertz = SAMPLE_RATE,
    name: str | None = None,
) -> Signal:
    """Read a recording, or a part of one, as mono float32 at one sample rate.

    Channels are averaged; where they cancel each other, the loudest one is taken. Long files are read and
    resampled in blocks, so that memory holds little more than the result. Silence is no error here: see
    :func:`ser_core.audio.activity.require_speech`.

    Args:
        source: a path, or an open binary file that can seek.
        start: where to begin, in seconds; the file's beginning by default.
        end: where to stop, in seconds; the file's end by default.
        sample_rate: of the result.
        name: what to call the recording in messages; its file name by default.

    Returns:
        The signal, with notes on what limits a judgement.

    Raises:
        AudioError: if there is no such file, or it is empty, truncated, not audio, damaged, shorter than
            0.1 s or longer than three hours; or if ``start`` and ``end`` do not lie inside it.
    """
    shown = name or _name_of(source)
    _check_present(source, shown)
    try:
        _require_whole_pages(source, shown)
        with soundfile.SoundFile(_openable(source)) as file:
            return _read(file, shown, start, end, sample_rate)
    except soundfile.LibsndfileError as error:
        if _is_damage(error):
            raise AudioError(
                f"Expected a complete recording in {shown}; got one that is truncated or damaged ({_reason(error)}). "
                f"{_FETCH_AGAIN}"
            ) from error
        raise AudioError(
            f"Expected audio in {shown} (WAV, FLAC, OGG, MP3, AIFF, …); got something else ({_reason(error)}). "
            f"{_CONVERT}"
        ) from error
    except TypeError as error:  # a name that ends in .raw: libsndfile wants its format, which nobody knows
        raise AudioError(
            f"Expected audio with a header in {shown} (WAV, FLAC, OGG, MP3, AIFF, …); got raw samples. {_CONVERT}"
        ) from error
    except OSError as error:
        raise AudioError(
            f"Expected to read {shown}; the system answered: {error.strerror or error}. Check the file's permissions."
        ) from error


def write_flac(
    path: Path, samples: FloatArray | IntArray, sample_rate: Hertz = SAMPLE_RATE, *, comment: str = ""
) -> None:
    """Write mono samples as a 16-bit FLAC file, completely or not at all.

    Args:
        path: destination.
        samples: shape ``(N,)``; as floats, values beyond full scale are cut at ±1; int16 is written as it is.
        sample_rate: samples per second.
        comment: text that is kept inside the file.

    Raises:
        StorageError: if the disk is full or the folder cannot be written; what was there is unchanged.
    """
    exact = samples.dtype == np.int16
    written = samples if exact else np.clip(np.asarray(samples, dtype=np.float32), -1.0, 1.0)

    def write(temporary: Path) -> None:
        try:
            with soundfile.SoundFile(temporary, "w", sample_rate, 1, format="FLAC", subtype="PCM_16") as file:
                if comment:
                    file.comment = comment
                file.write(written)
        except soundfile.LibsndfileError as error:  # a full disk reaches libsndfile, not Python
            raise OSError(f"{_reason(error)}") from error

    write_atomically(path, write)


def _read(
    file: soundfile.SoundFile, shown: str, start: Seconds | None, end: Seconds | None, sample_rate: Hertz
) -> Signal:
    rate, channels = int(file.samplerate), int(file.channels)
    if rate < LOWEST_SAMPLE_RATE:
        raise AudioError(
            f"Expected at least {LOWEST_SAMPLE_RATE} samples per second in {shown}; got {rate}. "
            "Speech cannot be judged from so few: record at 16000 or more."
        )
    if "lacks an end-of-stream bit" in str(file.extra_info):
        raise AudioError(f"Expected a complete recording in {shown}; got one without its end. {_FETCH_AGAIN}")
    shortfall = _missing_fraction(file)
    if shortfall > 0.01:
        raise AudioError(
            f"Expected a complete recording in {shown}; got a truncated one, {shortfall:.0%} of it is missing. "
            f"{_FETCH_AGAIN}"
        )
    first, last = _part(file.frames / rate, start, end, shown)
    first_frame, last_frame = round(first * rate), min(round(last * rate), file.frames)

    mixed = _mix(file, first_frame, last_frame, sample_rate, shown, channel=None)
    notes = []
    if _channels_cancel(mixed.energies, mixed.mixed_energy):
        loudest = int(np.argmax(mixed.energies))
        mixed = _mix(file, first_frame, last_frame, sample_rate, shown, channel=loudest)
        notes.append(f"The {channels} channels cancel each other when averaged; channel {loudest + 1} was used alone.")
    elif channels > 2:
        notes.append(f"{channels} channels were averaged to one.")
    if rate < sample_rate:
        notes.append(
            f"Recorded at {rate} Hz: nothing above {rate // 2} Hz is in the file, less than models for "
            f"{sample_rate} Hz have learned from, so the result is less certain."
        )
    duration = (last_frame - first_frame) / rate
    clipped = mixed.clipped / max(1, (last_frame - first_frame) * channels)
    if clipped > CLIPPED_FRACTION:
        notes.append(f"{clipped:.1%} of the samples are clipped (cut off at full scale); record at a lower level.")
    if 0 < mixed.peak < QUIET_PEAK:
        notes.append(
            f"Very quiet: the peak lies {-20 * math.log10(mixed.peak):.0f} dB below full scale; its level is raised, "
            "and its noise with it."
        )
    if duration > LONG:
        notes.append(f"{duration / 60:.0f} minutes long: one answer for all of it hides every change within it.")
    if shortfall > 0 or mixed.missing > 0:
        notes.append("The file holds slightly less sound than its header says: it ends early, or a part is damaged.")
    return Signal(mixed.samples, sample_rate, rate, channels, tuple(notes))


@dataclass(frozen=True)
class _Mixed:
    samples: FloatArray
    energies: FloatArray  # (channels,), sums of squares
    mixed_energy: float
    peak: float
    clipped: int
    missing: int  # frames that could not be read


def _mix(
    file: soundfile.SoundFile, first: int, last: int, sample_rate: Hertz, shown: str, *, channel: int | None
) -> _Mixed:
    """Read frames ``first`` to ``last``, average the channels (or take one), resample; in blocks."""
    rate = int(file.samplerate)
    stream = soxr.ResampleStream(rate, sample_rate, 1, dtype="float32") if rate != sample_rate else None
    expected = last - first
    samples = np.empty(math.ceil(expected * sample_rate / rate) + 1, dtype=np.float32)
    filled, received, clipped, peak, mixed_energy = 0, 0, 0, 0.0, 0.0
    energies: FloatArray = np.zeros(file.channels)
    for block in _blocks(file, first, last):  # (frames, channels)
        received += len(block)
        energies += np.array([np.vdot(block[:, index], block[:, index]) for index in range(file.channels)])
        mono = _average(block) if channel is None else np.ascontiguousarray(block[:, channel])  # (frames,)
        mixed_energy += float(np.vdot(mono, mono))
        clipped += count_clipped(block)
        peak = max(peak, float(mono.max(initial=0.0)), -float(mono.min(initial=0.0)))
        ready = mono if stream is None else stream.resample_chunk(mono, last=received >= expected)
        samples[filled : filled + len(ready)] = ready[: len(samples) - filled]
        filled = min(filled + len(ready), len(samples))
    if not np.isfinite(mixed_energy):
        raise AudioError(
            f"Expected finite samples in {shown}; got values that are no numbers or infinite. "
            "Write the file again with the program that made it."
        )
    if received < expected * 0.99:
        raise AudioError(
            f"Expected {expected / rate:.2f} s of audio in {shown}, as its header says; got {received / rate:.2f} s, "
            f"so it is truncated or damaged. {_FETCH_AGAIN}"
        )
    return _Mixed(samples[:filled], energies, mixed_energy, peak, clipped, expected - received)


def _average(block: FloatArray) -> FloatArray:
    mono = block[:, 0].copy()
    for index in range(1, block.shape[1]):  # column by column: numpy's mean over a short axis is many times slower
        mono += block[:, index]
    mono /= block.shape[1]
    return mono


def _blocks(file: soundfile.SoundFile, first: int, last: int) -> Iterator[FloatArray]:
    file.seek(first)
    size = max(1, _BLOCK_VALUES // file.channels)
    position = first
    while position < last:
        block = file.read(min(size, last - position), dtype="float32", always_2d=True)
        if not len(block):
            return
        position += len(block)
        yield block


def _part(duration: Seconds, start: Seconds | None, end: Seconds | None, shown: str) -> tuple[Seconds, Seconds]:
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


def _missing_fraction(file: soundfile.SoundFile) -> float:
    """How much of the length given in the header is not in the file, 0 to 1; libsndfile only logs it."""
    found = _SHORTFALL.search(str(file.extra_info))
    if found is None:
        return 0.0
    promised, present = int(found[1]), int(found[2])
    if promised in _UNKNOWN_SIZES or promised <= present:
        return 0.0
    return 1 - present / promised


def _channels_cancel(energies: FloatArray, mixed_energy: float) -> bool:
    # One live channel among C leaves 1/C² of its energy in the average; much less than that is cancellation.
    return len(energies) > 1 and mixed_energy < 0.1 * float(energies.max()) / len(energies) ** 2


def _check_present(source: Path | str | BinaryIO, shown: str) -> None:
    if isinstance(source, Path | str):
        path = Path(source)
        if is_folder(path):
            raise AudioError(f"Expected an audio file at {path}; got a folder. Name a file in it.")
        if not is_file(path):
            raise AudioError(f"Expected an audio file at {path}; there is none. Check the path.")
        size = path.stat().st_size
    else:
        source.seek(0, 2)
        size = source.tell()
        source.seek(0)
    if size == 0:
        raise AudioError(f"Expected audio in {shown}; got an empty file (0 bytes). {_FETCH_AGAIN}")


def _openable(source: Path | str | BinaryIO) -> str | bytes | BinaryIO:
    """Name a file as soundfile opens every one: as bytes, since a name need not be text; as text on Windows."""
    if not isinstance(source, Path | str):
        return source
    return str(source) if os.name == "nt" else os.fsencode(source)


def _require_whole_pages(source: Path | str | BinaryIO, shown: str) -> None:
    if isinstance(source, Path | str):
        with Path(source).open("rb") as stream:
            whole = ogg.is_whole(stream)
    else:
        whole = ogg.is_whole(source)
        source.seek(0)
    if not whole:
        raise AudioError(f"Expected a complete recording in {shown}; got one with damaged parts. {_FETCH_AGAIN}")


def _name_of(source: Path | str | BinaryIO) -> str:
    if isinstance(source, Path | str):
        return Path(source).name
    return Path(str(getattr(source, "name", ""))).name or "the recording"


def _is_damage(error: soundfile.LibsndfileError) -> bool:
    return any(word in str(error) for word in ("lost sync", "chunk marker", "Error while decoding", "malformed"))


def _reason(error: soundfile.LibsndfileError) -> str:
    return str(error.error_string).strip().rstrip(".")
