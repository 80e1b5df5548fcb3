"""Views are kept under names of a person's own, completely or not at all, and deleted for good."""

import os
from pathlib import Path

import pytest

from ser_core.embeddings import view_library
from ser_core.embeddings.view import View
from ser_core.embeddings.view_text import OF_ONE
from ser_core.errors import StorageError, ViewError
from ser_core.workspace import views_directory

VIEW = View(space="demo", colour="speaker")


@pytest.fixture(autouse=True)
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SER_WORKSPACE", str(tmp_path))
    return tmp_path


def test_a_view_is_kept_listed_renamed_and_deleted():
    assert view_library.saved_views(OF_ONE) == []
    path = view_library.save_view(VIEW, "  angry,   seen from the side ", OF_ONE)
    assert view_library.saved_views(OF_ONE) == [path]
    assert view_library.load(path, OF_ONE) == ("angry, seen from the side", VIEW, ())
    view_library.rename(path, "angry", OF_ONE)
    assert view_library.load(path, OF_ONE) == ("angry", VIEW, ())
    view_library.rename(path, "angry", OF_ONE)
    view_library.delete(path, OF_ONE)
    assert list(views_directory().iterdir()) == []


@pytest.mark.parametrize("name", ["../../etc/passwd", "C:\\con", "NUL", ".hidden", "<b>x</b>", "ä" * 80, "📈"])
def test_a_name_is_shown_as_it_is_and_never_used_as_a_path(name: str):
    path = view_library.save_view(VIEW, name, OF_ONE)
    assert path.parent == views_directory()
    assert view_library.saved_views(OF_ONE) == [path]
    assert view_library.load(path, OF_ONE)[0] == name


def test_names_that_make_the_same_file_do_not_meet():
    first, second = view_library.save_view(VIEW, "a b", OF_ONE), view_library.save_view(View(), "a-b", OF_ONE)
    assert [view_library.load(path, OF_ONE)[0] for path in (first, second)] == ["a b", "a-b"]


@pytest.mark.parametrize(("name", "told"), [(" ", "got 0"), ("x" * 81, "got 81"), ("a\x00b", "cannot be printed")])
def test_a_name_that_cannot_be_used_is_refused(name: str, told: str):
    with pytest.raises(ViewError, match=told):
        view_library.save_view(VIEW, name, OF_ONE)
    assert not view_library.saved_views(OF_ONE)


def test_a_name_that_is_taken_is_refused_and_the_other_view_stays():
    path = view_library.save_view(VIEW, "mine", OF_ONE)
    other = view_library.save_view(View(), "other", OF_ONE)
    with pytest.raises(ViewError, match="no other view has; got 'mine'"):
        view_library.save_view(View(), "mine", OF_ONE)
    with pytest.raises(ViewError, match="Choose another name"):
        view_library.rename(other, "mine", OF_ONE)
    assert view_library.load(path, OF_ONE)[1] == VIEW


def test_a_damaged_view_says_so_and_can_be_deleted():
    path = view_library.save_view(VIEW, "mine", OF_ONE)
    path.write_bytes(b"{")
    with pytest.raises(ViewError, match="as JSON"):
        view_library.load(path, OF_ONE)
    with pytest.raises(ViewError, match="as JSON"):
        view_library.rename(path, "yours", OF_ONE)
    assert view_library.save_view(VIEW, "beside it", OF_ONE).exists()
    view_library.delete(path, OF_ONE)
    assert not path.exists()


def test_what_lies_elsewhere_is_neither_deleted_nor_renamed(workspace: Path):
    other = workspace / "other.json"
    other.write_text("{}")
    for act in (lambda path: view_library.delete(path, OF_ONE), lambda path: view_library.rename(path, "x", OF_ONE)):
        with pytest.raises(ViewError, match="one of the views kept"):
            act(other)
    assert other.exists()


def test_a_disk_that_is_full_leaves_the_former_view(monkeypatch: pytest.MonkeyPatch):
    path = view_library.save_view(VIEW, "mine", OF_ONE)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(StorageError, match="No space left"):
        view_library.rename(path, "yours", OF_ONE)
    assert view_library.load(path, OF_ONE)[0] == "mine"
    assert list(views_directory().iterdir()) == [path]
