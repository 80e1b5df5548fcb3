"""Finding recordings: links to files are followed, links to folders are not, and whoever wonders is told."""

import pytest

from ser_core.corpora.folder import recordings_in
from ser_core.errors import CorpusError


def test_linked_folders_are_not_entered_so_that_no_circle_is_walked_and_nothing_outside_is_read(make_tree, tmp_path):
    root = make_tree(["a.wav", "sub/b.wav"])
    outside = tmp_path / "outside"
    outside.mkdir()
    (root / "a.wav").rename(outside / "c.wav")
    (root / "circle").symlink_to(root)
    (root / "sub" / "up").symlink_to("..")
    (root / "elsewhere").symlink_to(outside)
    (root / "itself.wav").symlink_to("itself.wav")
    (root / "linked.wav").symlink_to(outside / "c.wav")
    found, notes = recordings_in(root, "a corpus", "NAME.wav")
    assert list(found) == ["itself", "linked", "b"]
    (note,) = notes
    assert note.startswith("3 linked folder(s) were not looked into: ")
    assert {"circle", "elsewhere", "sub/up"} == set(note.partition(": ")[2].rstrip(".").split(", "))


def test_a_corpus_whose_folders_are_all_links_is_told_so(make_tree, tmp_path):
    make_tree(["a.wav"])
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty" / "Actor_01").symlink_to(tmp_path / "corpus")
    with pytest.raises(
        CorpusError, match=r"found no \.wav or \.flac.*1 linked folder\(s\) were not looked into: Actor_01"
    ):
        recordings_in(tmp_path / "empty", "a corpus", "NAME.wav")


def test_the_corpus_folder_itself_may_be_a_link(make_tree, tmp_path):
    (tmp_path / "link").symlink_to(make_tree(["a.wav"]))
    assert list(recordings_in(tmp_path / "link", "a corpus", "NAME.wav")[0]) == ["a"]
