"""The folder of a table's recordings is found, and their names are those on disk."""

import unicodedata

import pytest

from ser_core.corpora.table_folder import TRIED, locate
from ser_core.errors import CorpusError


@pytest.fixture
def table(tmp_path):
    folder = tmp_path / "lists"
    folder.mkdir()
    return folder / "list.csv"


def fill(folder, *names):
    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        (folder / name).touch()
    return folder


def test_a_named_folder_is_preferred_to_one_that_holds_more(table):
    named, fuller = fill(table.parent / "a", "1.wav"), fill(table.parent / "b", "1.wav", "2.wav")
    assert locate(table, ["1.wav", "2.wav"], [named]).root == named
    assert locate(table, ["1.wav", "2.wav"], [table.parent]).root == fuller


def test_a_folder_below_the_table_is_found_with_a_note_and_only_if_it_may_be_searched(table):
    deep = fill(table.parent / "data" / "audio", "1.wav")
    found = locate(table, ["1.wav"], [table.parent])
    assert (found.root, found.files) == (deep, ("1.wav",))
    assert found.notes == ("The recordings were found in data/audio/.",)
    with pytest.raises(CorpusError, match=r"1\.wav is not there.*--root FOLDER"):
        locate(table, ["1.wav"], [table.parent], search=False)


def test_a_folder_beside_the_table_is_searched_after_those_below(table):
    beside = fill(table.parent.parent / "audio", "1.wav")
    assert locate(table, ["1.wav"], [table.parent]).root == beside
    below = fill(table.parent / "audio", "1.wav")
    assert locate(table, ["1.wav"], [table.parent]).root == below


def test_of_two_folders_with_all_recordings_none_is_guessed(table):
    fill(table.parent / "clean", "1.wav")
    fill(table.parent / "noisy", "1.wav")
    with pytest.raises(CorpusError, match=r"2 hold them.*clean.*noisy.*--root FOLDER"):
        locate(table, ["1.wav"], [table.parent])


def test_hidden_folders_and_links_are_not_searched(table):
    fill(table.parent / ".cache", "1.wav")
    (table.parent / "link").symlink_to(fill(table.parent.parent / "away" / "deep", "1.wav"))
    with pytest.raises(CorpusError, match="is not there"):
        locate(table, ["1.wav"], [table.parent])


def test_a_few_missing_recordings_do_not_hide_the_folder(table):
    names = [f"{number}.wav" for number in range(TRIED)]
    folder = fill(table.parent / "audio", *names[3:])
    assert locate(table, names, [table.parent]).root == folder


def test_a_missing_suffix_is_completed_and_counted(table):
    fill(table.parent, "1.flac", "2.WAV", "3.mp3")
    found = locate(table, ["1", "2.WAV", "3"], [table.parent])
    assert found.files == ("1.flac", "2.WAV", "3.mp3")
    assert found.notes == ("2 file names without a suffix were completed, such as 1.flac.",)


def test_a_name_in_the_other_unicode_form_is_spelled_as_on_disk(table):
    composed, decomposed = (unicodedata.normalize(form, "jörg.wav") for form in ("NFC", "NFD"))
    fill(table.parent, decomposed)
    assert locate(table, [composed], [table.parent]).files == (decomposed,)
