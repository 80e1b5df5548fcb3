"""Tables of angles from papers and spreadsheets are read as they were meant, or refused with what to do."""

import json

import numpy as np
import pytest

from ser_core.errors import InputError
from ser_core.geometry.angle_table import MOST_LABELS, angle_table
from ser_core.geometry.table_reading import read_angle_table
from ser_core.geometry.table_writing import matrix_csv, matrix_latex, pairs_csv

EXPECTED = [[0, 60.34, 89.78], [60.34, 0, 25.75], [89.78, 25.75, 0]]
WHOLE = ",neutral,happy,sad\nneutral,0.37,60.34,89.78\nhappy,60.34,0.03,25.75\nsad,89.78,25.75,0.35\n"

LATEX = r"""
% Table 2
\begin{table}[t]
\centering
\caption{Angles between emotions, 95\% by speaker}
\begin{tabular}{l|*{3}{c}}
\toprule
 & \textbf{neutral} & \textit{happy} & {\bf sad} \\ \midrule
\textbf{neutral} & -- & $\mathbf{60.34}^{\circ}$ & 89.78\textdegree{} \\[2pt]
happy & $60.34^\circ$ & -- & 25.75 [20.11, 31.02] \\ \cline{1-2}
sad & \ang{89.78} & 25.75 & -- \\
\bottomrule
\end{tabular}
\label{tab:angles}
\end{table}
"""

MARKDOWN = """
| angle | neutral | *happy* | `sad` |
|:--|--:|:-:|---|
| **neutral** | 0.37 | **60.34** | 89.78° |
| happy | 60.34 | | 25.75 |
| sad | 89.78 | 25.75 | – |
"""


@pytest.mark.parametrize(
    "text",
    [
        WHOLE,
        WHOLE.replace("0.37", "").replace("0.35", "n/a"),
        WHOLE.replace(",", "\t"),
        WHOLE.replace(",", ";").replace(".", ","),
        WHOLE.replace(",", "\t").replace(".", ","),
        WHOLE.replace("\n", "\r\n"),
        WHOLE.replace("\n", " \n\n"),
        WHOLE.replace("60.34", '" 60.34° "'),
        WHOLE.removeprefix(","),
        WHOLE.replace("\n", ",\n"),
        "angle," + WHOLE[1:],
        ",neutral,happy,sad\nneutral,,60.34,89.78\nhappy,,,25.75\nsad,,,",
        ",neutral,happy,sad\nneutral\nhappy,60.34\nsad,89.78,25.75",
        ",neutral,happy,sad\nneutral,-,60.34,89.78\nhappy,–,-,25.75\nsad,–,–,-",
        WHOLE.replace(",60.34", ',"60,34"'),
        WHOLE.replace(",", " ").replace(" neutral", "   neutral", 1).replace(".", ","),
        WHOLE.replace(",", " & ").replace("\n", " \\\\\n"),
        WHOLE.replace(",", "&").replace("\n", "\\\\ "),
        LATEX,
        MARKDOWN,
        MARKDOWN.replace("| ", "", 1).replace("\n| ", "\n").replace(" |\n", "\n"),
        json.dumps(
            {"labels": ["neutral", "happy", "sad"], "matrix_degrees": [[None, *EXPECTED[0][1:]], *EXPECTED[1:]]}
        ),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_one_table_is_read_from_each_of_its_forms(text: str, encoding: str) -> None:
    found = read_angle_table(text.encode(encoding))
    assert found.labels == ("neutral", "happy", "sad")
    np.testing.assert_array_equal(found.degrees, EXPECTED)
    np.testing.assert_allclose(found.rounding_degrees, 0.005 * (1 - np.eye(3)))


def test_json_that_no_reader_can_read_is_told_with_the_reason(damaged_json) -> None:
    text, told = damaged_json
    with pytest.raises(
        InputError, match=f"Expected JSON as `angles` writes it; got: {told}.*Make it again, or use CSV"
    ):
        read_angle_table(text.encode())


@pytest.mark.parametrize("labels", [("1", "2", "3"), ("0", "1", "2"), ("03", "08", "11"), ("1001", "1007", "1002")])
def test_labels_may_be_the_numbers_of_classes_or_speakers(labels: tuple[str, ...]) -> None:
    a, b, c = labels
    assert read_angle_table(f",{a},{b},{c}\n{a},,60,90\n{b},,,45\n{c},,,".encode()).labels == labels


def test_the_latex_that_is_written_here_is_read_again() -> None:
    labels, matrix = ["a_1", "b & c", "50%"], np.array([[10.0, 60, 90], [60, 11, 45], [90, 45, 12]])
    bounds = np.stack([matrix - 1, matrix + 1], axis=-1)
    found = read_angle_table(matrix_latex(labels, matrix, intervals=bounds).encode())
    assert found.labels == tuple(labels)
    np.testing.assert_array_equal(found.degrees, matrix * (1 - np.eye(3)))


def test_cosines_become_degrees_with_the_rounding_of_each() -> None:
    found = read_angle_table(";a;b;c\na;1;−0,50;1\nb;;1;0\nc;;;1".encode(), cosines=True)
    np.testing.assert_allclose(found.degrees, [[0, 120, 0], [120, 0, 90], [0, 90, 0]], atol=1e-12)
    # Printed with one decimal that matters: -0.5 stands for -0.55 to -0.45.
    assert found.rounding_degrees[0, 1] == pytest.approx(np.degrees(np.arccos(-0.55)) - 120)
    assert found.rounding_degrees[0, 2] == pytest.approx(np.degrees(np.arccos(0.95)))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "a table; got nothing. Paste it"),
        (" \n ", "a table; got nothing"),
        ("neutral happy sad", "commas, semicolons, tabs or bars between the columns; got none in 'neutral happy sad'"),
        (",a\na,0\n", "2 to 500 labels; got 1"),
        ("0,60,90\n60,0,25\n90,25,0", r"labels in the first row .* got figures \(0, 60, 90\). Write a name above each"),
        (",60.3,90.2\n60.3,,25\n90.2,25,", "labels in the first row and the first column; got figures"),
        (
            ",60,90\n60,,30\n90,30,",
            r"first column; got figures \(nothing, 60, 90\). Write a name above each",
        ),
        ("1;0,5\n0,5;1", "labels in the first row and the first column; got figures"),
        ("this is no\ntable at all", "got is, no above and table on the left"),
        (",a,b\n", "labels of the columns .* got a, b above and none on the left"),
        (",a,a\na,0,1\na,1,0\n", "every label once; got a more than once. Rename or remove one"),
        (",a,\na,0,1\n,1,0\n", "a label for every row; got none in row 2. Name it"),
        (",a,b\na,0,1\nc,1,0\n", "in the same order; got a, b above and a, c on the left"),
        (",a,b\nb,0,1\na,1,0\n", "in the same order; got a, b above and b, a on the left"),
        (",a,b,c\na,0,1,2\nb,1,0,2\n", "got a, b, c above and a, b on the left"),
        (",a,b\na,0,1,2\nb,1,0\n", "2 figures in the row of a, as there are labels; got 3. Give each label one row"),
        (",a,b\na,0,1\nb,2,0\n", "one figure for a and b in both halves of the table; got 1 and 2. Correct one"),
        (",a,b\na,0,x\nb,1,0\n", "a figure for a and b; got 'x'. Write a number there"),
        (",a,b\na,0,nan\nb,1,0\n", "a figure for a and b; got 'nan'"),
        (",a,b\na,0,1_0\nb,1,0\n", "a figure for a and b; got '1_0'. Write a number there"),
        (",a,b\na,0,١\nb,1,0\n", "a figure for a and b; got '١'"),
        (",a,b\na,0,inf\nb,1,0\n", "a figure for a and b; got 'inf'"),
        (",a,b\na,0,\nb,,0\n", "a figure for every pair; got none for a and b. Fill in one half"),
        (",a,b\na,0,181\nb,181,0\n", "angles from 0 to 180; got 181 for a and b. Correct that figure.$"),
        (",a,b\na,0,-0.2\nb,,0\n", "got -0.2 for a and b. Correct that figure. If these are cosines, choose cosines"),
        ("{", "JSON as `angles` writes it; got: .* Make it again, or use CSV"),
        ('{"labels": 3}', "keys labels and matrix_degrees, .* got labels. Make it with `angles`"),
        ('{"labels": ["a", "b"], "matrix_degrees": [[0]]}', "2 rows of 2 angles, as there are labels"),
        ('{"labels": ["a", "b"], "matrix_degrees": [[0, "1"], [1, 0]]}', "angles in matrix_degrees; got 1"),
        ('{"labels": ["a", "b"], "matrix_degrees": [[0, 1e9], [1, 0]]}', "angles in matrix_degrees; got 1000000000.0"),
        ('{"labels": [], "matrix_degrees": []}', "2 to 500 labels; got 0"),
    ],
)
def test_what_is_no_table_of_angles_is_refused_with_advice(text: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        read_angle_table(text.encode())


def test_a_cosine_above_one_may_be_an_angle() -> None:
    with pytest.raises(InputError, match="cosines from -1 to 1; got 60 .* If these are degrees, choose degrees"):
        read_angle_table(b",a,b\na,0,60\nb,60,0\n", cosines=True)


def test_bytes_that_are_no_text_and_very_much_text_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    for content in (bytes(range(256)), b"PK\x03\x04\0\0", "ärger".encode("latin-1")):
        with pytest.raises(InputError, match="got bytes that are no such text. Save the table as CSV in UTF-8"):
            read_angle_table(content)
    monkeypatch.setattr("ser_core.geometry.table_reading.MOST_BYTES", 10)
    with pytest.raises(InputError, match="at most .* MB; got .* choose the file with the table"):
        read_angle_table(WHOLE.encode())


def test_five_hundred_labels_are_read_and_one_more_is_refused() -> None:
    labels = [f"label {number}" for number in range(MOST_LABELS + 1)]
    matrix = np.full((len(labels), len(labels)), 90.0)
    assert len(read_angle_table(matrix_csv(labels[:-1], matrix[:-1, :-1]).encode()).labels) == MOST_LABELS
    with pytest.raises(InputError, match="got 501. .* a larger table is looked at in parts"):
        read_angle_table(matrix_csv(labels, matrix).encode())


def test_another_shape_than_the_labels_is_refused() -> None:
    with pytest.raises(InputError, match=r"a square table, 2 rows and columns as there are labels; got \(2, 3\)"):
        angle_table(["a", "b"], np.zeros((2, 3)))


def test_what_is_written_as_csv_is_read_again() -> None:
    labels = ['say "hi", twice', "b;c", "d, e"]
    found = read_angle_table(matrix_csv(labels, np.array(EXPECTED)).encode())
    assert found.labels == tuple(labels)
    np.testing.assert_array_equal(found.degrees, EXPECTED)


def test_pairs_are_written_once_with_their_bounds_and_blanks_where_there_are_none() -> None:
    bounds = np.stack([np.array(EXPECTED) - 1, np.array(EXPECTED) + 1], axis=-1)
    bounds[2, 2] = np.nan
    lines = pairs_csv(["a", "b", "c"], np.array(EXPECTED), bounds, decimals=2).splitlines()
    assert lines[0] == "a,b,angle_degrees,lower_degrees,upper_degrees"
    assert lines[2] == "a,b,60.34,59.34,61.34"
    assert lines[-1] == "c,c,0.00,,"
    assert len(lines) == 1 + 6


def test_latex_escapes_labels_and_brackets_the_bounds() -> None:
    matrix = np.array([[np.nan, 60.34], [60.34, 1.0]])
    bounds = np.full((2, 2, 2), np.nan)
    bounds[0, 1] = 59.0, 62.0
    lines = matrix_latex(["a_b & 50%", "\\x"], matrix, intervals=bounds).splitlines()
    assert lines[2] == r" & a\_b \& 50\% & \textbackslash{}x \\"
    assert lines[4] == r"a\_b \& 50\% & -- & 60.3 [59.0, 62.0] \\"
    assert lines[5] == r"\textbackslash{}x & 60.3 & 1.0 \\"
