"""An export is one ZIP that opens as a corpus wherever it is unpacked."""

import zipfile
from pathlib import Path

import pytest

from ser_core.corpora import open_corpus
from ser_core.errors import CorpusError, InputError
from ser_core.recordings import Collection, RecordingPlan
from ser_core.recordings.export import export


def test_an_export_opens_as_a_corpus_where_it_is_unpacked(mine: Collection, spoken, tmp_path: Path, prompt) -> None:
    mine.save_plan(RecordingPlan())
    for emotion in ("happy", "sad"):
        mine.add(spoken(), prompt(emotion=emotion), "Anna")
    gone = mine.add(spoken(), prompt(), "Anna")
    mine.path(gone).unlink()
    told: list[tuple[int, int]] = []
    assert export(mine, tmp_path / "mine.zip", progress=lambda done, of: told.append((done, of))) == 2
    assert told == [(1, 2), (2, 2)]
    with zipfile.ZipFile(tmp_path / "mine.zip") as archive:
        archive.extractall(tmp_path / "elsewhere")
    folder = tmp_path / "elsewhere" / "mine"
    assert sorted(path.name for path in folder.iterdir()) == [
        "audio", "manifest.csv", "manifest.csv.json", "metadata.csv", "plan.toml", "speakers.json",
    ]  # fmt: skip
    opened = open_corpus(str(folder / "manifest.csv"))
    assert opened.root == folder
    assert opened.utterances == mine.contents().rows[:2]


def test_nothing_and_another_suffix_are_refused(mine: Collection, spoken, tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="none to export"):
        export(mine, tmp_path / "mine.zip")
    with pytest.raises(InputError, match="Write mine.zip"):
        export(mine, tmp_path / "mine.rar")


def test_a_recording_that_is_deleted_meanwhile_is_left_out_of_the_list_too(
    mine: Collection, spoken, tmp_path, prompt
) -> None:
    first, second = (mine.add(spoken(), prompt(), "Anna") for _ in range(2))

    def delete(done: int, of: int) -> None:
        if done == 1:
            mine.delete([second.file])

    assert export(mine, tmp_path / "mine.zip", progress=delete) == 1
    with zipfile.ZipFile(tmp_path / "mine.zip") as archive:
        table = archive.read("mine/manifest.csv").decode()
    assert first.file in table
    assert second.file not in table
