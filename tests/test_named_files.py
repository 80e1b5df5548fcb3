"""What is kept under names of a person's own lies in one folder, and nothing beside it is touched."""

from pathlib import Path

import pytest

from ser_core.errors import VoiceError
from ser_core.named_files import NamedFiles


@pytest.fixture
def files(tmp_path: Path) -> NamedFiles:
    return NamedFiles("voice", ".json", VoiceError, lambda: tmp_path / "voices")


def test_a_file_is_called_after_the_thing_and_numbered_if_that_is_taken(files: NamedFiles, tmp_path: Path):
    assert files.paths() == []
    places = []
    for _ in range(3):
        places.append(files.free_path("../Jörg"))
        places[-1].parent.mkdir(exist_ok=True)
        places[-1].touch()
    (tmp_path / "voices" / ".half-written.json").touch()
    assert [place.name for place in places] == ["Jorg.json", "Jorg-2.json", "Jorg-3.json"]
    assert files.paths() == sorted(places)


def test_only_files_of_the_library_are_deleted(files: NamedFiles, tmp_path: Path):
    kept = files.free_path("mine")
    (tmp_path / "voices" / "folder.json").mkdir(parents=True)
    kept.touch()
    beside = tmp_path / "mine.json"
    beside.touch()
    for path in (beside, kept.parent / ".." / "mine.json", kept.parent / "folder.json", kept.with_name("gone.json")):
        with pytest.raises(VoiceError, match=r"one of the voices kept in .*; got .* Choose one from the list"):
            files.delete(path)
    files.delete(kept)
    assert beside.exists()
    assert not kept.exists()
