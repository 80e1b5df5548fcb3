"""Whether an OGG file is whole: libsndfile passes over a damaged page without a word, and its seconds are missing."""

import struct
import zlib
from typing import BinaryIO

_MARK = b"OggS"
_HEADER = struct.Struct("<4sBBqIIIB")  # mark, version, flags, position, stream, number, checksum, count of lengths
_LAST_PAGE = 4
_REVERSED = bytes(int(f"{byte:08b}"[::-1], 2) for byte in range(256))


def is_whole(stream: BinaryIO) -> bool:
    """Compare every page with its checksum, and see that none is missing.

    Args:
        stream: at the file's beginning; read to its end.

    Returns:
        False if a page is damaged, missing or cut off. What lies behind the last page is not looked at, and neither is
        a file of another format.

    References:
        RFC 3533, section 6.
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
        if following.get(serial, number) != number:
            return False
        if position:  # pages before the first sound: a recorded broadcast goes on from them with any number
            following[serial] = number + 1
        ended = bool(flags & _LAST_PAGE)
    return True


def _checksum(page: bytes) -> int:
    """CRC-32 as OGG has it: most significant bit first, beginning with 0, not inverted. zlib's is the mirror image."""
    mirrored = zlib.crc32(page.translate(_REVERSED), 0xFFFFFFFF) ^ 0xFFFFFFFF
    return int(f"{mirrored:032b}"[::-1], 2)
