"""SAVEE: four folders of equally named files, the flat form, incomplete copies."""

from collections import Counter

import pytest

from ser_core.corpora import open_corpus, savee
from ser_core.errors import CorpusError

CORPUS = [
    f"AudioData/{speaker}/{code}{number:02d}.wav"
    for speaker in ("DC", "JE", "JK", "KL")
    for code in ("a", "d", "f", "h", "n", "sa", "su")
    for number in range(1, 31 if code == "n" else 16)
]
FEW = ["AudioData/DC/a01.wav", "AudioData/DC/su02.wav", "AudioData/JE/a01.wav"]


def test_files_of_one_name_in_two_folders_are_two_speakers(make_tree):
    manifest = savee.load(make_tree(FEW))
    assert [(row.file, row.speaker, row.emotion) for row in manifest.utterances] == [
        (FEW[0], "DC", "angry"),
        (FEW[1], "DC", "surprise"),
        (FEW[2], "JE", "angry"),
    ]
    assert {row.gender for row in manifest.utterances} == {"male"}
    assert [row.sentence for row in manifest.utterances] == ["a01", "su02", "a01"]


def test_the_flat_form_says_the_same(make_tree):
    manifest = savee.load(make_tree(["ALL/DC_a01.wav", "ALL/JE_sa15.wav", "ALL/KL_n30.wav"]))
    assert [(row.speaker, row.emotion, row.sentence) for row in manifest.utterances] == [
        ("DC", "angry", "a01"),
        ("JE", "sad", "sa15"),
        ("KL", "neutral", "n30"),
    ]


def test_both_forms_side_by_side_are_read_once(make_tree):
    manifest = savee.load(make_tree(["ALL/DC_a01.wav", *FEW]))
    assert len(manifest.utterances) == 3
    assert any(note.startswith("1 file(s) repeat") for note in manifest.notes)


def test_one_speakers_folder_itself_loads_as_a_part(make_tree):
    manifest = savee.load(make_tree(FEW) / "AudioData" / "DC")
    assert manifest.speakers == ("DC",)
    assert any("2 of the 480 published" in note for note in manifest.notes)


def test_a_complete_copy_has_the_published_counts_and_a_missing_file_is_named(make_tree):
    root = make_tree(CORPUS)
    manifest = open_corpus(f"savee:{root}")
    assert len(manifest.utterances) == 480
    counts = Counter(row.emotion for row in manifest.utterances)
    assert counts == Counter(dict.fromkeys(manifest.labels, 60)) + Counter({"neutral": 60})
    assert not any("published recordings are here" in note for note in manifest.notes)
    (root / "AudioData/JK/f07.wav").unlink()
    with pytest.raises(CorpusError, match=r"all 480 .*1 missing: JK_f07\. Copy the corpus again"):
        savee.load(root)


@pytest.mark.parametrize("file", ["a01.wav", "XY/a01.wav", "DC/a1.wav", "DC/DC_a.wav"])
def test_a_file_that_tells_no_speaker_is_refused(make_tree, file):
    with pytest.raises(CorpusError, match=rf"speaker DC, JE, JK, KL.*{file}.*Keep each speaker's files in his folder"):
        savee.load(make_tree([*FEW, f"AudioData/{file}"]))


def test_an_unknown_emotion_is_refused(make_tree):
    with pytest.raises(CorpusError, match=r"a angry.*su surprise.*DC/b01\.wav.*Correct the names"):
        savee.load(make_tree(["DC/b01.wav"]))


def test_an_unreadable_file_is_named(make_tree):
    root = make_tree(FEW)
    (root / FEW[0]).write_bytes(b"this is no sound")
    with pytest.raises(CorpusError, match=r"a01\.wav \(not audio.*Copy these files again"):
        savee.load(root)
