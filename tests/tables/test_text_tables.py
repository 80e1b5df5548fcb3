"""Tables as text: separators, lines, quotes and encodings, and each line a row or an error that names it."""

import contextlib
import csv
import io

import numpy as np
import pytest

from ser_core.errors import TableError
from ser_core.tables import parse_table, read_table

KNOWN = {"file", "speaker", "emotion"}


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
@pytest.mark.parametrize("other", [",", ";", "\t", "|"])
def test_the_separator_is_the_one_that_gives_the_needed_columns(mark, other):
    header = mark.join(
        ["file", "speaker", "emotion", f"text{other} as spoken{other} or read" if other != mark else "text"]
    )
    table = parse_table(f"{header}\n{mark.join('abcd')}\n", "x.csv", known=KNOWN)
    assert table.header[:3] == ("file", "speaker", "emotion")
    assert table.rows == [("a", "b", "c", "d")]


@pytest.mark.parametrize("first", ["sep=;", "SEP=;", '"sep=;"', "sep=;;;;"])
def test_a_first_line_may_name_the_separator(first):
    table = parse_table(f"{first}\r\nx,y;z\r\n1,2;3\r\n", "x.csv", known=KNOWN)
    assert (table.header, table.rows, table.places) == (("x,y", "z"), [("1,2", "3")], [3])


def test_lines_are_counted_as_an_editor_counts_them():
    table = parse_table('\n\nfile,text\n\na,"1\n2\n\n3"\n   \nb,x\r\nc,y', "x.csv", known=KNOWN)
    assert table.header_place == 3
    assert table.rows == [("a", "1\n2\n\n3"), ("b", "x"), ("c", "y")]
    assert table.places == [5, 10, 11]
    assert [table.place(row) for row in range(3)] == ["line 5", "line 10", "line 11"]
    assert table.blank_lines == (4, 9)


def test_separators_behind_the_last_column_are_no_columns():
    table = parse_table("file,speaker,,\na,b,,,,\nc,d\ne,\n", "x.csv", known=KNOWN)
    assert (table.header, table.rows) == (("file", "speaker"), [("a", "b"), ("c", "d"), ("e", "")])


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("b", "got 1 in line 4"),
        ("b,c,d", "got 3 in line 4"),
        ('b,"c",d', "got 3 in line 4"),
        ("b,,,d", "got 4 in line 4"),
    ],
)
def test_a_line_with_other_fields_is_refused_by_its_number(line, told):
    with pytest.raises(TableError, match=f"2 fields in each line of x.csv, as in its header; {told}"):
        parse_table(f"file,speaker\na,b\n\n{line}\nc,d\n", "x.csv", known=KNOWN)


def test_what_pythons_writer_quotes_comes_back_cell_by_cell():
    rows = [
        ['a "b" c', "1,2", "", " x "],
        ['"', '""', ",", "\n"],
        ["x\ny,z", 'say ""', "'", "\ttab"],
        ["1", "2", "3", "4"],
    ]
    for quoting in (csv.QUOTE_MINIMAL, csv.QUOTE_ALL):
        stream = io.StringIO()
        csv.writer(stream, quoting=quoting, lineterminator="\r\n").writerows([["p", "q", "r", "s"], *rows])
        assert [list(row) for row in parse_table(stream.getvalue(), "x.csv").rows] == rows


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_text_is_read_in_the_encodings_of_spreadsheets(encoding, tmp_path):
    (tmp_path / "a.csv").write_bytes("file,speaker\nJörg.wav,Zoë\n".encode(encoding))
    assert read_table(tmp_path / "a.csv").rows == [("Jörg.wav", "Zoë")]


def test_another_encoding_is_told_with_its_line(tmp_path):
    (tmp_path / "a.csv").write_bytes("file,speaker\na.wav,Zoe\nb.wav,Zoë\n".encode("latin-1"))
    with pytest.raises(TableError, match="another encoding in line 3 .* Save the table as CSV UTF-8"):
        read_table(tmp_path / "a.csv")


def test_a_cell_may_be_as_long_as_it_likes_and_a_file_may_not(tmp_path, monkeypatch):
    (tmp_path / "a.csv").write_text(f"file,text\na,{'x' * 300_000}\n")
    assert len(read_table(tmp_path / "a.csv").rows[0][1]) == 300_000
    monkeypatch.setattr("ser_core.tables.reading.MOST_BYTES", 1000)
    with pytest.raises(TableError, match="text of at most .* GB .* Save it as parquet, or in parts"):
        read_table(tmp_path / "a.csv")


def test_a_list_without_header_gets_its_first_row_back():
    table = parse_table("\na,1\nb,2\n", "x.csv").without_header(("file", "speaker"))
    assert (table.header, table.rows, list(table.places)) == (("file", "speaker"), [("a", "1"), ("b", "2")], [2, 3])


def test_names_of_columns_may_be_broken_into_lines_and_a_stray_quote_there_swallows_no_row():
    table = parse_table('file,"speaker\n(code)","emotion\n\n(label)"\na,1,sad\n"b",2,"x\ny"\n', "x.csv")
    assert table.header == ("file", "speaker (code)", "emotion (label)")
    assert (table.rows, table.places) == ([("a", "1", "sad"), ("b", "2", "x\ny")], [5, 6])
    table = parse_table('file,"speaker,emotion\na,1,sad\nb,2",sad\nc,3,sad\n', "x.csv")
    assert (table.header, len(table)) == (("file", '"speaker', "emotion"), 3)


@pytest.mark.parametrize("seed", range(4))
def test_no_row_vanishes_from_a_table_with_misplaced_quotes(seed):
    random = np.random.default_rng(seed)
    words = ["a", "it is", "well, yes", 'say "hi"', "", "x;y", "o'clock", "ends,", ",starts", '"', '""']
    read = 0
    for _ in range(150):
        rows = [[f"u{row}.wav", *random.choice(words, size=3)] for row in range(random.integers(2, 9))]
        stream = io.StringIO()
        csv.writer(stream, quoting=int(random.integers(2)), lineterminator="\n").writerows([list("pqrs"), *rows])
        assert [list(row) for row in parse_table(stream.getvalue(), "x.csv").rows] == rows
        lines = stream.getvalue().splitlines()
        for _ in range(random.integers(1, 4)):
            row, cut = random.integers(1, len(lines)), random.integers(2)
            place = random.integers(len(lines[row]))
            lines[row] = f"{lines[row][:place]}{'' if cut else chr(34)}{lines[row][place + cut :]}"
        with contextlib.suppress(TableError):
            table = parse_table("\n".join(lines), "x.csv")
            assert len(table) == len(rows)
            read += 1
    assert read > 50
