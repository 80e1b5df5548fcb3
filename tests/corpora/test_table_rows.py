"""Rows of a table become utterances; what does not fit is named with its line."""

from pathlib import Path

import pytest

from ser_core.corpora.manifest import Utterance
from ser_core.corpora.table_rows import require_distinct, utterances_from, without_unreadable
from ser_core.errors import CorpusError

TABLE = Path("table.csv")


def columns(**changed: list[str]) -> dict[str, list[str]]:
    return {"file": ["a.wav", "b.wav"], "speaker": ["anna", "ben"], "emotion": ["sad", "angry"], **changed}


def test_a_row_becomes_an_utterance_with_the_cells_that_are_filled():
    rows, notes = utterances_from(columns(start=["0.5", ""], end=["2", ""], gender=["female", ""]), TABLE)
    assert rows == (
        Utterance(file="a.wav", speaker="anna", emotion="sad", start=0.5, end=2.0, gender="female"),
        Utterance(file="b.wav", speaker="ben", emotion="angry"),
    )
    assert notes == []


def test_another_name_of_an_emotion_is_read_and_told():
    rows, notes = utterances_from(columns(emotion=["Sadness", "angry"]), TABLE)
    assert [row.emotion for row in rows] == ["sad", "angry"]
    assert notes == ["Emotion names read as: sadness → sad (1 rows)."]


def test_without_labels_an_empty_emotion_is_none_and_a_wrong_one_is_still_refused():
    rows, _ = utterances_from(columns(emotion=["", "sad"]), TABLE, labelled=False)
    assert [row.emotion for row in rows] == [None, "sad"]
    with pytest.raises(CorpusError, match="line 2"):
        utterances_from(columns(emotion=["", "sad"]), TABLE)
    with pytest.raises(CorpusError, match="line 3: 'purple'"):
        utterances_from(columns(emotion=["", "purple"]), TABLE, labelled=False)


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"emotion": ["sad", "purple"]}, "Expected emotions among .*line 3: 'purple'"),
        ({"speaker": ["anna", ""]}, r"Expected a speaker in every row of table\.csv; 1 row\(s\) have none: line 3"),
        ({"file": ["", "b.wav"]}, r"Expected a file in every row of table\.csv; 1 row\(s\) have none: line 2"),
        ({"file": ["../a.wav", "b.wav"]}, r"got '\.\./a\.wav' in line 2\. Move the table above its recordings"),
        ({"file": ["/data/a.wav", "b.wav"]}, r"got '/data/a\.wav' in line 2\. Say where they are here: .*--root"),
        ({"start": ["soon", ""]}, "in column start of table.csv; got 'soon' in line 2"),
        ({"start": ["2", ""], "end": ["1", ""]}, "Expected end after start in line 2 .*; got 2 s to 1 s"),
        ({"file": ["a.wav", "a.wav"]}, "Expected each stretch of speech once .*a.wav"),
    ],
)
def test_a_cell_that_does_not_fit_is_named_with_its_line_and_what_to_do(changed, told):
    with pytest.raises(CorpusError, match=told):
        utterances_from(columns(**changed), TABLE)


def test_places_name_rows_otherwise():
    with pytest.raises(CorpusError, match="row 8 of sheet 2: 'purple'"):
        utterances_from(columns(emotion=["sad", "purple"]), TABLE, places=["row 7", "row 8 of sheet 2"])


def test_two_stretches_of_one_file_are_two_utterances():
    one = Utterance(file="a.wav", speaker="anna", emotion="sad", start=0.0, end=1.0)
    require_distinct([one, Utterance(file="a.wav", speaker="anna", emotion="sad", start=1.0, end=2.0)], TABLE)
    with pytest.raises(CorpusError, match="1 occur more than once: a.wav"):
        require_distinct([one, one], TABLE)


def test_a_column_without_one_readable_cell_is_dropped_and_told_and_one_with_mistakes_is_kept():
    kept, notes = without_unreadable(columns(age=["twenties", "thirties"]))
    assert "age" not in kept
    assert "Column age not used: it holds 'twenties', 'thirties' in place of" in notes[0]
    for cells in (["twenties", "31"], ["twenties", ""]):  # a mistake among others, or the only cell
        kept, notes = without_unreadable(columns(age=cells))
        assert (kept["age"], notes) == (cells, [])
