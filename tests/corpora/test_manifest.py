"""Manifests: labels in order, digests, mapping of emotions, and what is written and read back."""

import csv
import dataclasses
import errno
import os
import shutil

import pytest

from ser_core.corpora import emodb, open_corpus, ravdess
from ser_core.corpora.manifest import Utterance, write_manifest
from ser_core.errors import CorpusError, InputError, StorageError

FILES = ["Actor_01/03-01-01-01-01-01-01.wav", "Actor_02/03-01-08-02-02-02-02.wav", "Actor_07/03-01-03-01-02-01-07.wav"]


def test_labels_come_in_the_order_of_every_figure(make_tree):
    assert ravdess.load(make_tree(FILES)).labels == ("neutral", "happy", "surprise")


def test_the_digest_follows_the_rows_and_not_the_folder(make_tree, tmp_path):
    manifest = ravdess.load(make_tree(FILES))
    moved = ravdess.load(shutil.move(manifest.root, tmp_path / "elsewhere"))
    assert moved.root != manifest.root
    assert moved.digest() == manifest.digest()
    assert manifest.select([0, 1]).digest() != manifest.digest()


@pytest.mark.parametrize("name", [field.name for field in dataclasses.fields(Utterance)])
def test_the_digest_changes_with_every_column_of_one_row(make_tree, name):
    manifest = ravdess.load(make_tree(FILES))
    other = dataclasses.replace(manifest.utterances[1], **{name: 7})
    changed = dataclasses.replace(manifest, utterances=(manifest.utterances[0], other, manifest.utterances[2]))
    assert changed.digest() != manifest.digest()


def test_the_table_has_only_columns_with_values(make_tree, tmp_path):
    write_manifest(ravdess.load(make_tree(FILES)), tmp_path / "out" / "table.csv")
    with (tmp_path / "out" / "table.csv").open(encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    assert list(rows[0]) == [
        "file", "speaker", "emotion", "gender", "text", "intensity", "sentence", "corpus", "recording",
    ]  # fmt: skip
    assert rows[0]["speaker"] == "01"
    assert [bool(row["recording"]) for row in rows] == [False, False, True]


@pytest.mark.parametrize("name", ["table.csv", "table.parquet"])
def test_a_written_manifest_reads_back_equal_from_another_folder(make_tree, tmp_path, name):
    manifest = ravdess.load(make_tree(FILES))
    first = dataclasses.replace(manifest.utterances[0], end=0.123456789, arousal=1 / 3, age=31)
    manifest = dataclasses.replace(manifest, utterances=(first, *manifest.utterances[1:]))
    write_manifest(manifest, tmp_path / "out" / name)
    again = open_corpus(str(tmp_path / "out" / name))
    assert again.digest() == manifest.digest()
    assert (again.licence, again.citation, again.notes) == (manifest.licence, manifest.citation, manifest.notes)
    assert again.path(again.utterances[0]).is_file()


@pytest.mark.parametrize("name", ["table.csv", "table.tsv", "table.parquet"])
def test_umlauts_survive(make_tree, tmp_path, name):
    manifest = emodb.load(make_tree(["wav/03b01Fa.wav"]))
    write_manifest(manifest, tmp_path / name)
    assert "Tüten".encode() in (tmp_path / name).read_bytes()
    assert open_corpus(str(tmp_path / name)).digest() == manifest.digest()


def test_another_suffix_is_refused(make_manifest, tmp_path):
    with pytest.raises(InputError, match=r"ends in \.csv, \.tsv or \.parquet; got 'table\.xlsx'"):
        write_manifest(make_manifest(["f1"]), tmp_path / "table.xlsx")


def test_a_full_disk_leaves_the_earlier_table(make_manifest, tmp_path, monkeypatch):
    path = tmp_path / "table.csv"
    write_manifest(make_manifest(["f1"]), path)
    before = path.read_bytes()

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(StorageError, match="Free some space"):
        write_manifest(make_manifest(["f1", "f2"]), path)
    assert path.read_bytes() == before


def test_mapping_renames_drops_and_counts(make_manifest):
    manifest = make_manifest(["f1", "m1"], emotions=("neutral", "calm", "excited", "sad"), takes=2)
    mapped = manifest.map_emotions({"excited": "happy", "calm": "drop", "boredom": "neutral"})
    assert mapped.labels == ("neutral", "happy", "sad")
    assert len(mapped.utterances) == 12
    assert mapped.notes == (
        "Emotions mapped: excited → happy (4 rows), calm → left out (4 rows), boredom → neutral (0 rows).",
    )
    assert manifest.map_emotions({}) is manifest


def test_mapping_to_an_unknown_name_or_to_nothing_is_refused(make_manifest):
    manifest = make_manifest(["f1"], emotions=("sad",))
    with pytest.raises(InputError, match=r"--map .*or emotion=drop to leave one out; got 'joy'"):
        manifest.map_emotions({"sad": "joy"})
    for mapping in ({"sad": "hapy"}, {"hapy": "sad"}):
        with pytest.raises(InputError, match=r"got 'hapy'\. Did you mean 'happy'\?"):
            manifest.map_emotions(mapping)
    with pytest.raises(InputError, match="drops them all"):
        manifest.map_emotions({"sad": "drop"})


def test_the_frame_holds_one_row_per_utterance(make_manifest):
    frame = make_manifest(["f1", "m1"]).frame()
    assert list(frame.columns) == ["file", "speaker", "emotion", "gender"]
    assert len(frame) == 24


@pytest.mark.parametrize(
    ("spec", "message"),
    [
        ("ravdes:/data", "Did you mean 'ravdess'"),
        ("dmo", r"got 'dmo'\. Did you mean 'demo'\?"),
        ("ravdess", "Add the folder"),
        ("ravdess:", "folder after the colon"),
        ("/data/ravdess", "write for example ravdess:/data/ravdess"),
        ("nothing.csv", "there is none"),
    ],
)
def test_a_wrong_corpus_argument_gets_the_right_form(spec, message):
    with pytest.raises(Exception, match=message) as caught:
        open_corpus(spec)
    assert type(caught.value).__name__ in ("CorpusError", "ConfigError")


def test_a_folder_without_its_kind_and_a_single_recording_are_told_what_can_be_done_with_them(make_tree):
    root = make_tree(["a.wav"])
    with pytest.raises(
        CorpusError, match="Name the kind of the folder, for example ravdess:.*Recordings without labels"
    ):
        open_corpus(str(root))
    with pytest.raises(CorpusError, match=r"List recordings in a table.* predict --checkpoint people .*a\.wav$"):
        open_corpus(str(root / "a.wav"))


def test_a_table_of_two_corpora_shows_both_licences(make_tree, tmp_path):
    root = make_tree(["a.wav", "b.wav"])
    (root / "both.csv").write_text("file,speaker,emotion,corpus\na.wav,1,sad,ravdess\nb.wav,2,happy,urdu\n")
    manifest = open_corpus(str(root / "both.csv"))
    assert manifest.corpus == "ravdess+urdu"
    assert "BY-NC-SA" in manifest.licence
    assert "research purposes" in manifest.licence


def test_a_table_beside_a_damaged_card_is_read_without_it_and_a_note_says_so(make_tree, damaged_json):
    root = make_tree(["a.wav"])
    (root / "t.csv").write_text("file,speaker,emotion\na.wav,1,sad\n")
    assert open_corpus(str(root / "t.csv")).notes == ()
    text, told = damaged_json
    for damaged, reason in ((text, told), ("[]", "JSON that is a list")):
        (root / "t.csv.json").write_text(damaged)
        manifest = open_corpus(str(root / "t.csv"))
        assert "Not stated" in manifest.licence
        (note,) = manifest.notes
        assert note.startswith("Expected root, licence, citation and notes of the table in t.csv.json; got: ")
        assert reason in note
        assert "put that file back from a copy, or write the table again" in note
    (root / "a.wav").unlink()
    with pytest.raises(CorpusError, match=r"a\.wav is not there.*Put the table into the corpus folder"):
        open_corpus(str(root / "t.csv"))
