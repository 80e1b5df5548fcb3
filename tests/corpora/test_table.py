"""Tables: audformat's times, Nkululeko's header, and every way in which a table can be wrong."""

import datetime
import os

import pandas
import pytest

from ser_core.corpora import open_corpus, table, table_cells
from ser_core.corpora.splits import groups, speaker_units
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
            "a.wav,0 days 00:00:00,0 days 00:00:00.200000,sad,s1\n"
            "a.wav,0 days 00:00:00.2,NaT,happy,s1\n"
            "sub/c.wav,,,neutral,s2\n"
        )
    )
    assert [(row.start, row.end) for row in manifest.utterances] == [(0.0, 0.2), (0.2, None), (None, None)]


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
    assert table_cells.seconds_of(text) == seconds


@pytest.mark.parametrize("text", ["-1", "soon", "inf", "1,5"])
def test_what_is_no_time_is_refused(text):
    with pytest.raises(ValueError, match=".*"):
        table_cells.seconds_of(text)


def test_parquet_in_audformats_form_with_a_time_index_is_read(make_tree):
    root = make_tree(["a.wav", "b.flac"])
    times = pandas.to_timedelta(["0s", "0.2s"])
    index = pandas.MultiIndex.from_arrays(
        [["a.wav", "b.flac"], times, pandas.to_timedelta(["0.2s", None])], names=["file", "start", "end"]
    )
    frame = pandas.DataFrame({"speaker": ["s1", "s2"], "emotion": ["sad", "happy"], "arousal": [0.5, None]}, index)
    frame.to_parquet(root / "table.parquet")
    first, second = table.load(root / "table.parquet").utterances
    assert (first.start, first.end, first.arousal) == (0.0, 0.2, 0.5)
    assert (second.start, second.end, second.arousal) == (0.2, None, None)


@pytest.mark.parametrize("mark", [";", "\t"])
def test_other_separators_and_a_byte_order_mark_are_read(write, mark):
    text = "file,speaker,emotion\na.wav,007,sad\n".replace(",", mark)
    assert table.load(write(text, encoding="utf-8-sig")).utterances[0].speaker == "007"


def test_columns_that_are_not_used_are_named_in_a_note(write):
    manifest = table.load(write("file,speaker,emotion,mood,sex\na.wav,s1,sad,odd,f\n"))
    assert manifest.notes == ("Columns read as ours: sex → gender.", "Columns not used: mood.")
    assert manifest.utterances[0].gender == "female"


def test_backslashes_in_file_names_are_folders(write):
    assert table.load(write("file,speaker,emotion\nsub\\c.wav,s1,sad\n")).utterances[0].file == "sub/c.wav"


@pytest.mark.parametrize("other", ["./a.wav", ".//a.wav", ".\\a.wav", "./././a.wav"])
def test_one_file_in_two_spellings_is_the_same_stretch_twice(write, other):
    with pytest.raises(CorpusError, match=r"once.*1 occur more than once: a\.wav"):
        table.load(write(f"file,speaker,emotion\na.wav,s1,sad\n{other},s2,sad\n"))
    assert table.load(write(f"file,speaker,emotion\n{other},s2,sad\n")).utterances[0].file == "a.wav"


@pytest.mark.parametrize("link", ["symlink_to", "hardlink_to"])
def test_one_file_under_two_names_stays_on_one_side_of_every_split(write, link):
    path = write("file,speaker,emotion\na.wav,s1,sad\nsame.wav,s2,sad\nb.flac,s3,sad\n")
    getattr(path.parent / "same.wav", link)(path.parent / "a.wav")
    manifest = table.load(path)
    assert groups(manifest) == [(0, 1), (2,)]
    assert [unit.speakers for unit in speaker_units(manifest)] == [("s1", "s2"), ("s3",)]


@pytest.mark.parametrize(
    "file",
    [
        "/etc/a.wav",
        "../a.wav",
        "sub/../a.wav",
        "..\\a.wav",
        "C:\\a.wav",
        "C:a.wav",
        "\\a.wav",
        "\\\\pc\\share\\a.wav",
        "//pc/a.wav",
    ],
)
def test_a_path_that_is_not_relative_to_the_corpus_folder_is_refused_in_the_form_of_any_system(write, file):
    with pytest.raises(
        CorpusError, match=r"paths relative to it.* in line 2\. (Move the table|Say where they are here)"
    ):
        table.load(write(f"file,speaker,emotion\n{file},s1,sad\n"))


HEAD = "file,speaker,emotion,start,end,age,gender,valence\n"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", r"the file is empty\. Its first line names the columns"),
        ("file,speaker,emotion\n", r"got only a header"),
        ("file,speakers,emotion\na.wav,s1,sad\n", r"speaker missing.*Did you mean 'speakers'\? Rename"),
        ("file,speaker,emotion,emotion\na.wav,s,sad,sad\n", r"emotion occurs twice"),
        ("file,speaker,emotion\na.wav,s1\n", r"3 fields in each line.*got 2 in line 2.*double quotes"),
        ("file,speaker,emotion\na.wav,s1,sad\nb.flac,s1,grumpy\n", r"1 row\(s\) differ: line 3: 'grumpy'.*'other'"),
        ("file,speaker,emotion\na.wav,s1,\n", r"line 2: ''"),
        ("file,speaker,emotion\na.wav,,sad\n", r"a speaker in every row.*line 2.*recording session one name"),
        ("file,speaker,emotion\n,s1,sad\n", r"a file in every row"),
        ("file,speaker,emotion\na.wav,s1,sad\na.wav,s1,sad\n", r"once.*1 occur more than once: a\.wav"),
        ("file,speaker,emotion\na.wav,s1,sad\ngone.wav,s1,sad\n", r"1 missing: .*gone\.wav.*Copy the corpus again"),
        (HEAD + "a.wav,s1,sad,soon,,,,\n", r"seconds or a time.*column start.*'soon' in line 2"),
        (HEAD + "a.wav,s1,sad,0.2,0.1,,,\n", r"end after start in line 2"),
        (HEAD + "a.wav,s1,sad,5,,,,\n", r"1 row\(s\) reach beyond: a\.wav \(5 to 0\.4 s of 0\.4 s\)"),
        (HEAD + "a.wav,s1,sad,,5,,,\n", r"reach beyond"),
        (
            HEAD + "a.wav,s1,sad,,1e-9,,,\n",
            r"at least 0\.1 s; 1 row\(s\) are shorter: a\.wav \(0 to 1e-09 s",
        ),
        (HEAD + "a.wav,s1,sad,0.35,,,,\n", r"at least 0\.1 s.*a\.wav \(0\.35 to 0\.4 s"),
        (HEAD + "a.wav,s1,sad,0.35,0.49,,,\n", r"at least 0\.1 s"),
        (HEAD + "a.wav,s1,sad,,,old,,\n", r"years from 0 to 130 in column age"),
        (HEAD + "a.wav,s1,sad,,,-5,,\n", r"years from 0 to 130 in column age.*'-5' in line 2"),
        (HEAD + "a.wav,s1,sad,,,nan5,,\n", r"years from 0 to 130 in column age"),
        (HEAD + "a.wav,s1,sad,,,inf,,\n", r"years from 0 to 130 in column age"),
        (HEAD + "a.wav,s1,sad,,,,x,\n", r"female or male in column gender"),
        (HEAD + "a.wav,s1,sad,,,,,high\n", r"a number in column valence"),
        (HEAD + "a.wav,s1,sad,,,,,-inf\n", r"a number in column valence.*'-inf' in line 2"),
        (HEAD + "a.wav,s1,sad,,,,,1e400\n", r"a number in column valence"),
        (f"file,speaker,emotion\n{'n' * 300}.wav,s1,sad\na.wav,s1,sad\n", r"1 missing"),
        (f"file,speaker,emotion\na.wav,s1,sad\n{'n' * 300}.wav,s1,sad\n", r"1 missing"),
        ("file,speaker,emotion\na.wav,s1,sad\na\0.wav,s1,sad\n", r"a zero byte in line 3"),
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


def test_a_recording_whose_name_is_no_text_is_refused_before_anything_is_learned_from_it(make_tree):
    root = make_tree(["03b01Fa.wav"])
    folder = os.fsdecode(b"aufnahmen \xfc")
    (root / folder).mkdir()
    (root / "03b01Fa.wav").rename(root / folder / "03b01Fa.wav")
    with pytest.raises(CorpusError, match=r"names in UTF-8; 1 have another encoding: .*udcfc.*Rename them"):
        open_corpus(f"emodb:{root}")


@pytest.mark.parametrize(
    "spec", ["{}.csv", "emodb:{}", "audformat:{}", "emobox:{}", "iemocap:{}", "demo:{}", "ravdess:{}"]
)
@pytest.mark.parametrize("name", ["n" * 300, "~nobody-of-this-name/x", "a\0b"])
def test_a_path_that_no_system_looks_at_is_one_at_which_there_is_nothing(spec, name):
    with pytest.raises(CorpusError, match=r"there is none|got no \.jsonl file"):
        open_corpus(spec.format(name))
