"""Names changed while they were read: *None* became nothing, one speaker became two, and a name with marks was lost."""

import io
import json
import unicodedata

import numpy as np
import pandas as pd
import pytest
import soundfile

from ser_core.corpora import audformat, open_corpus, table, write_manifest
from ser_core.corpora.splits import groups, speaker_units
from ser_core.embeddings.matching import matched
from ser_core.embeddings.opening import open_space
from ser_core.errors import CorpusError
from ser_core.inference import Atlas


@pytest.fixture
def tone():
    """Return a function that makes the content of a WAV file of some seconds."""

    def content(seconds: float) -> bytes:
        stream = io.BytesIO()
        soundfile.write(stream, 0.1 * np.sin(np.arange(round(seconds * 16_000)) / 5), 16_000, format="WAV")
        return stream.getvalue()

    return content


def nfd(text: str) -> str:
    return unicodedata.normalize("NFD", text)


def vectors(path, **columns):
    """A file of vectors with these columns."""
    rows = len(next(iter(columns.values())))
    random = np.random.default_rng(0)
    pd.DataFrame({**columns, "embedding": list(random.normal(size=(rows, 4)).astype(np.float32))}).to_parquet(path)
    return path


def manifest(folder, *speakers: object):
    """A manifest of one utterance for each speaker."""
    rows = [f"u{number}.wav,{speaker},sad" for number, speaker in enumerate(speakers)]
    (folder / "list.csv").write_text("\n".join(["file,speaker,emotion", *rows]), encoding="utf-8")
    return table.listed(folder / "list.csv")


# ------------------------------------------------------------------------------------------------ None, nan, null
@pytest.mark.parametrize("name", ["None", "none", "nan", "NaN", "null", "NULL", "NaT", "<NA>"])
def test_a_class_or_speaker_may_be_called_as_programs_write_nothing(name, tmp_path):
    space = open_space(
        vectors(tmp_path / "v.parquet", file=list("abcd"), emotion=["sad", name] * 2, speaker=[name, "Ben"] * 2)
    )
    assert space.classes == ("sad", name.lower())
    assert space.column("speaker").tolist() == [name, "Ben"] * 2
    assert space.has_value("speaker").all()
    assert (
        f"2 row(s) have the class {name!r}, read as a name. If nothing is known there, empty these cells."
        in space.notes
    )
    utterances, notes = manifest(tmp_path, name, "Ben", name)
    assert [row.speaker for row in utterances] == [name, "Ben", name]
    assert any(f"2 row(s) have the speaker {name!r}" in note for note in notes)


def test_what_is_missing_is_still_nothing(tmp_path):
    columns = {
        "emotion": ["sad", None, "angry", np.nan],
        "speaker": [1.0, np.nan, 2.0, None],
        "age": [30, None, 31, 32],
    }
    space = open_space(vectors(tmp_path / "v.parquet", file=list("abcd"), **columns))
    assert space.has_value("emotion").tolist() == [True, False, True, False]
    assert space.has_value("speaker").tolist() == [True, False, True, False]
    assert not any("read as a name" in note for note in space.notes)
    (tmp_path / "list.csv").write_text("file,speaker,emotion,gender,age,recording\nu.wav,1,sad,nan,None,null\n")
    (row,), _ = table.listed(tmp_path / "list.csv")
    assert (row.gender, row.age, row.recording) == (None, None, None)
    with pytest.raises(CorpusError, match="a speaker in every row .* line 3"):
        manifest(tmp_path, "1", "")


def test_a_database_in_audformat_may_have_a_speaker_called_nan(tmp_path, tone):
    (tmp_path / "db.yaml").write_text(
        "name: tiny\nschemes: {emotion: {dtype: str}, speaker: {dtype: str}}\n"
        "tables: {emotion: {type: filewise, columns: {emotion: {scheme_id: emotion}, speaker: {scheme_id: speaker}}}}\n"
    )
    (tmp_path / "db.emotion.csv").write_text("file,emotion,speaker\na.wav,sad,Nan\nb.wav,,Ben\n")
    (tmp_path / "a.wav").write_bytes(tone(1.0))
    assert audformat.load(tmp_path).speakers == ("Nan",)


# ------------------------------------------------------------------------------------------------ one speaker, one name
@pytest.mark.parametrize(
    ("written", "name"),
    [
        (["2", "2.0", "2.00", " 2 ", '"2,0"'], "2"),
        (["-1", "-1.0"], "-1"),
        (["0", "0.0"], "0"),
        (["Jörg", nfd("Jörg")], "Jörg"),
        (["Åsa Øy", nfd("Åsa Øy"), "\u212bsa Øy"], "Åsa Øy"),
    ],
)
def test_one_speaker_in_several_spellings_is_one(written, name, tmp_path):
    assert {row.speaker for row in manifest(tmp_path, *written)[0]} == {name}
    plain = [text.strip('"') for text in written]
    (tmp_path / "m.csv").write_text(
        "file;speaker\n" + "\n".join(f"u{row};{text}" for row, text in enumerate(plain * 3))
    )
    np.save(tmp_path / "v.npy", np.random.default_rng(0).normal(size=(3 * len(plain), 4)))
    assert set(open_space(tmp_path / "v.npy", tmp_path / "m.csv").column("speaker")) == {name}


@pytest.mark.parametrize("values", [[2, 1], [2.0, 1.0], ["2", "1"], ["2.0", "1.0"], [2.0, None, 1.0], ["2", "1.0"]])
def test_every_type_of_column_gives_the_same_names_in_both_readers(values, tmp_path):
    rows = values * 2
    path = vectors(tmp_path / "v.parquet", file=[f"u{row}" for row in range(len(rows))], speaker=rows, emotion="sad")
    space = open_space(path)
    assert set(space.column("speaker")[space.has_value("speaker")]) == {"1", "2"}
    if None not in values:
        assert {row.speaker for row in table.listed(path)[0]} == {"1", "2"}


@pytest.mark.parametrize("name", ["007", "007.0", "1.5", "2.05", "1e3", "1.2.0", "v2.0", "0x10", "١.0"])
def test_what_only_resembles_a_whole_number_stays(name, tmp_path):
    assert manifest(tmp_path, name)[0][0].speaker == name


# ------------------------------------------------------------------------------------------------ lists and structs
@pytest.mark.parametrize(
    ("labels", "text"),
    [
        ([["sad", "angry"], ["happy"]] * 3, "sad, angry"),
        ([{"first": "sad"}, {"first": "happy"}] * 3, '{"first": "sad"}'),
        ([[["a"], ["b"]], [["c"]]] * 3, "a, b"),
        ([[{"x": 1}], [{"x": 2}]] * 3, '{"x": 1}'),
        ([b"raw", b"bytes"] * 3, "raw"),
        ([["sad", None], []] * 3, "sad"),
    ],
)
@pytest.mark.parametrize("column", ["mood", "label", "emotion", "speaker"])
def test_labels_of_any_form_are_opened_as_text(labels, text, column, tmp_path):
    space = open_space(vectors(tmp_path / "v.parquet", **{column: labels}))
    assert len(space) == 6
    emotion = column == "label" and "emotion" in space.frame.columns  # all of them are emotions
    assert space.column("emotion" if emotion else column)[0] == text


# ------------------------------------------------------------------------------------------------ NFC and NFD
@pytest.mark.parametrize(
    ("listed", "stored"),
    [
        ("jörg.wav", nfd("jörg.wav")),
        (nfd("zoë/größe.wav"), "zoë/größe.wav"),
        ("zoë/größe.wav", f"{nfd('zoë')}/größe.wav"),
        ("각.wav", nfd("각.wav")),
        ("é́x.wav", nfd("é́x.wav")),
    ],
)
def test_a_file_is_found_in_whatever_form_the_disk_has_its_name(listed, stored, tmp_path, tone):
    (tmp_path / stored).parent.mkdir(exist_ok=True)
    (tmp_path / stored).write_bytes(tone(1.0))
    (tmp_path / "list.csv").write_text(f"file,speaker,emotion\n{listed},1,sad\n", encoding="utf-8")
    corpus = open_corpus(str(tmp_path / "list.csv"))
    assert corpus.path(corpus.utterances[0]).is_file()
    space = open_space(vectors(tmp_path / "v.parquet", file=[listed, "b", "c"]))
    found = Atlas(space.frame, space.embeddings, (tmp_path,)).audio_path(space.frame.iloc[0])
    assert found == tmp_path / stored


def test_a_name_that_fits_exactly_is_taken_and_one_that_fits_twice_is_not_guessed(tmp_path, tone):
    composed, decomposed = "jörg.wav", nfd("jörg.wav")
    (tmp_path / composed).write_bytes(tone(1.0))
    (tmp_path / decomposed).write_bytes(tone(2.0))
    (tmp_path / "list.csv").write_text(
        f"file,speaker,emotion\n{decomposed},1,sad\n{composed},2,sad\n", encoding="utf-8"
    )
    assert [row.file for row in table.load(tmp_path / "list.csv").utterances] == [decomposed, composed]
    for half_composed in ("\u00e9o\u0308.wav", "e\u0301\u00f6.wav"):
        (tmp_path / half_composed).write_bytes(tone(1.0))
    (tmp_path / "list.csv").write_text("file,speaker,emotion\n\u00e9\u00f6.wav,1,sad\n", encoding="utf-8")
    with pytest.raises(CorpusError, match="is not there"):
        table.load(tmp_path / "list.csv")


def test_two_rows_that_name_one_file_by_two_forms_are_one_stretch_twice(tmp_path, tone):
    (tmp_path / nfd("jörg.wav")).write_bytes(tone(1.0))
    head = "file,speaker,emotion,start,end\n"
    (tmp_path / "list.csv").write_text(f"{head}jörg.wav,1,sad,,\n{nfd('jörg.wav')},2,sad,,\n", encoding="utf-8")
    with pytest.raises(CorpusError, match="each stretch of speech once"):
        table.load(tmp_path / "list.csv")
    (tmp_path / "list.csv").write_text(f"{head}jörg.wav,1,sad,0,0.6\n{nfd('jörg.wav')},2,sad,0.4,1\n", encoding="utf-8")
    corpus = table.load(tmp_path / "list.csv")
    assert groups(corpus) == [(0, 1)]
    assert len(speaker_units(corpus)) == 1


def test_spaces_of_one_corpus_are_matched_in_either_form(tmp_path):
    names = ["jörg.wav", "zoë.wav", "c.wav"]
    one = open_space(vectors(tmp_path / "a.parquet", file=names))
    other = Atlas(pd.DataFrame({"file": [nfd(name) for name in names[::-1]]}), one.embeddings, ())
    assert [rows.tolist() for rows in matched([one, other], ["a", "b"])] == [[0, 1, 2], [2, 1, 0]]


def test_a_name_that_occurs_in_both_forms_occurs_twice(tmp_path):
    path = vectors(tmp_path / "a.parquet", file=["jörg.wav", nfd("jörg.wav"), "b", "c", "d"])
    assert len(open_space(path, leave_out=True)) == 4


def test_a_manifest_that_was_written_here_comes_back_as_it_was(tmp_path, tone):
    (tmp_path / nfd("jörg.wav")).write_bytes(tone(1.0))
    (tmp_path / "list.csv").write_text("file,speaker,emotion\njörg.wav,Nan,sad\n", encoding="utf-8")
    corpus = table.load(tmp_path / "list.csv")
    for name in ("a.csv", "a.tsv", "a.parquet"):
        write_manifest(corpus, tmp_path / name)
        again = table.load(tmp_path / name)
        assert again.digest() == corpus.digest()
        assert json.loads((tmp_path / f"{name}.json").read_text())["digest"] == corpus.digest()
