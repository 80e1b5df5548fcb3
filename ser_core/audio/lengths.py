"""The length of a recording as declared in its header, and whether it can be relied on.

A length of 0, an unknown one, and one that the file cannot hold are not relied on: the file is read to its end, with a
patched header that declares the actual length, so that later code can seek as in any other file. The same holds for an
MP3 with more frames than declared: a concatenated file begins with the header of its first part.
"""

import io
from dataclasses import dataclass
from typing import BinaryIO

from ser_core.audio import containers, flac, mpeg
from ser_core.audio.patched_file import PatchedFile

_FEW_FRAMES = 3  # beyond the declared ones: the frame that declares them, and bytes of a tag that look like a frame
_MORE = 0.01


@dataclass(frozen=True)
class RecordedLength:
    """What is known about a recording's length before it is read.

    Attributes:
        is_declared: whether the header declares it; a file with fewer samples is damaged.
        missing: fraction of the declared samples for which the file is too short, 0 to 1.
        patched: the file with a header that declares the actual length; ``None`` if its own header does.
    """

    is_declared: bool = True
    missing: float = 0.0
    patched: PatchedFile | None = None


def length_of(stream: BinaryIO) -> RecordedLength:
    """Read the declared length of a recording, and find the actual one if there is none.

    The seekable ``stream`` must stay open as long as the result is used. Other formats count as complete.
    """
    size = stream.seek(0, io.SEEK_END)
    samples = containers.samples_in(stream, size)
    if samples is not None:
        return _of_samples(stream, samples, size)
    begin = mpeg.after_tags(stream)
    info = flac.stream_info(stream, begin)
    if info is not None:
        return _of_flac(stream, info, size)
    found = mpeg.mp3_stream(stream, begin) if _may_be_mp3(stream, begin) else None
    if found is None:
        return RecordedLength()
    is_declared = found.is_declared(size)
    if is_declared and not found.may_go_on(size):
        return RecordedLength()
    frames = mpeg.count_frames(stream, found)
    if is_declared and frames <= found.declared + max(_FEW_FRAMES, round(_MORE * found.declared)):
        return RecordedLength()
    return RecordedLength(is_declared=False, patched=PatchedFile(stream, found.info_frame(frames), found.begin))


def _of_samples(stream: BinaryIO, samples: containers.SampleData, size: int) -> RecordedLength:
    present = samples.present(size)
    if 0 < samples.declared <= present:
        return RecordedLength()
    if samples.is_declared():
        return RecordedLength(missing=1 - present / samples.declared)
    head = samples.head(stream, size)
    return RecordedLength(is_declared=False, patched=None if head is None else PatchedFile(stream, head, len(head)))


def _of_flac(stream: BinaryIO, info: flac.StreamInfo, size: int) -> RecordedLength:
    if info.is_declared(size):
        return RecordedLength()
    head = info.with_total(flac.count_samples(stream, info))
    return RecordedLength(is_declared=False, patched=PatchedFile(stream, head, info.begin + len(head)))


def _may_be_mp3(stream: BinaryIO, begin: int) -> bool:
    stream.seek(begin)
    start = stream.read(2)
    return begin > 0 or mpeg.parsed(start.ljust(4, b"\x10")) is not None
