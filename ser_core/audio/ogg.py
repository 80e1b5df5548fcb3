"""Integrity of OGG files: libsndfile silently skips damaged pages, whose sound is then missing."""

import io
import struct
import zlib
from typing import BinaryIO

_MARK = b"OggS"
_HEADER = struct.Struct("<4sBBqIIIB")  # mark, version, flags, position, stream, number, checksum, count of lengths
_FIRST_PAGE, _LAST_PAGE = 2, 4
_NO_POSITION = (1 << 64) - 1  # of a page on which no packet ends
_REVERSED = bytes(int(f"{byte:08b}"[::-1], 2) for byte in range(256))


def is_whole(stream: BinaryIO) -> bool:
    """Check every page against its checksum, and that no page is missing (RFC 3533, section 6).

    The stream is at the file's beginning and is read to its end. Bytes after the last page and files of other formats
    are not checked.
    """
    following: dict[int, int] = {}  # stream → number of its next page
    ended = True
    while start := stream.read(_HEADER.size):
        if len(start) < _HEADER.size or not start.startswith(_MARK):
            return ended
        _, _, flags, position, serial, number, checksum, count = _HEADER.unpack(start)
        lengths = stream.read(count)
        content = stream.read(sum(lengths))
        if len(lengths) < count or len(content) < sum(lengths):
            return False
        if _checksum(start[:22] + bytes(4) + start[26:] + lengths + content) != checksum:
            return False
        if flags & _FIRST_PAGE:  # of the next stream in a chain, which may have the same serial number
            following.pop(serial, None)
        if following.get(serial, number) != number:
            return False
        if position:  # pages before the first sound: a recorded broadcast goes on from them with any number
            following[serial] = number + 1
        ended = bool(flags & _LAST_PAGE)
    return True


def is_chain(stream: BinaryIO) -> bool:
    """Return whether another stream begins after the first sound; libsndfile would not read it.

    Streams side by side begin before the first page of any content, those of a chain later (RFC 3533, section 4).
    """
    stream.seek(0)
    has_sound = False
    while len(start := stream.read(_HEADER.size)) == _HEADER.size and start.startswith(_MARK):
        _, _, flags, position, _, _, _, count = _HEADER.unpack(start)
        if flags & _FIRST_PAGE and has_sound:
            return True
        has_sound |= 0 < position < _NO_POSITION
        stream.seek(sum(stream.read(count)), io.SEEK_CUR)
    return False


def _checksum(page: bytes) -> int:
    """CRC-32 in OGG's form: most significant bit first, initial value 0, not inverted; zlib's is the mirror image."""
    mirrored = zlib.crc32(page.translate(_REVERSED), 0xFFFFFFFF) ^ 0xFFFFFFFF
    return int(f"{mirrored:032b}"[::-1], 2)
