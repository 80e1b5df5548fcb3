"""EmoTale: annotations that name .wav while the files are .flac, means over annotators, people and languages."""

from pathlib import Path

import pytest

from ser_core.corpora import emotale
from ser_core.errors import CorpusError

ANNOTATIONS = """file,a1_A,a1_V,a1_D,a1_cat,a2_A,a2_V,a2_D,a2_cat,a3_A,a3_V,a3_D,a3_cat,gt_emotion
DK_001_A_1.wav,4.0,1.5,4.5,A,4.0,2.5,5.0,A,5.0,1.0,4.5,A,A
EN_004_S_5.wav,1.0,2.0,3.0,S,2.0,2.0,,S,3.0,2.0,2.0,N,S
"""
SPEAKERS = "speaker,gender,age\n001,F,22\n004,M,24\n"


@pytest.fixture
def root(make_tree) -> Path:
    folder = make_tree(["wav/DK_001_A_1.flac", "wav/EN_004_S_5.flac"])
    (folder / "annotations.csv").write_text(ANNOTATIONS)
    (folder / "speaker_info.csv").write_text(SPEAKERS)
    return folder


def test_ratings_are_means_over_the_annotators_who_rated(root):
    first, second = emotale.load(root).utterances
    assert (first.arousal, first.valence, first.dominance) == pytest.approx((13 / 3, 5 / 3, 14 / 3))
    assert (second.arousal, second.valence, second.dominance) == pytest.approx((2.0, 2.0, 2.5))


def test_flac_files_find_the_rows_that_name_wav(root):
    manifest = emotale.load(root)
    assert [utterance.file for utterance in manifest.utterances] == ["wav/DK_001_A_1.flac", "wav/EN_004_S_5.flac"]
    assert not any("no row" in note for note in manifest.notes)
    assert any("stereo" in note for note in manifest.notes)


def test_the_original_wav_layout_and_the_wav_folder_itself_load_alike(root):
    for path in (root / "wav").iterdir():
        path.rename(path.with_suffix(".wav"))
    assert emotale.load(root / "wav").utterances[0].arousal == pytest.approx(13 / 3)


def test_names_and_the_table_of_people_give_the_rest(root):
    first, second = emotale.load(root).utterances
    assert (first.speaker, first.emotion, first.gender, first.age, first.session) == (
        "001", "angry", "female", 22, "Danish",
    )  # fmt: skip
    assert (second.emotion, second.gender, second.session) == ("sad", "male", "English")
    assert (first.text, second.text) == ("Dugen ligger på køleskabet.", "In seven hours it will be morning.")


def test_a_missing_annotated_recording_is_named(root):
    (root / "wav" / "DK_001_A_1.flac").unlink()
    with pytest.raises(CorpusError, match=r"1 missing: DK_001_A_1\. Copy the corpus again"):
        emotale.load(root)


def test_a_recording_without_ratings_loads_with_a_note(root, make_tree):
    make_tree(["wav/DK_004_B_2.flac"])
    manifest = emotale.load(root)
    assert manifest.utterances[1].arousal is None
    assert manifest.utterances[1].emotion == "boredom"
    assert any("1 recording(s) have no row" in note for note in manifest.notes)


@pytest.mark.parametrize("table", ["annotations.csv", "speaker_info.csv"])
def test_a_missing_or_foreign_table_is_named(root, table):
    (root / table).write_text("something,else\n1,2\n")
    with pytest.raises(CorpusError, match=rf"Expected the columns .*{table}.*missing"):
        emotale.load(root)
    (root / table).unlink()
    with pytest.raises(CorpusError, match=rf"Expected {table}.*github\.com"):
        emotale.load(root)


def test_a_name_that_contradicts_its_annotation_is_refused(root):
    (root / "annotations.csv").write_text(ANNOTATIONS.replace("N,S\n", "N,H\n"))
    with pytest.raises(CorpusError, match=r"gt_emotion.*EN_004_S_5 \(H\)"):
        emotale.load(root)


def test_a_rating_that_is_no_number_is_refused(root):
    (root / "annotations.csv").write_text(ANNOTATIONS.replace("4.0,1.5", "high,1.5"))
    with pytest.raises(CorpusError, match=r"column a1_A of annotations\.csv; got 'high' for DK_001_A_1\.wav"):
        emotale.load(root)


def test_unknown_emotion_and_no_speaker_are_refused(root, make_tree):
    make_tree(["wav/DK_001_X_1.flac"])
    with pytest.raises(CorpusError, match=r"emotion letter A angry.*DK_001_X_1"):
        emotale.load(root)
    make_tree(["wav/DK_A_1.flac"])
    with pytest.raises(CorpusError, match=r"language, speaker, emotion.*DK_A_1"):
        emotale.load(root)
