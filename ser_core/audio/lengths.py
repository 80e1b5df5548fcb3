"""What the header of a recording says about its length, and whether that is a promise.

A length of 0, an unknown one, and one that the file could never hold are none: the file is read to the end of what is
there, under a header that tells that length, so that everything behind it can seek and divide as in any other file.
Neither is that of an MP3 behind whose frames others follow: files that were put together begin with the first one's.
"""

import io
from dataclasses import dataclass
from typing import BinaryIO

from ser_core.audio import containers, flac, mpeg
from ser_core.audio.mended import Mended

_FEW_FRAMES = 3  # behind those that are promised: the one that promises them, and bytes of a tag that look like one
_MORE = 0.01


@dataclass(frozen=True)
class Length:
    """What is known of a recording's length before it is read.

    Attributes:
        is_promise: whether the header tells it; fewer samples are damage then.
        missing: fraction of the promised samples that the file is too short for, 0 to 1.
        mended: the file under a header that tells the length of what is there; ``None`` where its own does.
    """

    is_promise: bool = True
    missing: float = 0.0
    mended: Mended | None = None


def length_of(stream: BinaryIO) -> Length:
    """Look at the header of a recording, and where that tells no length at what is there.

    Args:
        stream: can seek; must stay open as long as the result is used.

    Returns:
        Its length; that of a complete file for every kind that is not known here.
    """
    size = stream.seek(0, io.SEEK_END)
    samples = containers.samples_in(stream, size)
    if samples is not None:
        return _of_samples(stream, samples, size)
    begin = mpeg.behind_tags(stream)
    info = flac.stream_info(stream, begin)
    if info is not None:
        return _of_flac(stream, info, size)
    found = mpeg.mp3_stream(stream, begin) if _may_be_mp3(stream, begin) else None
    if found is None:
        return Length()
    is_promise = found.is_promise(size)
    if is_promise and not found.may_go_on(size):
        return Length()
    frames = mpeg.count_frames(stream, found)
    if is_promise and frames <= found.promised + max(_FEW_FRAMES, round(_MORE * found.promised)):
        return Length()
    return Length(is_promise=False, mended=Mended(stream, found.info_frame(frames), found.begin))


def _of_samples(stream: BinaryIO, samples: containers.Samples, size: int) -> Length:
    present = samples.present(size)
    if 0 < samples.promised <= present:
        return Length()
    if samples.is_promise():
        return Length(missing=1 - present / samples.promised)
    head = samples.head(stream, size)
    return Length(is_promise=False, mended=None if head is None else Mended(stream, head, len(head)))


def _of_flac(stream: BinaryIO, info: flac.StreamInfo, size: int) -> Length:
    if info.is_promise(size):
        return Length()
    head = info.with_total(flac.count_samples(stream, info))
    return Length(is_promise=False, mended=Mended(stream, head, info.begin + len(head)))


def _may_be_mp3(stream: BinaryIO, begin: int) -> bool:
    stream.seek(begin)
    start = stream.read(2)
    return begin > 0 or mpeg.parsed(start.ljust(4, b"\x10")) is not None
