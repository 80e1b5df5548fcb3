"""The length of the samples as declared in the header of a WAV, RF64, W64, AIFF, AU or CAF file.

A program that writes to a pipe cannot update its header: the length there is 0, unknown, or the largest value of the
field.
"""

import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

_MOST_CHUNKS = 1_000
_MOST_HEAD = 1 << 20  # bytes before the samples; headers of recordings are shorter
_LAST = 1 << 48  # position in bytes; no file is as long
_W64_CHUNK = bytes.fromhex("f3acd3118cd100c04f8edb8a")  # the end of the identifier of every chunk but the first


@dataclass(frozen=True)
class HeaderField:
    """A number in a header: its position in bytes, its format for :mod:`struct`, its value."""

    at: int
    form: str
    value: int

    def put(self, head: bytearray, value: int) -> None:
        """Write another value; one that is too large becomes the largest of the field."""
        bits = 8 * struct.calcsize(self.form)
        struct.pack_into(self.form, head, self.at, min(value, (1 << bits - self.form[-1].islower()) - 1))


@dataclass(frozen=True)
class SampleData:
    """Position of the samples in a file, and their declared length.

    Attributes:
        first: position of their first byte.
        length: their length in bytes, as declared in the header.
        counted_before: number of bytes before ``first`` that the length includes.
        total: length of the whole file, in formats that declare it too.
    """

    first: int
    length: HeaderField
    counted_before: int = 0
    total: HeaderField | None = None

    def present(self, size: int) -> int:
        """Return the number of bytes of samples in a file of ``size`` bytes."""
        return max(0, size - self.first)

    @property
    def declared(self) -> int:
        """Number of bytes of samples according to the header."""
        return self.length.value - self.counted_before

    def is_declared(self) -> bool:
        """Return whether the header declares a length: neither 0 nor a value that stands for an unknown length."""
        bits = 8 * struct.calcsize(self.length.form)
        if self.declared <= 0 or (bits == 64 and self.declared >= _LAST):
            return False
        # The largest even 32-bit numbers, signed or unsigned, with or without the header, stand for unknown.
        return all(abs(self.declared - limit) > 1 << 16 for limit in (1 << 31, 1 << 32, 127 << 24))

    def head(self, stream: BinaryIO, size: int) -> bytes | None:
        """Return the bytes before the samples with the actual length; ``None`` if there are too many bytes."""
        if self.first > _MOST_HEAD:
            return None
        stream.seek(0)
        head = bytearray(stream.read(self.first))
        self.length.put(head, self.present(size) + self.counted_before)
        if self.total is not None:
            self.total.put(head, size)
        return bytes(head)


def samples_in(stream: BinaryIO, size: int) -> SampleData | None:
    """Find the samples of a seekable file of ``size`` bytes.

    None for another format, and for a file without samples (with a length of 0 and other chunks after it).
    """
    stream.seek(0)
    start = stream.read(16)
    for magic, find in _KINDS.items():
        if start.startswith(magic):
            found = find(stream)
            if found is None or (found.declared <= 0 and _are_chunks(stream, found.first, size, magic)):
                return None
            return found
    return None


def _riff(order: str) -> Callable[[BinaryIO], SampleData | None]:
    def find(stream: BinaryIO) -> SampleData | None:
        for name, begin, length in _chunks(stream, 12, f"{order}4sI"):
            if name == b"data":
                return SampleData(begin, HeaderField(begin - 4, f"{order}I", length))
        return None

    return find


def _rf64(stream: BinaryIO) -> SampleData | None:
    sizes: HeaderField | None = None
    for name, begin, length in _chunks(stream, 12, "<4sI"):
        if name == b"ds64":
            sizes = _field(stream, begin + 8, "<Q")
        if name == b"data":
            short = HeaderField(begin - 4, "<I", length)
            return SampleData(begin, sizes if sizes is not None and length == 0xFFFFFFFF else short)
    return None


def _aiff(stream: BinaryIO) -> SampleData | None:
    for name, begin, length in _chunks(stream, 12, ">4sI"):
        if name == b"SSND":
            return SampleData(begin + 8, HeaderField(begin - 4, ">I", length), counted_before=8)
    return None


def _au(order: str) -> Callable[[BinaryIO], SampleData | None]:
    def find(stream: BinaryIO) -> SampleData | None:
        first, length = _field(stream, 4, f"{order}I"), _field(stream, 8, f"{order}I")
        return None if first is None or length is None else SampleData(first.value, length)

    return find


def _caf(stream: BinaryIO) -> SampleData | None:
    for name, begin, length in _chunks(stream, 8, ">4sq", aligned=1):
        if name == b"data":
            return SampleData(begin + 4, HeaderField(begin - 8, ">q", length), counted_before=4)
    return None


def _w64(stream: BinaryIO) -> SampleData | None:
    for name, begin, length in _chunks(stream, 40, "<16sq", aligned=8, counted=24):
        if name == b"data" + _W64_CHUNK:
            return SampleData(
                begin, HeaderField(begin - 8, "<q", length), counted_before=24, total=_field(stream, 16, "<q")
            )
    return None


_KINDS: dict[bytes, Callable[[BinaryIO], SampleData | None]] = {
    b"RIFF": _riff("<"),
    b"RIFX": _riff(">"),
    b"RF64": _rf64,
    b"FORM": _aiff,
    b".snd": _au(">"),
    b"dns.": _au("<"),
    b"caff": _caf,
    b"riff\x2e\x91\xcf\x11\xa5\xd6\x28\xdb": _w64,
}


def _chunks(
    stream: BinaryIO, at: int, form: str, *, aligned: int = 2, counted: int = 0
) -> Iterator[tuple[bytes, int, int]]:
    """Yield name, position of the content, and length as written of each chunk from the position ``at``.

    ``form`` is the format of name and length; chunks are padded to ``aligned`` bytes; a chunk's length includes
    ``counted`` bytes of its own header.
    """
    header = struct.calcsize(form)
    for _ in range(_MOST_CHUNKS):
        if at > _LAST:
            return
        stream.seek(at)
        read = stream.read(header)
        if len(read) < header:
            return
        name, length = struct.unpack(form, read)
        yield name, at + header, length
        content = max(0, length - counted)
        at += header + content + -content % aligned


def _field(stream: BinaryIO, at: int, form: str) -> HeaderField | None:
    stream.seek(at)
    read = stream.read(struct.calcsize(form))
    return HeaderField(at, form, struct.unpack(form, read)[0]) if len(read) == struct.calcsize(form) else None


def _are_chunks(stream: BinaryIO, at: int, size: int, magic: bytes) -> bool:
    """Return whether chunks follow to the end of the file, as in a recording without samples."""
    if magic not in (b"RIFF", b"RIFX", b"RF64", b"FORM"):
        return False
    form = ">4sI" if magic in (b"RIFX", b"FORM") else "<4sI"
    end = at
    for name, begin, length in _chunks(stream, at, form):
        if not (name.isascii() and name.decode().isprintable()):
            return False
        end = begin + length + length % 2
    return at < end and end in (size, size + 1)
