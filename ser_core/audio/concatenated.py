"""Detection of several recordings in one file: decoders silently stop at the end of the first."""

import io
import struct
from typing import BinaryIO

from ser_core.audio import containers, flac, mpeg, ogg

_MOST_BOXES = 10_000
_BLOCK = 1 << 20
_FLAC_MARK = b"fLaC"
_WITH_STREAM_INFO = (_FLAC_MARK + b"\x00\x00\x00\x22", _FLAC_MARK + b"\x80\x00\x00\x22")


def has_second_recording(stream: BinaryIO) -> bool:
    """Return whether a second recording follows the first in a seekable file.

    True for chained OGG, and for FLAC, WAV, AIFF, AU, CAF and MPEG-4 followed by another file of the same format. MP3,
    WebM and AAC are always read to their end, whatever the header says.

    References:
        RFC 3533, section 4 (chains in OGG); RFC 9639, section 8 (FLAC); ISO/IEC 14496-12, section 4.3 (MPEG-4).
    """
    size = stream.seek(0, io.SEEK_END)
    stream.seek(0)
    start = stream.read(8)
    if start.startswith(b"OggS"):
        return ogg.is_chain(stream)
    if start[4:] == b"ftyp":
        return _has_second_file_type(stream, size)
    info = flac.stream_info(stream, mpeg.after_tags(stream))
    if info is not None:
        return _has_second_stream_info(stream, info.begin + len(_FLAC_MARK))
    return _begins_after_samples(stream, start, size)


def _begins_after_samples(stream: BinaryIO, start: bytes, size: int) -> bool:
    samples = containers.samples_in(stream, size)
    if samples is None or not samples.is_declared():
        return False
    ends = [samples.first + samples.declared]
    if start[:4] in (b"RIFF", b"RIFX", b"FORM"):  # other chunks may lie between
        ends.append(8 + struct.unpack("<I" if start.startswith(b"RIFF") else ">I", start[4:8])[0])
    for end in ends:
        stream.seek(end)
        following = stream.read(5)  # an odd number of bytes is padded by one
        if start[:4] in (following[:4], following[1:]):
            return True
    return False


def _has_second_stream_info(stream: BinaryIO, at: int) -> bool:
    """Search for FLAC's marker with the header of the block after it, eight bytes that no frame contains by chance."""
    stream.seek(at)
    kept = b""
    while block := stream.read(_BLOCK):
        content = kept + block
        if any(mark in content for mark in _WITH_STREAM_INFO):
            return True
        kept = content[-7:]
    return False


def _has_second_file_type(stream: BinaryIO, size: int) -> bool:
    at, found = 0, 0
    for _ in range(_MOST_BOXES):
        stream.seek(at)
        head = stream.read(16)
        if len(head) < 8:
            break
        length = int.from_bytes(head[:4], "big")
        if length == 1:
            length = int.from_bytes(head[8:], "big")
        found += head[4:8] == b"ftyp"
        if length < 8 or at + length >= size:  # 0 means to the end of the file
            break
        at += length
    return found > 1
