"""TESS: folders spelled in several ways, a second copy within, one misspelt file, incomplete copies."""

from collections import Counter
from pathlib import Path

import pytest

from ser_core.corpora import open_corpus, tess
from ser_core.errors import CorpusError

WORDS = ("back", "bar", "base", "bath", "bean", "beg", "bite", "boat", "bone", "book")  # the first of 200
CORPUS = [
    f"{voice}_{emotion}/{voice}_{word}_{emotion}.wav"
    for voice in ("OAF", "YAF")
    for emotion in tess.EMOTION_CODES
    for word in WORDS
]
FEW = ["OAF_Fear/OAF_back_fear.wav", "OAF_Pleasant_surprise/OAF_back_ps.wav", "YAF_pleasant_surprised/YAF_dog_ps.wav"]


def test_the_file_name_counts_however_its_folder_is_spelled(make_tree):
    manifest = tess.load(make_tree([*FEW, "OAF_Sad/OAF_back_sad.wav", "YAF_sad/YAF_back_sad.wav", "YAF_bar_angry.wav"]))
    emotions = [(utterance.speaker, utterance.emotion) for utterance in manifest.utterances]
    assert emotions == [
        ("OAF", "fearful"), ("OAF", "surprise"), ("OAF", "sad"), ("YAF", "angry"), ("YAF", "surprise"), ("YAF", "sad"),
    ]  # fmt: skip


def test_names_give_actress_age_and_word(make_tree):
    first, _, third = tess.load(make_tree(FEW)).utterances
    assert (first.gender, first.age, first.sentence, first.text) == ("female", 64, "back", "Say the word back")
    assert (third.age, third.corpus) == (26, "tess")


def test_the_one_misspelt_file_belongs_to_the_older_actress(make_tree):
    utterance = tess.load(make_tree(["OAF_neutral/OA_bite_neutral.wav"])).utterances[0]
    assert (utterance.speaker, utterance.emotion, utterance.sentence) == ("OAF", "neutral", "bite")
    assert utterance.file.endswith("OA_bite_neutral.wav")


def test_the_second_copy_within_is_read_once(make_tree):
    within = [f"TESS Toronto emotional speech set data/{file}" for file in FEW]
    manifest = tess.load(make_tree([*FEW, *within]))
    assert [utterance.file for utterance in manifest.utterances] == FEW
    assert any(note.startswith("3 file(s) repeat") for note in manifest.notes)


@pytest.fixture
def ten_words(monkeypatch):
    """Take ten words for the whole set."""
    monkeypatch.setattr(tess, "WORDS", len(WORDS))


def test_2800_recordings_were_published(make_tree):
    assert any(f"{len(FEW)} of the 2800 published" in note for note in tess.load(make_tree(FEW)).notes)


def test_in_a_complete_copy_each_actress_says_each_word_in_each_emotion(make_tree, ten_words):
    root = make_tree(CORPUS)
    manifest = open_corpus(f"tess:{root}")
    assert set(Counter((row.speaker, row.emotion) for row in manifest.utterances).values()) == {10}
    assert not any("published recordings are here" in note for note in manifest.notes)
    assert any("Two actresses only" in note for note in manifest.notes)
    (root / "OAF_sad" / "OAF_beg_sad.wav").unlink()
    with pytest.raises(CorpusError, match=r"all 140 .*1 missing: OAF_beg_sad\. Copy the corpus again"):
        tess.load(root)


def test_a_word_that_is_missing_altogether_is_counted(make_tree, ten_words):
    found = {Path(file).stem: Path(file) for file in CORPUS if "_beg_" not in file}
    assert len(tess.missing(found)) == 14
    assert tess.missing(found)[0] == "one more of OAF, angry (9 of 10)"


@pytest.mark.parametrize("name", ["hello.wav", "MAF_back_angry.wav", "OA_back_angry.wav", "OAF_back.wav"])
def test_a_name_without_an_actress_is_refused(make_tree, name):
    with pytest.raises(CorpusError, match=rf"actress OAF or YAF.*{name}.*original names"):
        tess.load(make_tree([*FEW, name]))


def test_an_unknown_emotion_is_refused(make_tree):
    with pytest.raises(CorpusError, match=r"neutral, ps, sad at the end.*OAF_back_bored\.wav.*Correct the names"):
        tess.load(make_tree(["OAF_back_bored.wav"]))


def test_an_unreadable_file_is_named(make_tree):
    root = make_tree(FEW)
    (root / FEW[0]).write_bytes(b"this is no sound")
    with pytest.raises(CorpusError, match=r"OAF_back_fear\.wav \(not audio.*Copy these files again"):
        tess.load(root)
