"""The length of an MP3 file: declared in its Xing or Info frame, or found by counting frames."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

_SAMPLE_RATES = {3: (44_100, 48_000, 32_000), 2: (22_050, 24_000, 16_000), 0: (11_025, 12_000, 8_000)}  # by version
_KILOBITS_1 = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
_KILOBITS_2 = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)
_LAYER_3, _MPEG_1, _MONO = 1, 3, 3
_SMALLEST_FRAME = 24  # bytes: MPEG-2 at 8 kbit/s and 24 kHz
_LONGEST_FRAME = 1_441  # bytes: MPEG-1 at 320 kbit/s and 32 kHz, padded
_FIRST_SEARCHED = 1 << 17  # bytes after the tags in which the first frame is searched
_BLOCK = 1 << 20
_INFO_BITRATE = 8  # 112 or 64 kbit/s: such a frame has room for the count


@dataclass(frozen=True)
class Mp3Frame:
    """The four bytes of a frame's header in layer III, and its size in bytes; 0 if not stated ("free format")."""

    header: bytes
    size: int

    @property
    def stream(self) -> tuple[int, int]:
        """Version and sample rate, the same in every frame of a stream."""
        return self.header[1] >> 3 & 3, self.header[2] >> 2 & 3

    @property
    def side_information(self) -> int:
        """Number of bytes between the header and the marker of a Xing or Info frame."""
        is_mono = self.header[3] >> 6 == _MONO
        if self.stream[0] == _MPEG_1:
            return 17 if is_mono else 32
        return 9 if is_mono else 17


@dataclass(frozen=True)
class Mp3Stream:
    """An MP3 file.

    Attributes:
        begin: position of its first frame.
        first: header of that frame.
        declared: number of frames according to its Xing or Info frame; 0 without one.
        declared_bytes: their length with that frame, as it names it; 0 where it does not.
    """

    begin: int
    first: Mp3Frame
    declared: int
    declared_bytes: int = 0

    def may_go_on(self, size: int) -> bool:
        """Return whether a file of ``size`` bytes has room for a frame after the declared ones."""
        return self.declared_bytes == 0 or size - self.begin - self.declared_bytes >= _SMALLEST_FRAME

    def is_declared(self, size: int) -> bool:
        """Return whether the number of frames is declared, and possible in a file of ``size`` bytes."""
        return 0 < self.declared <= size // _SMALLEST_FRAME

    def info_frame(self, frames: int) -> bytes:
        """Return an Info frame that declares the number of frames after it."""
        header = bytes(
            (0xFF, self.first.header[1] | 1, _INFO_BITRATE << 4 | self.first.header[2] & 0x0C, self.first.header[3])
        )
        frame = parsed(header)
        size = frame.size if frame is not None else 0
        named = header + bytes(self.first.side_information) + b"Info" + struct.pack(">II", 1, frames)
        return named.ljust(size, b"\0")


def parsed(header: bytes) -> Mp3Frame | None:
    """Parse a header of layer III (ISO/IEC 11172-3 and 13818-3, section 2.4.2.3); None for anything else."""
    if len(header) < 4 or header[0] != 0xFF or header[1] & 0xE0 != 0xE0 or header[1] >> 1 & 3 != _LAYER_3:
        return None
    version, index, rate = header[1] >> 3 & 3, header[2] >> 4, header[2] >> 2 & 3
    if version == 1 or index == 15 or rate == 3:
        return None
    if index == 0:
        return Mp3Frame(header[:4], 0)
    is_first = version == _MPEG_1
    bits = 1000 * (_KILOBITS_1 if is_first else _KILOBITS_2)[index]
    padding = header[2] >> 1 & 1
    return Mp3Frame(header[:4], (144 if is_first else 72) * bits // _SAMPLE_RATES[version][rate] + padding)


def after_tags(stream: BinaryIO) -> int:
    """Return where the sound begins, after the ID3v2 tags (ID3 tag version 2.4.0, section 3.1)."""
    at = 0
    while True:
        stream.seek(at)
        head = stream.read(10)
        if len(head) < 10 or not head.startswith(b"ID3") or any(byte & 0x80 for byte in head[6:10]):
            return at
        length = head[6] << 21 | head[7] << 14 | head[8] << 7 | head[9]
        at += 10 + length + (10 if head[5] & 0x10 else 0)


def mp3_stream(stream: BinaryIO, begin: int) -> Mp3Stream | None:
    """Find the first frame at ``begin`` or soon after it; ``None`` without a frame of layer III."""
    stream.seek(begin)
    data = stream.read(_FIRST_SEARCHED)
    at = -1
    while (at := data.find(b"\xff", at + 1)) >= 0:
        frame = parsed(data[at : at + 4])
        if frame is None or frame.size == 0:
            continue
        following = data[at + frame.size : at + frame.size + 4]
        after = parsed(following)
        if (after is not None and after.stream == frame.stream) or (at == 0 and len(following) < 4):
            return Mp3Stream(begin + at, frame, *_declared(data[at : at + frame.size], frame))
    return None


def count_frames(stream: BinaryIO, found: Mp3Stream) -> int:
    """Count the frames of an MP3 file; other bytes between them are ignored."""
    return sum(1 for _ in _frames(stream, found))


def _declared(frame: bytes, header: Mp3Frame) -> tuple[int, int]:
    """Read a Xing or Info frame: number of frames and of bytes, 0 for a missing one."""
    at = 4 + header.side_information
    if frame[at : at + 4] not in (b"Xing", b"Info") or not frame[at + 7 : at + 8]:
        return 0, 0
    flags, at = frame[at + 7], at + 8
    frames = int.from_bytes(frame[at : at + 4], "big") if flags & 1 else 0
    at += 4 * (flags & 1)
    return frames, int.from_bytes(frame[at : at + 4], "big") if flags & 2 else 0


def _frames(stream: BinaryIO, found: Mp3Stream) -> Iterator[Mp3Frame]:
    stream.seek(found.begin)
    data, at = b"", 0
    while True:
        if len(data) - at < _LONGEST_FRAME + 4:
            data, at = data[at:] + stream.read(_BLOCK), 0
        if len(data) - at < 4:
            return
        frame = parsed(data[at : at + 4])
        if frame is not None and frame.size and frame.stream == found.first.stream:
            yield frame
            at += frame.size
        else:
            following = data.find(b"\xff", at + 1)
            at = following if following >= 0 else len(data)
