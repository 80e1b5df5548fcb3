"""audformat: header, tables by convention or by name, speakers in schemes and misc tables, splits, segments."""

from pathlib import Path

import pytest

from ser_core.corpora import audformat, open_corpus
from ser_core.errors import CorpusError

HEADER = """name: tiny
source: https://example.org/tiny
usage: research
author: A. Author
license: CC-BY-4.0
license_url: https://creativecommons.org/licenses/by/4.0/
schemes:
  age: {dtype: int}
  emotion:
    dtype: str
    labels: [anger, happiness, neutral]
  gender: {dtype: str, labels: [female, male]}
  speaker: {dtype: int, labels: speaker}
  transcription:
    dtype: str
    labels: {a01: Hello there.}
tables:
  emotion:
    type: filewise
    columns:
      emotion: {scheme_id: emotion, rater_id: gold}
      emotion.confidence: {scheme_id: confidence, rater_id: gold}
  files:
    type: filewise
    columns:
      speaker: {scheme_id: speaker}
      transcription: {scheme_id: transcription}
misc_tables:
  speaker:
    levels: {speaker: int}
    columns:
      age: {scheme_id: age}
      gender: {scheme_id: gender}
"""
EMOTION = "file,emotion,emotion.confidence\nwav/a.wav,anger,0.9\nwav/b.wav,happiness,1.0\nwav/c.wav,,\n"
FILES = "file,speaker,transcription\nwav/a.wav,3,a01\nwav/b.wav,10,a01\nwav/c.wav,10,a01\n"
SPEAKER = "speaker,age,gender\n3,31,male\n10,32,female\n"


@pytest.fixture
def write(tone):
    """Return a function that writes header, tables and three recordings of three seconds."""

    def write(root: Path, header: str, **tables: str) -> Path:
        root.mkdir(exist_ok=True)
        (root / "db.yaml").write_text(header, encoding="utf-8")
        for name, text in tables.items():
            (root / f"db.{name.replace('__', '.')}.csv").write_text(text, encoding="utf-8")
        (root / "wav").mkdir(exist_ok=True)
        for name in "abc":
            (root / "wav" / f"{name}.wav").write_bytes(tone(3.0))
        return root

    return write


@pytest.fixture
def root(tmp_path, write) -> Path:
    return write(tmp_path / "tiny", HEADER, emotion=EMOTION, files=FILES, speaker=SPEAKER)


def test_emotion_speaker_and_words_come_from_three_tables(root):
    manifest = open_corpus(f"audformat:{root}")
    first, second = manifest.utterances
    assert (first.file, first.speaker, first.emotion, first.gender, first.age) == (
        "wav/a.wav", "3", "angry", "male", 31,
    )  # fmt: skip
    assert (second.speaker, second.emotion, second.gender) == ("10", "happy", "female")
    assert (first.text, first.sentence) == ("Hello there.", "a01")
    assert manifest.corpus == first.corpus == "tiny"


def test_the_header_gives_the_terms_and_rows_without_a_label_are_counted(root):
    manifest = audformat.load(root)
    assert manifest.licence.startswith("CC-BY-4.0 (https://creativecommons.org/licenses/by/4.0/); usage: research")
    assert manifest.citation == "A. Author. tiny. https://example.org/tiny."
    assert any("1 row(s) of table emotion have no emotion" in note for note in manifest.notes)
    assert any("anger → angry (1 rows)" in note for note in manifest.notes)


def test_parquet_tables_say_the_same_as_csv(root):
    import pandas

    digest = audformat.load(root).digest()
    for name in ("emotion", "files", "speaker"):
        path = root / f"db.{name}.csv"
        frame = pandas.read_csv(path)
        if name == "files":
            frame.loc[2, "speaker"] = None  # a gap makes floats of integers
        frame.set_index(frame.columns[0]).to_parquet(path.with_suffix(".parquet"))
        path.unlink()
    assert audformat.load(root).digest() == digest


def test_speakers_described_in_the_scheme_itself_are_read_as_well(root, write):
    labels = "labels: {3: {gender: male, age: 31}, 10: {gender: female, age: 32}}"
    digest = audformat.load(root).digest()
    write(root, HEADER.replace("labels: speaker", labels))
    (root / "db.speaker.csv").unlink()
    assert audformat.load(root).digest() == digest


SPLITS = """name: parts
usage: unrestricted
splits:
  train: {type: train}
  dev: {type: dev}
  test: {type: test}
schemes:
  emotion: {dtype: str}
  speaker: {dtype: str}
tables:
  emotion.train: {type: filewise, split_id: train, columns: {emotion: {scheme_id: emotion}, who: {scheme_id: speaker}}}
  emotion.dev: {type: filewise, split_id: dev, columns: {emotion: {scheme_id: emotion}, who: {scheme_id: speaker}}}
  emotion.test: {type: filewise, split_id: test, columns: {emotion: {scheme_id: emotion}, who: {scheme_id: speaker}}}
"""
PARTS = {
    "emotion__train": "file,emotion,who\nwav/a.wav,anger,x\n",
    "emotion__dev": "file,emotion,who\nwav/b.wav,neutral,y\n",
    "emotion__test": "file,emotion,who\nwav/c.wav,anger,z\n",
}


def test_one_table_per_split_becomes_the_column_split(tmp_path, write):
    manifest = audformat.load(write(tmp_path / "parts", SPLITS, **PARTS))
    assert [(row.split, row.speaker) for row in manifest.utterances] == [
        ("train", "x"),
        ("development", "y"),
        ("test", "z"),
    ]
    assert "No licence stated" in manifest.licence


def test_a_table_is_named_behind_the_folder_dots_and_all(tmp_path, write):
    root = write(tmp_path / "parts", SPLITS, **PARTS)
    assert open_corpus(f"audformat:{root}#emotion.dev").speakers == ("y",)
    assert open_corpus(f"audformat:{root}#emotion.dev.emotion").speakers == ("y",)
    with pytest.raises(CorpusError, match=r"a table among emotion\.train.*after #; got 'arousal'"):
        audformat.load(Path(f"{root}#arousal"))
    with pytest.raises(CorpusError, match=r"a column among emotion, who of table emotion\.dev; got felt"):
        audformat.load(Path(f"{root}#emotion.dev.felt"))


def test_several_raters_have_to_be_chosen_from(root, write):
    columns = "gold: {scheme_id: emotion}\n      silver: {scheme_id: emotion}"
    header = HEADER.replace("emotion: {scheme_id: emotion, rater_id: gold}", columns)
    write(root, header, emotion="file,gold,silver\nwav/a.wav,anger,neutral\n")
    with pytest.raises(CorpusError, match=r"got none \(tables: emotion, files\).*audformat:DIR#table\.column"):
        audformat.load(root)
    assert audformat.load(Path(f"{root}#emotion.silver")).utterances[0].emotion == "neutral"


def test_segments_keep_their_times_and_find_their_own_ratings(tmp_path, write):
    header = """name: cut
tables:
  emotion: {type: segmented, columns: {emotion: {}}}
  arousal: {type: segmented, columns: {arousal: {}}}
  files: {type: filewise, columns: {speaker: {}}}
"""
    emotion = (
        "file,start,end,emotion\n"
        "wav/a.wav,0 days 00:00:00,0 days 00:00:01.5,anger\n"
        "wav/a.wav,0 days 00:00:01.5,NaT,neutral\n"
    )
    arousal = "file,start,end,arousal\nwav/a.wav,0 days 00:00:01.5,,0.25\nwav/a.wav,0 days,0 days 00:00:01.5,0.75\n"
    root = write(tmp_path / "cut", header, emotion=emotion, arousal=arousal.replace("0 days,", "0 days 00:00:00,"),
                 files="file,speaker\nwav/a.wav,s\n")  # fmt: skip
    first, second = audformat.load(root).utterances
    assert (first.start, first.end, first.arousal, first.speaker) == (None, 1.5, 0.75, "s")
    assert (second.start, second.end, second.arousal) == (1.5, None, 0.25)


@pytest.mark.parametrize(
    ("header", "message"),
    [
        (HEADER.replace("name: tiny", "name: [tiny"), r"Expected YAML in .*db\.yaml.*Fetch the database again"),
        ("name: tiny\n", r"header with tables in .*it lists none"),
        (HEADER.replace("emotion", "arousal"), r"scheme emotion in .*got none \(tables: arousal, files\)"),
        (HEADER.replace("speaker: {scheme_id: speaker}", "voice: {}"), r"scheme speaker in one of.*no split is fair"),
        (HEADER.replace("emotion: {scheme_id", "felt: {scheme_id"), r"Expected the column felt in .*db\.emotion\.csv"),
    ],
)
def test_a_header_that_does_not_fit_is_refused_with_advice(root, header, message):
    (root / "db.yaml").write_text(header)
    with pytest.raises(CorpusError, match=message):
        audformat.load(root)


def test_a_missing_header_a_missing_table_and_a_pickled_one_are_told_apart(root):
    with pytest.raises(CorpusError, match=r"Expected the header db\.yaml.*a single table is opened by its own path"):
        audformat.load(root / "wav")
    (root / "db.files.csv").rename(root / "db.files.pkl")
    with pytest.raises(CorpusError, match=r"db\.files\.parquet or db\.files\.csv.*pickled.*storage_format"):
        audformat.load(root)
    (root / "db.files.pkl").unlink()
    with pytest.raises(CorpusError, match=r"db\.files\.csv in .*there is none"):
        audformat.load(root)


def test_an_unknown_emotion_a_row_without_speaker_and_a_missing_file_are_named(root, write):
    write(root, HEADER, emotion=EMOTION.replace("happiness", "contempt"))
    with pytest.raises(CorpusError, match=r"line 3: 'contempt'.*'other'"):
        audformat.load(root)
    write(root, HEADER, emotion=EMOTION, files=FILES.replace("wav/b.wav,10", "wav/b.wav,"))
    with pytest.raises(CorpusError, match=r"Expected a speaker in every row of .*line 3"):
        audformat.load(root)
    write(root, HEADER, files=FILES)
    (root / "wav" / "b.wav").unlink()
    with pytest.raises(CorpusError, match=r"1 missing: .*b\.wav.*Copy the corpus again"):
        audformat.load(root)
