"""Tables: audformat's times, Nkululeko's header, and every way in which a table can be wrong."""

import datetime

import pandas
import pytest

from ser_core.corpora import open_corpus, table
from ser_core.errors import CorpusError


@pytest.fixture
def write(make_tree):
    def write(text: str, name: str = "table.csv", encoding: str = "utf-8"):
        root = make_tree(["a.wav", "b.flac", "sub/c.wav"])
        (root / name).write_text(text, encoding=encoding)
        return root / name

    return write


def test_nkululekos_header_is_read_and_its_emotion_names_are_translated(write):
    manifest = table.load(
        write("file,emotion,speaker,gender,age\na.wav,anger,s1,female,31\nb.flac,Happiness,s2,m,22.0\n")
    )
    first, second = manifest.utterances
    assert (first.emotion, first.gender, first.age) == ("angry", "female", 31)
    assert (second.emotion, second.gender, second.age) == ("happy", "male", 22)
    assert manifest.notes == ("Emotion names read as: anger → angry (1 rows), happiness → happy (1 rows).",)


def test_audformats_segments_are_read_in_seconds(write):
    manifest = table.load(
        write(
            "file,start,end,emotion,speaker\n"
            "a.wav,0 days 00:00:00,0 days 00:00:00.005000,sad,s1\n"
            "a.wav,0 days 00:00:00.005,NaT,happy,s1\n"
            "sub/c.wav,,,neutral,s2\n"
        )
    )
    assert [(row.start, row.end) for row in manifest.utterances] == [(0.0, 0.005), (0.005, None), (None, None)]


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("1.5", 1.5),
        ("0 days 00:00:01", 1.0),
        ("0 days 00:01:02.500000", 62.5),
        ("1 days 01:00:00", 90_000.0),
        ("1 day, 0:00:01", 86_401.0),
        ("0:00:01.5", 1.5),
        ("NaT", None),
        ("", None),
    ],
)
def test_a_time_is_read_from_every_form(text, seconds):
    if "day," in text:
        assert str(datetime.timedelta(days=1, seconds=1)) == text
    assert table.seconds_of(text) == seconds


@pytest.mark.parametrize("text", ["-1", "soon", "inf", "1,5"])
def test_what_is_no_time_is_refused(text):
    with pytest.raises(ValueError, match=".*"):
        table.seconds_of(text)


def test_parquet_in_audformats_form_with_a_time_index_is_read(make_tree):
    root = make_tree(["a.wav", "b.flac"])
    times = pandas.to_timedelta(["0s", "0.01s"])
    index = pandas.MultiIndex.from_arrays(
        [["a.wav", "b.flac"], times, pandas.to_timedelta(["0.01s", None])], names=["file", "start", "end"]
    )
    frame = pandas.DataFrame({"speaker": ["s1", "s2"], "emotion": ["sad", "happy"], "arousal": [0.5, None]}, index)
    frame.to_parquet(root / "table.parquet")
    first, second = table.load(root / "table.parquet").utterances
    assert (first.start, first.end, first.arousal) == (0.0, 0.01, 0.5)
    assert (second.start, second.end, second.arousal) == (0.01, None, None)


@pytest.mark.parametrize("mark", [";", "\t"])
def test_other_separators_and_a_byte_order_mark_are_read(write, mark):
    text = "file,speaker,emotion\na.wav,007,sad\n".replace(",", mark)
    assert table.load(write(text, encoding="utf-8-sig")).utterances[0].speaker == "007"


def test_columns_that_are_not_used_are_named_in_a_note(write):
    manifest = table.load(write("file,speaker,emotion,mood,sex\na.wav,s1,sad,odd,f\n"))
    assert manifest.notes == ("Columns not used: mood.",)
    assert manifest.utterances[0].gender == "female"


def test_backslashes_in_file_names_are_folders(write):
    assert table.load(write("file,speaker,emotion\nsub\\c.wav,s1,sad\n")).utterances[0].file == "sub/c.wav"


HEAD = "file,speaker,emotion,start,end,age,gender,valence\n"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", r"the file is empty\. Its first line is: file,speaker,emotion"),
        ("file,speaker,emotion\n", r"got only a header"),
        ("file,speakers,emotion\na.wav,s1,sad\n", r"speaker missing.*Did you mean 'speakers'\? Rename"),
        ("file,speaker,emotion,emotion\na.wav,s,sad,sad\n", r"emotion occurs twice"),
        ("file,speaker,emotion\na.wav,s1\n", r"3 fields in each line.*line 2 differs.*double quotes"),
        ("file,speaker,emotion\na.wav,s1,sad\nb.flac,s1,grumpy\n", r"1 row\(s\) differ: line 3: 'grumpy'.*'other'"),
        ("file,speaker,emotion\na.wav,s1,\n", r"line 2: ''"),
        ("file,speaker,emotion\na.wav,,sad\n", r"a speaker in every row.*line 2.*recording session one name"),
        ("file,speaker,emotion\n,s1,sad\n", r"a file in every row"),
        ("file,speaker,emotion\na.wav,s1,sad\na.wav,s1,sad\n", r"once.*1 occur more than once: a\.wav"),
        ("file,speaker,emotion\na.wav,s1,sad\ngone.wav,s1,sad\n", r"1 missing: .*gone\.wav.*Copy the corpus again"),
        (HEAD + "a.wav,s1,sad,soon,,,,\n", r"seconds or a time.*column start.*'soon' in line 2"),
        (HEAD + "a.wav,s1,sad,0.01,0.005,,,\n", r"end after start in line 2"),
        (HEAD + "a.wav,s1,sad,5,,,,\n", r"1 row\(s\) reach beyond: a\.wav \(5 to 0\.02 s of 0\.02 s\)"),
        (HEAD + "a.wav,s1,sad,,5,,,\n", r"reach beyond"),
        (HEAD + "a.wav,s1,sad,,,old,,\n", r"years in column age"),
        (HEAD + "a.wav,s1,sad,,,,x,\n", r"female or male in column gender"),
        (HEAD + "a.wav,s1,sad,,,,,high\n", r"a number in column valence"),
    ],
)
def test_a_wrong_table_is_told_what_and_where(write, text, message):
    with pytest.raises(CorpusError, match=message):
        table.load(write(text))


def test_a_table_that_is_not_utf_8_or_no_parquet_is_told_so(write):
    with pytest.raises(CorpusError, match="Save the table as CSV UTF-8"):
        table.load(write("file,speaker,emotion\na.wav,Jörg,sad\n", encoding="latin-1"))
    with pytest.raises(CorpusError, match="Expected a parquet table"):
        table.load(write("no parquet", name="table.parquet"))


def test_an_unreadable_recording_is_named(write):
    path = write("file,speaker,emotion\na.wav,s1,sad\n")
    (path.parent / "a.wav").write_bytes(b"")
    with pytest.raises(CorpusError, match=r"a\.wav \(empty file\)"):
        open_corpus(str(path))
