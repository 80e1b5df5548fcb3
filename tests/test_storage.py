"""A file is written completely or not at all."""

import errno
import os
import re
from pathlib import Path

import pytest

from ser_core.errors import StorageError
from ser_core.storage import require_writable, write_atomically, write_text, write_text_atomically, write_together


def test_text_is_written_as_utf8_into_a_folder_that_is_made(tmp_path: Path) -> None:
    path = tmp_path / "new" / "folder" / "a.txt"
    write_text_atomically(path, "Angst, größer\n")
    assert path.read_bytes() == "Angst, größer\n".encode()
    assert list(path.parent.iterdir()) == [path]


def test_a_full_disk_leaves_the_old_file_and_nothing_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    write_text_atomically(path, "old")

    def fill_the_disk(temporary: Path) -> None:
        temporary.write_text("half of the n")
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with pytest.raises(StorageError, match=r"Expected to write .*a\.txt; .*No space left on device. Free some space"):
        write_atomically(path, fill_the_disk)
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_another_error_while_writing_leaves_the_old_file_too(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    write_text_atomically(path, "old")

    def fail(temporary: Path) -> None:
        temporary.write_text("half")
        raise KeyError("a bug")

    with pytest.raises(KeyError, match="a bug"):
        write_atomically(path, fail)
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_move_that_fails_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.txt"
    write_text_atomically(path, "old")

    def refuse(*_: object) -> None:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    monkeypatch.setattr(os, "replace", refuse)
    with pytest.raises(StorageError, match=r"Permission denied. .* nothing that was there has changed"):
        write_text_atomically(path, "new")
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_that_cannot_be_made_is_an_error_with_advice(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(StorageError, match="check the folder's permissions"):
        write_text_atomically(tmp_path / "file" / "a.txt", "new")


def test_of_files_that_belong_together_none_is_replaced_before_all_are_written(tmp_path: Path) -> None:
    figures, table = tmp_path / "figures.json", tmp_path / "table.parquet"
    write_together({table: lambda path: write_text(path, "old rows"), figures: lambda path: write_text(path, "old")})

    def fill_the_disk(temporary: Path) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with pytest.raises(StorageError, match=r"Expected to write .*figures\.json; .*No space left"):
        write_together({table: lambda path: write_text(path, "new rows"), figures: fill_the_disk})
    assert (table.read_text(), figures.read_text()) == ("old rows", "old")
    assert set(tmp_path.iterdir()) == {figures, table}


def test_a_reader_never_sees_a_part(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    write_text_atomically(path, "old")

    def look_while_writing(temporary: Path) -> None:
        temporary.write_text("new")
        assert path.read_text() == "old"
        assert temporary.parent == path.parent
        assert temporary.suffix == path.suffix

    write_atomically(path, look_while_writing)
    assert path.read_text() == "new"


@pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")
def test_a_written_file_can_be_read_by_others_as_any_other_file(tmp_path: Path) -> None:
    write_text_atomically(tmp_path / "a.txt", "text")
    assert (tmp_path / "a.txt").stat().st_mode & 0o777 == 0o644


@pytest.mark.parametrize("name", [".", "..", "folder"])
def test_a_folder_in_place_of_a_file_is_refused_by_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    (tmp_path / "folder").mkdir()
    monkeypatch.chdir(tmp_path)
    for write in (require_writable, lambda path: write_text_atomically(path, "text")):
        with pytest.raises(StorageError, match=f"got '{re.escape(name)}', a folder. Name a file in it.$"):
            write(Path(name))
    assert [path.name for path in tmp_path.iterdir()] == ["folder"]
