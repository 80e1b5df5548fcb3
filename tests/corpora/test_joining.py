"""Several corpora are trained on together, and their speakers stay apart."""

import dataclasses
import re
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from ser_core.corpora import SPEAKERS_OF, open_corpus
from ser_core.corpora.joining import joined, own_name, parts_of
from ser_core.errors import CorpusError

HEADER = "file,speaker,emotion,session,recording,corpus"


@pytest.fixture
def tables(make_tree: Callable[[Iterable[str]], Path]) -> tuple[Path, Path]:
    """Return two lists whose speakers, sessions and recordings have the same names."""
    root = make_tree([f"{folder}/{file}.wav" for folder in ("one", "other") for file in "ab"])
    for folder in ("one", "other"):
        lines = [f"a.wav,ann,sad,1,r,{folder}", f"b.wav,bob,calm,2,,{folder}"]
        (root / folder / "list.csv").write_text("\n".join([HEADER, *lines]) + "\n")
    return root / "one" / "list.csv", root / "other" / "list.csv"


def test_rows_of_all_corpora_stand_behind_each_other_with_speakers_of_their_own(tables: tuple[Path, Path]) -> None:
    manifest = open_corpus(" + ".join(map(str, tables)))
    assert manifest.corpus == "one+other"
    assert manifest.speakers == ("one/ann", "one/bob", "other/ann", "other/bob")
    assert [row.corpus for row in manifest.utterances] == ["one", "one", "other", "other"]
    assert [row.session for row in manifest.utterances] == ["one/1", "one/2", "other/1", "other/2"]
    assert [row.recording for row in manifest.utterances] == ["one/r", None, "other/r", None]
    for row, file in zip(manifest.utterances, ("one/a", "one/b", "other/a", "other/b"), strict=True):
        assert manifest.path(row) == tables[0].parent.parent / f"{file}.wav"
    assert manifest.labels == ("calm", "sad")
    assert "one: Not stated" in manifest.licence
    assert "other: Not stated" in manifest.licence


def test_a_person_who_speaks_in_two_corpora_is_one_speaker(tables: tuple[Path, Path]) -> None:
    one, other = (open_corpus(str(table)) for table in tables)
    both = joined([one, other], {"other": "one"})
    assert both.speakers == ("one/ann", "one/bob")
    assert [row.session for row in both.utterances] == ["one/1", "one/2", "other/1", "other/2"]


def test_actors_of_ravdess_sing_as_the_same_speakers() -> None:
    assert own_name("ravdess-song", "07", SPEAKERS_OF) == own_name("ravdess", "07", SPEAKERS_OF) == "ravdess/07"
    assert own_name("emodb", "07", SPEAKERS_OF) != own_name("ravdess", "07", SPEAKERS_OF)
    assert own_name("ravdess+emodb", "emodb/07", SPEAKERS_OF) == own_name("emodb", "07", SPEAKERS_OF)


def test_one_corpus_stays_as_it_is(tables: tuple[Path, Path]) -> None:
    manifest = open_corpus(str(tables[0]))
    assert joined([manifest], {}) is manifest


def test_a_path_that_holds_the_separator_is_one_corpus(tmp_path: Path) -> None:
    folder = tmp_path / "a + b"
    folder.mkdir()
    assert parts_of(str(folder)) == (str(folder),)
    assert parts_of(f"ravdess:{folder}") == (f"ravdess:{folder}",)
    assert parts_of(f"{tmp_path}/c + {tmp_path}/d") == (f"{tmp_path}/c", f"{tmp_path}/d")


def test_corpora_of_one_name_or_with_a_common_recording_are_refused(tables: tuple[Path, Path]) -> None:
    one = open_corpus(str(tables[0]))
    with pytest.raises(CorpusError, match=r"of different names, to keep their speakers apart; got one, one\. Give"):
        joined([one, one], {})
    again = dataclasses.replace(one, corpus="again")
    with pytest.raises(CorpusError, match=r"share no recording; some are in two of one, again\. Leave one corpus out"):
        joined([one, again], {})


def test_a_row_may_be_without_an_emotion_only_where_that_is_asked_for(tables: tuple[Path, Path]) -> None:
    tables[1].write_text("file,speaker,arousal,corpus\na.wav,ann,1.5,other\nb.wav,bob,,other\n")
    spec = " + ".join(map(str, tables))
    with pytest.raises(CorpusError, match=re.escape("Expected the columns file, speaker, emotion in")):
        open_corpus(spec)
    manifest = open_corpus(spec, labelled=False)
    assert [row.emotion for row in manifest.utterances] == ["sad", "calm", None, None]
    assert [row.arousal for row in manifest.utterances] == [None, None, 1.5, None]
    assert manifest.labels == ("calm", "sad")
