"""A file with another header, read without copying the rest."""

import io
from typing import BinaryIO


class PatchedFile(io.RawIOBase):
    """Replaces the first bytes of a file; the rest is read from the file itself."""

    def __init__(self, stream: BinaryIO, head: bytes, replaced: int) -> None:
        """Replace the first ``replaced`` bytes of ``stream``, which can seek and stays open, by ``head``."""
        self._stream, self._head = stream, head
        self._shift = replaced - len(head)
        self._size = stream.seek(0, io.SEEK_END) - self._shift
        self._position = 0

    def readable(self) -> bool:
        """Return True: bytes can be read."""
        return True

    def seekable(self) -> bool:
        """Return True: any position can be reached."""
        return True

    def tell(self) -> int:
        """Return the position in bytes from the beginning."""
        return self._position

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to a position, and return it in bytes from the beginning."""
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._position, io.SEEK_END: self._size}[whence]
        self._position = max(0, base + offset)
        return self._position

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """Fill ``buffer`` as far as the file reaches, and return the number of bytes."""
        view = memoryview(buffer).cast("B")
        begin = self._head[self._position : self._position + len(view)]
        view[: len(begin)] = begin
        count = len(begin)
        if count < len(view):
            self._stream.seek(self._position + count + self._shift)
            rest = self._stream.read(len(view) - count)
            view[count : count + len(rest)] = rest
            count += len(rest)
        self._position += count
        return count
