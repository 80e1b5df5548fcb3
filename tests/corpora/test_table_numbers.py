"""Times and numbers of other programs' tables in the units of a manifest."""

from pathlib import Path

import pytest

from ser_core.corpora.manifest import Utterance
from ser_core.corpora.table_columns import DURATION
from ser_core.corpora.table_numbers import note_on_open_ends, with_ends, without_decimal_commas
from ser_core.errors import CorpusError

PATH = Path("list.csv")


def ends(*, milliseconds: tuple[str, ...] = (), **columns: list[str]) -> dict[str, list[str]]:
    rows = len(next(iter(columns.values())))
    return with_ends(columns, milliseconds, PATH, [f"line {row}" for row in range(2, rows + 2)])


def test_decimal_commas_of_times_are_recognised_together():
    # Alone, "1,500" could be a thousand and a half; beside "0,25" it is a second and a half.
    changed, notes = without_decimal_commas({"start": ["0,25", "1"], "end": ["1,500", "2,000"], "file": ["a,b", "c"]})
    assert changed == {"start": ["0.25", "1"], "end": ["1.500", "2.000"], "file": ["a,b", "c"]}
    assert notes == ["Commas were read as decimal points in: start, end."]


def test_decimal_commas_of_a_rating_say_nothing_about_another():
    values = {"arousal": ["3,5", "4,25"], "valence": ["1,000", "2,000"]}
    changed, notes = without_decimal_commas(values)
    assert changed == {"arousal": ["3.5", "4.25"], "valence": ["1,000", "2,000"]}
    assert notes == ["Commas were read as decimal points in: arousal."]


def test_a_table_without_decimal_commas_is_unchanged():
    values = {"start": ["0.5", ""], "age": ["30", "41"]}
    assert without_decimal_commas(values) == (values, [])


def test_milliseconds_become_seconds_and_other_text_stays():
    found = ends(start=["1500", ""], end=["2250", "soon"], milliseconds=("start", "end"))
    assert found == {"start": ["1.5", ""], "end": ["2.25", "soon"]}


def test_a_duration_becomes_an_end_and_a_row_without_one_has_none():
    found = ends(start=["0.5", "", "1"], **{DURATION: ["0.25", "00:00:01.5", ""]})
    assert found == {"start": ["0.5", "", "1"], "end": ["0.75", "1.5", ""]}


def test_a_duration_that_is_no_time_is_refused_with_its_line():
    with pytest.raises(CorpusError, match=f"column {DURATION} of list.csv; got 'long' in line 3.*empty that cell"):
        ends(start=["0", "1"], **{DURATION: ["1", "long"]})


def test_several_starts_without_ends_in_one_file_are_noted():
    def row(file: str, start: float | None, end: float | None = None) -> Utterance:
        return Utterance(file=file, speaker="1", emotion="sad", start=start, end=end)

    whole = [row("a.wav", None), row("b.wav", 1.0), row("c.wav", 0.0, 1.0), row("c.wav", 1.0)]
    assert note_on_open_ends(whole) == []
    (note,) = note_on_open_ends([*whole, row("b.wav", 2.0)])
    assert note.startswith("Of 1 file(s), several rows have a start and no end")
    assert "b.wav" in note
    assert "--columns end=COLUMN" in note
