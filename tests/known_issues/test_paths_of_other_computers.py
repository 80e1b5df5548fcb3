r"""A list that names its recordings as ``/content/drive/…`` or ``C:\…`` was refused, with advice that did not help."""

import shutil

import pandas as pd
import pytest

from ser_core.cli import main
from ser_core.corpora import open_corpus, open_table
from ser_core.corpora.table_columns import TableOptions
from ser_core.corpora.table_paths import below_root
from ser_core.errors import CorpusError


@pytest.fixture
def listed(tiny_corpus, tmp_path):
    """Return a function that names recordings by paths of another computer; they lie below ``voices``, by speaker."""

    def write(named):
        rows = pd.read_csv(tiny_corpus)
        for file, speaker in zip(rows["file"], rows["speaker"], strict=True):
            (tmp_path / "voices" / speaker).mkdir(parents=True, exist_ok=True)
            shutil.copy(tiny_corpus.parent / file, tmp_path / "voices" / speaker / file)
        rows["file"] = [named(f"{speaker}/{file}") for file, speaker in zip(rows["file"], rows["speaker"], strict=True)]
        (tmp_path / "lists").mkdir()
        rows.to_csv(tmp_path / "lists" / "list.csv", index=False)
        return tmp_path / "lists" / "list.csv"

    return write


NAMED = [
    lambda file: f"/content/drive/My Drive/voices/{file}",
    lambda file: f"/kaggle/input/{file}",
    lambda file: f"/{file}",
    lambda file: "C:\\Users\\Jörg\\voices\\" + file.replace("/", "\\"),
    lambda file: "\\\\server\\share\\voices\\" + file.replace("/", "\\"),
    lambda file: f"D:/data/{file}",
]


@pytest.mark.parametrize("named", NAMED, ids=["colab", "kaggle", "root", "windows", "share", "drive"])
def test_they_are_read_below_the_folder_that_is_named(named, listed, tmp_path, capsys, monkeypatch):
    table = listed(named)
    out = tmp_path / "ours.csv"
    assert main(["manifest", str(table), "--out", str(out)]) == 2
    told = " ".join(capsys.readouterr().err.split())
    assert "Say where they are here: python -m ser_core manifest TABLE --root FOLDER --out NEW.csv" in told
    monkeypatch.chdir(tmp_path)
    for root in ("voices", str(tmp_path / "voices")):
        assert main(["manifest", str(table), "--root", root, "--out", str(out)]) == 0
        assert "36 files are named by paths of another computer" in " ".join(capsys.readouterr().err.split())
        manifest = open_corpus(str(out))
        assert manifest.utterances[0].file == "f1/f1_neutral0.wav"
        assert all(manifest.path(one).is_file() for one in manifest.utterances)


def test_the_folder_may_be_one_above_or_one_below(listed, tmp_path):
    table = listed(lambda file: f"/content/voices/{file}")
    assert open_table(table, TableOptions(root=tmp_path)).utterances[0].file == "voices/f1/f1_neutral0.wav"
    rows = pd.read_csv(table)
    rows[rows["speaker"] == "f1"].to_csv(table, index=False)
    assert open_table(table, TableOptions(root=tmp_path / "voices" / "f1")).utterances[0].file == "f1_neutral0.wav"


def test_where_they_are_not_below_it_the_list_is_refused(listed, tmp_path):
    table = listed(lambda file: f"/content/voices/{file}")
    with pytest.raises(CorpusError, match=r"got '/content/voices/f1/f1_neutral0\.wav' in line 2\. Say where they are"):
        open_table(table, TableOptions(root=tmp_path / "lists"))


def test_no_path_leads_out_of_the_folder(tmp_path):
    (tmp_path / "secret.wav").write_bytes(b"")
    (tmp_path / "root").mkdir()
    for file in ("/x/../secret.wav", "../secret.wav", "C:\\..\\secret.wav", "\\\\server\\share\\..\\secret.wav"):
        assert below_root([file], tmp_path / "root") == ([file], [])


def test_relative_paths_beside_whole_ones_stay(listed, tmp_path):
    table = listed(lambda file: file if file.startswith("m") else f"/content/{file}")
    manifest = open_table(table, TableOptions(root=tmp_path / "voices"))
    assert {one.file.split("/")[0] for one in manifest.utterances} == {"f1", "f2", "m1", "m2"}
    assert any(note.startswith("18 files are named by paths of another computer") for note in manifest.notes)
