"""The length of a FLAC stream without a declared length, as programs write it that write to a pipe."""

import io
from dataclasses import dataclass
from typing import BinaryIO

_TOTAL_AT = 21  # position of the 36-bit number of samples, which begins four bits later
_HEAD = 42  # the marker and the block STREAMINFO
_CRC_8 = [0] * 256
for _byte in range(256):
    _value = _byte
    for _ in range(8):
        _value = (_value << 1 ^ 0x107) if _value & 0x80 else _value << 1
    _CRC_8[_byte] = _value


@dataclass(frozen=True)
class StreamInfo:
    """The block STREAMINFO of a FLAC stream.

    Attributes:
        begin: position of the marker; tags of players may precede it.
        total: number of samples of each channel; 0 is unknown.
        longest_block: samples in its longest frame.
        head: its first 42 bytes.
    """

    begin: int
    total: int
    longest_block: int
    head: bytes

    def is_declared(self, size: int) -> bool:
        """Return whether the number of samples is declared, and possible in a file of ``size`` bytes."""
        # A frame has at least a header of six bytes, a byte for its samples and two of checksum.
        return 0 < self.total <= max(1, self.longest_block) * (size // 9 + 1)

    def with_total(self, total: int) -> bytes:
        """Return its first 42 bytes with another number of samples."""
        head = bytearray(self.head)
        head[_TOTAL_AT] = head[_TOTAL_AT] & 0xF0 | total >> 32 & 0x0F
        head[_TOTAL_AT + 1 : _TOTAL_AT + 5] = (total & 0xFFFFFFFF).to_bytes(4, "big")
        return bytes(head)


def stream_info(stream: BinaryIO, begin: int) -> StreamInfo | None:
    """Read the beginning of a FLAC stream at ``begin``; ``None`` for another format."""
    stream.seek(begin)
    head = stream.read(_HEAD)
    if len(head) < _HEAD or not head.startswith(b"fLaC") or head[4] & 127 != 0:
        return None
    total = (head[_TOTAL_AT] & 0x0F) << 32 | int.from_bytes(head[_TOTAL_AT + 1 : _TOTAL_AT + 5], "big")
    return StreamInfo(begin, total, int.from_bytes(head[10:12], "big"), head)


def count_samples(stream: BinaryIO, info: StreamInfo) -> int:
    """Return where the last frame of a stream ends, in samples from the beginning; 0 without a frame.

    References:
        RFC 9639, section 9.1 (frame header).
    """
    size = stream.seek(0, io.SEEK_END)
    for length in (1 << 16, 1 << 20, 1 << 24):
        first = max(info.begin + _HEAD, size - length)
        stream.seek(first)
        found = _last_end(stream.read(), info.longest_block)
        if found or first == info.begin + _HEAD:
            return found
    return 0


def _last_end(data: bytes, longest_block: int) -> int:
    at = len(data)
    while (at := data.rfind(b"\xff", 0, at)) >= 0:
        end = _end_of_frame(data[at : at + 16], longest_block)
        if end:
            return end
    return 0


def _end_of_frame(header: bytes, longest_block: int) -> int:
    """Return the number of the sample after a frame, from its header; 0 if it is not a header."""
    if len(header) < 6 or header[1] & 0xFE != 0xF8 or header[3] & 1 or header[2] & 15 == 15 or header[3] >> 4 > 10:
        return 0
    number, used = _coded_number(header[4:])
    if used == 0:
        return 0
    at = 4 + used
    code = header[2] >> 4
    if code == 0:
        return 0
    if code in (6, 7):
        block = int.from_bytes(header[at : at + code - 5], "big") + 1
        at += code - 5
    else:
        block = 192 if code == 1 else 576 << code - 2 if code <= 5 else 256 << code - 8
    rate = header[2] & 15
    at += {12: 1, 13: 2, 14: 2}.get(rate, 0)
    if at >= len(header) or block > longest_block or _crc_8(header[:at]) != header[at]:
        return 0
    return (number if header[1] & 1 else number * longest_block) + block


def _coded_number(coded: bytes) -> tuple[int, int]:
    """Decode a number coded like UTF-8, up to 36 bits; returns it and its number of bytes, 0 if invalid."""
    first = coded[0]
    if first < 0x80:
        return first, 1
    count = 8 - (first ^ 0xFF).bit_length()
    if not 2 <= count <= 7 or len(coded) < count or any(byte >> 6 != 2 for byte in coded[1:count]):
        return 0, 0
    number = first & (1 << 7 - count) - 1
    for byte in coded[1:count]:
        number = number << 6 | byte & 63
    return number, count


def _crc_8(data: bytes) -> int:
    value = 0
    for byte in data:
        value = _CRC_8[value ^ byte]
    return value
