"""The length that the header of a WAV, RF64, W64, AIFF, AU or CAF file gives for its samples, beside what is there.

A program that writes to a pipe cannot go back to its header: the length there is 0, unknown, or the largest that the
field holds.
"""

import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

_MOST_CHUNKS = 1_000
_MOST_HEAD = 1 << 20  # bytes before the samples; more is no header of a recording
_LAST = 1 << 48  # position in bytes; no file is so long
_W64_CHUNK = bytes.fromhex("f3acd3118cd100c04f8edb8a")  # the end of the identifier of every chunk but the first


@dataclass(frozen=True)
class Field:
    """A number in a header.

    Attributes:
        at: its position in bytes.
        form: how it is written, for :mod:`struct`.
        value: what it says.
    """

    at: int
    form: str
    value: int

    def put(self, head: bytearray, value: int) -> None:
        """Write another value, at most the largest that the field holds."""
        bits = 8 * struct.calcsize(self.form)
        struct.pack_into(self.form, head, self.at, min(value, (1 << bits - self.form[-1].islower()) - 1))


@dataclass(frozen=True)
class Samples:
    """Where the samples of a file begin, and how long its header says they are.

    Attributes:
        first: position of their first byte.
        length: their length in bytes, as the header says it.
        counted_before: how many bytes before ``first`` that length includes.
        total: length of the whole file, where it must fit too.
    """

    first: int
    length: Field
    counted_before: int = 0
    total: Field | None = None

    def present(self, size: int) -> int:
        """Return how many bytes of samples a file of ``size`` bytes can hold."""
        return max(0, size - self.first)

    @property
    def promised(self) -> int:
        """How many bytes of samples the header promises."""
        return self.length.value - self.counted_before

    def is_promise(self) -> bool:
        """Tell whether the length is meant: neither 0 nor one that stands for an unknown length."""
        bits = 8 * struct.calcsize(self.length.form)
        if self.promised <= 0 or (bits == 64 and self.promised >= _LAST):
            return False
        # Of 32 bits, with or without a sign, the largest even numbers, with or without the header, stand for unknown.
        return all(abs(self.promised - limit) > 1 << 16 for limit in (1 << 31, 1 << 32, 127 << 24))

    def head(self, stream: BinaryIO, size: int) -> bytes | None:
        """Return the bytes before the samples, with the length of what is there; ``None`` where they are too many."""
        if self.first > _MOST_HEAD:
            return None
        stream.seek(0)
        head = bytearray(stream.read(self.first))
        self.length.put(head, self.present(size) + self.counted_before)
        if self.total is not None:
            self.total.put(head, size)
        return bytes(head)


def samples_in(stream: BinaryIO, size: int) -> Samples | None:
    """Find the samples of a file.

    Args:
        stream: can seek.
        size: of the file, in bytes.

    Returns:
        Where they are; ``None`` for a file of another kind, for one without samples, and for one that other chunks
        follow although its length is 0: there are none then.
    """
    stream.seek(0)
    start = stream.read(16)
    for magic, find in _KINDS.items():
        if start.startswith(magic):
            found = find(stream)
            if found is None or (found.promised <= 0 and _are_chunks(stream, found.first, size, magic)):
                return None
            return found
    return None


def _riff(order: str) -> Callable[[BinaryIO], Samples | None]:
    def find(stream: BinaryIO) -> Samples | None:
        for name, begin, length in _chunks(stream, 12, f"{order}4sI"):
            if name == b"data":
                return Samples(begin, Field(begin - 4, f"{order}I", length))
        return None

    return find


def _rf64(stream: BinaryIO) -> Samples | None:
    sizes: Field | None = None
    for name, begin, length in _chunks(stream, 12, "<4sI"):
        if name == b"ds64":
            sizes = _field(stream, begin + 8, "<Q")
        if name == b"data":
            short = Field(begin - 4, "<I", length)
            return Samples(begin, sizes if sizes is not None and length == 0xFFFFFFFF else short)
    return None


def _aiff(stream: BinaryIO) -> Samples | None:
    for name, begin, length in _chunks(stream, 12, ">4sI"):
        if name == b"SSND":
            return Samples(begin + 8, Field(begin - 4, ">I", length), counted_before=8)
    return None


def _au(order: str) -> Callable[[BinaryIO], Samples | None]:
    def find(stream: BinaryIO) -> Samples | None:
        first, length = _field(stream, 4, f"{order}I"), _field(stream, 8, f"{order}I")
        return None if first is None or length is None else Samples(first.value, length)

    return find


def _caf(stream: BinaryIO) -> Samples | None:
    for name, begin, length in _chunks(stream, 8, ">4sq", aligned=1):
        if name == b"data":
            return Samples(begin + 4, Field(begin - 8, ">q", length), counted_before=4)
    return None


def _w64(stream: BinaryIO) -> Samples | None:
    for name, begin, length in _chunks(stream, 40, "<16sq", aligned=8, counted=24):
        if name == b"data" + _W64_CHUNK:
            return Samples(begin, Field(begin - 8, "<q", length), counted_before=24, total=_field(stream, 16, "<q"))
    return None


_KINDS: dict[bytes, Callable[[BinaryIO], Samples | None]] = {
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
    """Walk over the chunks of a file.

    Args:
        stream: can seek.
        at: position of the first one.
        form: of a chunk's name and length.
        aligned: to how many bytes chunks are padded.
        counted: how many bytes of its own header a chunk's length includes.

    Yields:
        Name, position of the content, and length as it is written.
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


def _field(stream: BinaryIO, at: int, form: str) -> Field | None:
    stream.seek(at)
    read = stream.read(struct.calcsize(form))
    return Field(at, form, struct.unpack(form, read)[0]) if len(read) == struct.calcsize(form) else None


def _are_chunks(stream: BinaryIO, at: int, size: int, magic: bytes) -> bool:
    """Tell whether what follows is chunks to the end of the file, as behind a recording without samples."""
    if magic not in (b"RIFF", b"RIFX", b"RF64", b"FORM"):
        return False
    form = ">4sI" if magic in (b"RIFX", b"FORM") else "<4sI"
    end = at
    for name, begin, length in _chunks(stream, at, form):
        if not (name.isascii() and name.decode().isprintable()):
            return False
        end = begin + length + length % 2
    return at < end and end in (size, size + 1)
