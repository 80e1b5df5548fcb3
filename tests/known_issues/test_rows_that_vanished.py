"""A stray quote made rows of a table vanish, and separators, empty lines and long cells led to wrong advice."""

import numpy as np
import pytest
import soundfile

from ser_core.cli import main
from ser_core.corpora import table
from ser_core.embeddings.opening import open_space
from ser_core.errors import SerError
from ser_core.geometry.table_reading import read_angle_table

ROWS = [(f"u{number}.wav", f"s{number % 3}", "sad", "it is eleven") for number in range(12)]


def lines(changes: dict[int, str], mark: str = ",") -> str:
    """A manifest of twelve rows, the text of some rows replaced."""
    rows = [mark.join([*row[:3], changes.get(number, row[3])]) for number, row in enumerate(ROWS)]
    return "\n".join([mark.join(["file", "speaker", "emotion", "text"]), *rows]) + "\n"


def listed(tmp_path, text: str, name: str = "list.csv"):
    (tmp_path / name).write_text(text, encoding="utf-8")
    return table.listed(tmp_path / name)


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
@pytest.mark.parametrize(
    "changes",
    [
        {3: '"it is'},
        {3: '"it is', 8: 'eleven"'},
        {3: '"it is', 4: 'eleven"'},
        {0: '"it is', 11: 'eleven"'},
        {3: '"', 4: '"'},
        {3: '"it is', 8: '"eleven'},
        {3: '"it" is', 8: '"eleven" o\'clock'},
        dict.fromkeys(range(12), '"it is'),
        {3: '"it is', 6: '""', 8: '"properly quoted"', 9: 'eleven"'},
    ],
)
def test_every_line_stays_a_row_wherever_quotes_stray(tmp_path, changes, mark):
    utterances, notes = listed(tmp_path, lines(changes, mark))
    assert [utterance.file for utterance in utterances] == [row[0] for row in ROWS]
    if '"it" is' not in changes.values() and '"' not in changes.values():
        assert any("read as characters: line" in note for note in notes)


@pytest.mark.parametrize(
    ("changes", "line"),
    [
        ({3: '"it is, well'}, 5),
        ({3: '"it is, well', 8: 'eleven"'}, 5),
        ({3: '"it is, well', 8: '"eleven, o\'clock"'}, 5),
        ({3: '"it is', 6: "eleven, twelve", 8: "o'clock\""}, 5),
        ({11: '"it is, well'}, 13),
    ],
)
def test_a_quote_that_can_be_read_in_no_way_is_named_with_its_line(tmp_path, changes, line):
    with pytest.raises(SerError, match=rf"quote.* in line {line} "):
        listed(tmp_path, lines(changes))


def test_a_text_of_several_lines_is_still_one_cell(tmp_path):
    rows = ['"u\n0.wav",s,sad,x', 'u1.wav,s,sad,"one,\ntwo, three\n\n""four"""', 'u2.wav,"s\n2",sad,y', ""]
    text = "\n".join(["file,speaker,emotion,text", *rows])
    utterances, notes = listed(tmp_path, text)
    assert [utterance.file for utterance in utterances] == ["u\n0.wav", "u1.wav", "u2.wav"]
    assert utterances[1].text == 'one,\ntwo, three\n\n"four"'
    assert notes == []


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("file,speaker,emotion\nu0.wav,0,angry\n\n\nu1.wav,1,furious\n", 5),
        ('file,speaker,emotion,text\nu0.wav,0,angry,"1\n2"\nu1.wav,1,furious,\n', 4),
        ("sep=,\nfile,speaker,emotion\n\nu0.wav,0,furious\n", 4),
        ("\n\r\nfile\tspeaker\temotion\r\nu0.wav\t0\tfurious\r\n", 4),
    ],
)
def test_messages_name_the_line_of_the_file(tmp_path, text, line):
    with pytest.raises(SerError, match=f"line {line}: 'furious'"):
        listed(tmp_path, text)


def test_lines_that_hold_only_separators_are_no_utterances(tmp_path):
    utterances, _ = listed(tmp_path, "file,speaker,emotion\nu0.wav,0,sad\n,,\n , ,\nu1.wav,1,sad\n,,\n")
    assert len(utterances) == 2


def test_metadata_of_vectors_keeps_its_rows_too(tmp_path):
    np.save(tmp_path / "v.npy", np.random.default_rng(0).normal(size=(12, 3)))
    for changes in ({3: '"it is'}, {3: '"it is', 8: 'eleven"'}):
        (tmp_path / "m.csv").write_text(lines(changes, ";"))
        space = open_space(tmp_path / "v.npy", tmp_path / "m.csv")
        assert space.column("file").tolist() == [row[0] for row in ROWS]
        assert any("read as characters: line 5" in note for note in space.notes)


@pytest.mark.parametrize(
    "text", ["sep=;\n;a,1;b\na,1;;12,5\nb;;\n", "|a|b\na||12.5\nb||\n", "\n\n,a,b,\n\na,,12.5,\nb,,,\n"]
)
def test_tables_of_angles_are_read_by_the_same_rules(text):
    assert read_angle_table(text.encode()).degrees[0, 1] == 12.5


def test_a_stray_quote_in_a_table_of_angles_swallows_no_label():
    assert read_angle_table(b',"a,b,c\n"a,,10,20\nb,,,30\nc,,,\n').labels == ('"a', "b", "c")


def test_commands_tell_how_many_rows_were_read_and_what_to_know_of_them(tmp_path, capsys):
    random = np.random.default_rng(0)
    for file, *_ in ROWS:
        soundfile.write(tmp_path / file, 0.1 * random.normal(size=16_000), 16_000)
    (tmp_path / "list.csv").write_text(lines({3: '"it is', 8: 'eleven"'}))
    out = tmp_path / "out.parquet"
    assert (
        main(["embed", "--checkpoint", "demo-residual", "--corpus", str(tmp_path / "list.csv"), "--out", str(out)]) == 0
    )
    told = capsys.readouterr().err
    assert "list: 12 utterances, 3 speakers" in told
    assert "note: Quotes that open a cell and don't close in it were read as characters: line 5." in told
