"""A file with another header equals a copy that was written with that header."""

import io

import pytest

from ser_core.audio.patched_file import PatchedFile

CONTENT = bytes(range(200))


@pytest.fixture(params=[(b"", 0), (b"HEAD", 4), (b"A longer header", 4), (b"", 7), (b"x", 200)], ids=str)
def patched(request) -> tuple[PatchedFile, bytes]:
    head, replaced = request.param
    return PatchedFile(io.BytesIO(CONTENT), head, replaced), head + CONTENT[replaced:]


def test_a_patched_file_is_read_as_its_head_and_the_rest_of_the_file(patched):
    file, expected = patched
    assert file.readable()
    assert file.seekable()
    assert file.read() == expected
    assert file.tell() == len(expected)
    assert file.read(5) == b""


def test_a_patched_file_read_in_pieces_of_any_size_is_the_same(patched):
    file, expected = patched
    for size in (1, 3, 64, 1000):
        file.seek(0)
        pieces = iter(lambda size=size: file.read(size), b"")
        assert b"".join(pieces) == expected


def test_every_position_is_counted_as_in_an_ordinary_file(patched):
    file, expected = patched
    ordinary = io.BytesIO(expected)
    for offset, whence in [(2, io.SEEK_SET), (1, io.SEEK_CUR), (-3, io.SEEK_END), (0, io.SEEK_SET), (9, io.SEEK_CUR)]:
        if whence == io.SEEK_END and len(expected) < 3:
            continue
        assert file.seek(offset, whence) == ordinary.seek(offset, whence)
        assert file.read(2) == ordinary.read(2)
        assert file.tell() == ordinary.tell()


def test_the_stream_below_may_be_moved_between_two_reads():
    below = io.BytesIO(CONTENT)
    file = PatchedFile(below, b"HEAD", 2)
    first = file.read(10)
    below.seek(150)
    assert first + file.read() == b"HEAD" + CONTENT[2:]
