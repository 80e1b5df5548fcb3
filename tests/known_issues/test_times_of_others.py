"""Lists tell parts of files by durations, offsets and milliseconds; their ends were lost, and parts overlapped."""

import numpy as np
import pytest
import soundfile

from ser_core.cli import main
from ser_core.corpora import open_corpus, open_table
from ser_core.corpora.table_columns import TableOptions
from ser_core.corpora.table_preview import preview
from ser_core.errors import CorpusError

PARTS = [(0.0, 0.9), (1.0, 1.9), (2.0, 2.9)]


@pytest.fixture
def listed(tmp_path):
    """Return a function that writes a list of three parts of one recording, with other columns for their times."""

    def write(header, cells):
        tone = 0.1 * np.sin(np.arange(4 * 16_000) / 20)
        soundfile.write(tmp_path / "long.wav", tone, 16_000)
        lines = [f"file,speaker,emotion,{header}"]
        for number, (start, end) in enumerate(PARTS):
            lines.append(f"long.wav,s{number},{('sad', 'happy')[number % 2]},{cells(start, end)}")
        (tmp_path / "list.csv").write_text("\n".join(lines) + "\n")
        return tmp_path / "list.csv"

    return write


@pytest.mark.parametrize(
    ("header", "cells", "told"),
    [
        ("start,duration", lambda a, b: f"{a},{b - a}", "start + duration → end"),
        ("offset,duration", lambda a, b: f"{a},{b - a}", "offset → start, offset + duration → end"),
        ("Duration,Start Time", lambda a, b: f"{b - a},{a}", "Start Time + Duration → end, Start Time → start"),
        ("onset,offset", lambda a, b: f"{a},{b}", "onset → start, offset → end"),
        ("onset,duration,offset", lambda a, b: f"{a},{b - a},{b}", "onset → start, offset → end"),
        ("start_ms,end_ms", lambda a, b: f"{1000 * a:.0f},{1000 * b:.0f}", "start_ms → start, end_ms → end"),
        ("start,duration_ms", lambda a, b: f"{a},{1000 * (b - a):.0f}", "start + duration_ms → end"),
        ("tmin,tmax", lambda a, b: f"{a},{b}", "tmin → start, tmax → end"),
        ("start_sec,end_sec", lambda a, b: f"{a},{b}", "start_sec → start, end_sec → end"),
        ("start,duration", lambda a, b: f"0 days 00:00:0{a},0 days 00:00:00.9", "start + duration → end"),
    ],
)
def test_every_part_begins_and_ends_where_its_row_says(listed, header, cells, told):
    manifest = open_corpus(str(listed(header, cells)))
    for one, (start, end) in zip(manifest.utterances, PARTS, strict=True):
        assert one.start == pytest.approx(start)
        assert one.end == pytest.approx(end)
    assert f"Columns read as ours: {told}." in manifest.notes
    in_milliseconds = [note for note in manifest.notes if note.startswith("Times in milliseconds")]
    assert bool(in_milliseconds) == ("_ms" in header)


def test_our_own_end_comes_before_a_duration(listed):
    manifest = open_corpus(str(listed("start,end,duration", lambda a, b: f"{a},{b},4.0")))
    assert [one.end for one in manifest.utterances] == [end for _, end in PARTS]
    assert "Columns not used: duration." in manifest.notes


def test_the_duration_of_a_whole_file_is_no_end(listed):
    table = listed("duration", lambda a, b: "4.0")
    table.write_text("\n".join(table.read_text().splitlines()[:2]) + "\n")
    (one,) = open_corpus(str(table)).utterances
    assert (one.start, one.end) == (None, None)


def test_a_row_without_a_duration_reaches_to_the_end_of_its_file(listed):
    table = listed("start,duration", lambda a, b: f"{a},{'' if a == 2 else b - a}")
    assert [one.end for one in open_corpus(str(table)).utterances] == [pytest.approx(0.9), pytest.approx(1.9), None]


@pytest.mark.parametrize("duration", ["soon", "-1"])
def test_a_duration_that_is_no_time_is_named(listed, duration):
    with pytest.raises(CorpusError) as caught:
        open_corpus(str(listed("start,duration", lambda a, b: f"{a},{duration}")))
    assert "Expected seconds or a time like 0 days 00:00:01.5 in column duration" in str(caught.value)
    assert f"got {duration!r} in line 2. Correct or empty that cell." in str(caught.value)


def test_parts_without_ends_over_each_other_are_told_with_the_way_to_say_them(listed, tmp_path, capsys):
    table = listed("start,finish", lambda a, b: f"{a},{b}")
    (note,) = [note for note in open_corpus(str(table)).notes if "no end" in note]
    assert "Of 1 file(s), several rows have a start and no end" in note
    assert "--columns end=COLUMN" in note
    out = tmp_path / "ours.csv"
    assert main(["manifest", str(table), "--columns", "end=finish", "--out", str(out)]) == 0
    assert "no end" not in capsys.readouterr().err
    assert [one.end for one in open_corpus(str(out)).utterances] == [end for _, end in PARTS]
    assert main(["manifest", str(table), "--out", str(tmp_path / "open.csv")]) == 0
    told = [note for note in open_corpus(str(tmp_path / "open.csv")).notes if "no end" in note]
    assert len(told) == 1, "what the list was noted with is said once"


def test_a_column_that_was_named_as_the_start_has_its_duration_too(listed):
    table = listed("from,duration", lambda a, b: f"{a},{b - a}")
    manifest = open_table(table, TableOptions(columns={"start": "from"}))
    assert [one.end for one in manifest.utterances] == [pytest.approx(end) for _, end in PARTS]


def test_a_look_at_the_list_shows_columns_of_ours_alone(listed):
    seen = preview(listed("offset,duration", lambda a, b: f"{a},{b - a}"))
    assert seen.columns == {"file": "file", "speaker": "speaker", "emotion": "emotion", "start": "offset"}
