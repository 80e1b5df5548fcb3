"""EmoBank: its columns, its split, its scale, and files that are not it; a protocol by the corpus's own split."""

from pathlib import Path

import pytest

from ser_core.corpora import CORPORA, open_corpus
from ser_core.corpora.manifest import Manifest, Utterance
from ser_core.corpora.protocols import given, make_folds
from ser_core.errors import CorpusError

HEAD = "id,split,V,A,D,text\n"
ROWS = (
    '110CYL068_1036_1079,train,3.0,3.5,3.2,"Remember what she said? """\n'
    "110CYL068_1079_1110,test,2.8,3.1,2.8,If I wasn't working here.\n"
    "SemEval_1,dev,4.2,4.0,3.0,Goal delights fans\n"
)


@pytest.fixture
def emobank(tmp_path):
    def write(content):
        (tmp_path / "emobank.csv").write_text(content, encoding="utf-8")
        return tmp_path

    return write


def test_a_row_has_its_text_its_part_and_its_ratings_and_its_document_for_a_speaker(emobank):
    manifest = open_corpus(f"emobank:{emobank(HEAD + ROWS)}", labelled=False)
    first, _, third = manifest.utterances
    assert first.text == 'Remember what she said? "'
    assert (first.valence, first.arousal, first.dominance) == (3.0, 3.5, 3.2)
    assert [row.split for row in manifest.utterances] == ["train", "test", "development"]
    assert [row.speaker for row in manifest.utterances] == ["110CYL068", "110CYL068", "SemEval_1"]
    assert len({row.file for row in manifest.utterances}) == 3
    assert third.emotion is None
    assert any("3 of 10062 published sentences" in note for note in manifest.notes)
    assert "BY-SA" in manifest.licence
    assert not CORPORA["emobank"].spoken


def test_its_own_split_is_the_only_fold_and_the_shared_documents_are_counted(emobank):
    from ser_core.corpora.splits import speaker_overlap

    manifest = open_corpus(f"emobank:{emobank(HEAD + ROWS)}", labelled=False)
    for seed in (0, 1):
        (fold,) = make_folds(manifest, "given-split", seed)
        assert (fold.train, fold.development, fold.test) == ((0,), (2,), (1,))
    assert speaker_overlap(manifest, fold) == 1


@pytest.mark.parametrize(
    ("content", "advice"),
    [
        ("", "Expected the columns id, split, V, A, D, text"),
        ("id,V\nx,3\n", "got id, V. Take the file"),
        (HEAD, "Expected sentences.*got none"),
        (
            HEAD + "x_1_2,training,3,3,3,Hello\n",
            "a split among train, dev, test, in line 2.*got 'x_1_2' and 'training'",
        ),
        (HEAD + ROWS.replace("4.2", "5.1"), r"Expected a rating from 1 to 5 for V in line 4 .*got '5.1'"),
        (HEAD + ROWS.replace("4.2", "nan"), "a rating from 1 to 5 for V"),
        (HEAD + "x_1_2,train,3,3\n", "a rating from 1 to 5 for D"),
    ],
)
def test_another_table_is_refused_with_its_line(emobank, content, advice):
    with pytest.raises(CorpusError, match=advice):
        open_corpus(f"emobank:{emobank(content)}", labelled=False)


def test_a_corpus_without_a_split_of_its_own_gets_advice():
    with pytest.raises(CorpusError, match="column split of every row for given-split.*choose another protocol"):
        make_folds(open_corpus("demo"), "given-split", 0)


def test_a_split_of_its_own_that_takes_a_recording_apart_is_refused():
    rows = [
        Utterance(f"{part}.wav", part, "sad", split=part, recording="one") for part in ("train", "development", "test")
    ]
    manifest = Manifest("tiny", Path("/nowhere"), tuple(rows), "", "")
    with pytest.raises(CorpusError, match="train.wav, development.wav.*share sound in tiny.*Correct the column split"):
        given.GIVEN_SPLIT.make(manifest, 0)
