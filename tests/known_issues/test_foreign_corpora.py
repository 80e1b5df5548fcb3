"""A corpus of somebody else's, as it lies on disk, is opened at once or after one line of advice."""

import shutil

import pandas as pd
import pytest

from ser_core.cli import main
from ser_core.corpora import open_corpus
from ser_core.corpora.table import load
from ser_core.corpora.table_columns import TableOptions
from ser_core.errors import CorpusError


@pytest.fixture
def bring(tiny_corpus, tmp_path):
    """Write a foreign table, and the recordings that it lists into a folder of its own."""

    def bring(
        name,
        rename,
        *,
        folder="samples",
        separator="\t",
        suffix=True,
        emotions=None,
        keep=("file", "speaker", "emotion"),
    ):
        rows = pd.read_csv(tiny_corpus)[list(keep)]
        home = tmp_path / "foreign"
        (home / folder).mkdir(parents=True, exist_ok=True)
        for file in rows["file"]:
            shutil.copy(tiny_corpus.parent / file, home / folder / file)
        rows["emotion"] = rows["emotion"].map(lambda emotion: (emotions or {}).get(emotion, emotion))
        if not suffix:
            rows["file"] = rows["file"].str.removesuffix(".wav")
        table = home / name
        table.parent.mkdir(parents=True, exist_ok=True)
        rows.rename(columns=rename).to_csv(table, index=False, sep=separator)
        return table

    return bring


def told(capsys):
    return " ".join(capsys.readouterr().err.split())


def test_a_tab_separated_list_with_other_names_and_a_folder_below_it_opens_at_once(bring, tmp_path, capsys):
    table = bring("list.tsv", {"file": "file_id", "speaker": "speaker_id"})
    manifest = open_corpus(str(table))
    assert len(manifest.utterances) == 36
    assert manifest.root == table.parent / "samples"
    assert manifest.notes == (
        "Columns read as ours: file_id → file, speaker_id → speaker.",
        "The recordings were found in samples/.",
    )
    out = tmp_path / "list.csv"
    assert main(["manifest", str(table), "--out", str(out)]) == 0
    message = told(capsys)
    assert "note: Columns read as ours: file_id → file, speaker_id → speaker." in message
    assert open_corpus(str(out)).digest() == manifest.digest(), "what was written is read back the same"


@pytest.mark.parametrize(
    ("rename", "name", "folder", "suffix"),
    [
        ({"file": "Path", "speaker": "client_id", "emotion": "Label"}, "train.csv", "clips", True),
        ({"file": "utterance_id", "speaker": "Actor"}, "meta/labels.tsv", "audio", False),
        ({"file": "file name", "speaker": "Speaker-ID", "emotion": "Emo"}, "x.tsv", "a/b/c", True),
        ({"file": "wav", "speaker": "spk"}, "lists/all.tsv", ".", False),
    ],
)
def test_other_likely_names_folders_and_file_names_without_a_suffix(bring, rename, name, folder, suffix):
    table = bring(name, rename, folder=folder, suffix=suffix)
    if folder in ("audio", "."):  # beside the table's own folder
        home = table.parent.parent
        target = home / "audio"
        target.mkdir(exist_ok=True)
        for file in home.rglob("*.wav"):
            file.replace(target / file.name)
    manifest = open_corpus(str(table))
    assert len(manifest.utterances) == 36
    assert all(manifest.path(one).is_file() for one in manifest.utterances)
    assert manifest.speakers == ("f1", "f2", "m1", "m2")


def test_our_own_names_come_before_likely_ones(bring):
    table = bring("list.tsv", {})
    rows = pd.read_csv(table, sep="\t")
    rows["speaker_id"] = "wrong"
    rows["path"] = "wrong"
    rows.to_csv(table, index=False, sep="\t")
    manifest = open_corpus(str(table))
    assert manifest.speakers == ("f1", "f2", "m1", "m2")
    assert "Columns not used: speaker_id, path." in manifest.notes


def test_columns_that_nobody_could_guess_are_all_named_at_once_and_can_be_said(bring, tmp_path, capsys):
    table = bring("list.tsv", {"file": "which", "speaker": "who", "emotion": "how"})
    with pytest.raises(CorpusError, match=r"file, speaker, emotion missing, got which, who, how.*--columns") as raised:
        open_corpus(str(table))
    assert "python -m ser_core manifest TABLE --columns file=COLUMN,speaker=COLUMN,emotion=COLUMN" in str(raised.value)
    out = tmp_path / "own.csv"
    arguments = ["manifest", str(table), "--columns", "file=which,speaker=who", "--columns", "emotion=how"]
    assert main([*arguments, "--out", str(out)]) == 0
    assert len(open_corpus(str(out)).utterances) == 36
    assert "which → file" in told(capsys)


def test_emotions_in_another_language_are_named_with_their_counts_or_left_out(bring, tmp_path, capsys):
    table = bring("list.tsv", {}, emotions={"angry": "Wut", "sad": "Trauer"})
    with pytest.raises(CorpusError, match=r"24 row\(s\) differ.*--emotions THEIRS=OURS"):
        open_corpus(str(table))
    out = tmp_path / "own.csv"
    assert main(["manifest", str(table), "--emotions", "wut=angry,Trauer=drop", "--out", str(out)]) == 0
    assert "Emotions read as chosen: Trauer → left out (12 rows), Wut → angry (12 rows)." in told(capsys)
    assert open_corpus(str(out)).labels == ("neutral", "angry")


def test_a_folder_that_cannot_be_told_is_asked_for(bring, tmp_path):
    table = bring("list.tsv", {"file": "file_id", "speaker": "speaker_id"})
    shutil.copytree(table.parent / "samples", table.parent / "copy")
    with pytest.raises(CorpusError, match=r"one folder with the recordings of list.tsv; 2 hold them.*--root FOLDER"):
        open_corpus(str(table))
    assert load(table, TableOptions(root=table.parent / "copy")).root == table.parent / "copy"
    shutil.rmtree(table.parent / "copy")
    shutil.rmtree(table.parent / "samples")
    with pytest.raises(CorpusError, match=r"f1_neutral0.wav is not there.*--root FOLDER"):
        open_corpus(str(table))


def test_paths_of_this_computer_are_read_below_the_folder_that_is_named(bring):
    table = bring("list.tsv", {})
    rows = pd.read_csv(table, sep="\t")
    rows["file"] = [str(table.parent / "samples" / file) for file in rows["file"]]
    rows.to_csv(table, index=False, sep="\t")
    with pytest.raises(CorpusError, match="below the table's folder"):
        open_corpus(str(table))
    manifest = load(table, TableOptions(root=table.parent))
    assert manifest.utterances[0].file == "samples/f1_neutral0.wav"


@pytest.mark.parametrize(
    ("arguments", "advice"),
    [
        (["--columns", "speakr=who"], "got 'speakr'. Did you mean 'speaker'?"),
        (["--columns", "speaker=wo"], "Expected the column 'wo'"),
        (["--columns", "speaker"], "Expected --columns OURS=THEIRS"),
        (["--columns", "speaker=who,file=who"], "'who' is named twice"),
        (["--emotions", "Wut=anger"], "got Wut=anger. Did you mean 'angry'?"),
        (["--columns", "speaker=who", "--root", "nowhere"], "nowhere; f1_neutral0.wav is not there"),
    ],
)
def test_wrong_options_are_told(bring, tmp_path, capsys, arguments, advice):
    table = bring("list.tsv", {"speaker": "who"})
    out = tmp_path / "own.csv"
    assert main(["manifest", str(table), *arguments, "--out", str(out)]) == 2
    assert advice in told(capsys)
    assert not out.exists()


def test_options_of_tables_are_refused_for_a_folder_and_a_table_is_not_overwritten(bring, tmp_path, capsys):
    assert main(["manifest", "demo", "--root", "x", "--out", str(tmp_path / "x.csv")]) == 2
    assert "Expected --root with a table" in told(capsys)
    table = bring("list.csv", {}, separator=",")
    before = table.read_bytes()
    assert main(["manifest", str(table), "--out", str(table)]) == 2
    assert "another file to write" in told(capsys)
    assert table.read_bytes() == before


def test_emotion_names_that_were_read_otherwise_are_told_in_the_terminal(
    bring, tiny_recipe, tiny_checkpoint, tmp_path, capsys
):
    table = bring("list.tsv", {}, emotions={"angry": "Anger"})
    out = tmp_path / "vectors.parquet"
    assert main(["embed", "--checkpoint", str(tiny_checkpoint), "--corpus", str(table), "--out", str(out)]) == 0
    assert "note: Emotion names read as: anger → angry (12 rows)." in told(capsys)
    run = ["train", "--corpus", str(table), "--recipe", str(tiny_recipe), "--set", "stages.0.epochs=1"]
    assert main([*run, "--out", str(tmp_path / "run")]) == 0
    assert "note: Emotion names read as: anger → angry (12 rows)." in told(capsys)


def test_embed_takes_a_mapping(tiny_corpus, tiny_checkpoint, tmp_path):
    out = tmp_path / "vectors.parquet"
    arguments = ["embed", "--checkpoint", str(tiny_checkpoint), "--corpus", str(tiny_corpus), "--out", str(out)]
    assert main([*arguments, "--map", "angry=frustrated", "--map", "neutral=drop"]) == 0
    assert pd.read_parquet(out)["emotion"].value_counts().to_dict() == {"sad": 12, "frustrated": 12}
