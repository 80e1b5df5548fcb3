r"""Tables as papers and notes print them: cells between ``&`` and ``\\`` in LaTeX, between bars in Markdown."""

import pytest

from ser_core.geometry.latex_table import is_latex_table, latex_cells
from ser_core.geometry.markdown_table import is_markdown_table, markdown_cells

WHOLE = r"""
\begin{table}[t]
\begin{tabular}{l|rr} % the angles
\toprule
 & angry & sad \\[2pt]
\midrule
angry & 0 & \textbf{60.3} \\
\cmidrule(lr){2-3}
low\_key & $60.3^{\circ}$ & -- \\*
\bottomrule
\end{tabular}
\end{table}
"""


def test_a_whole_tabular_gives_its_cells_without_rules_comments_and_styles():
    assert is_latex_table(WHOLE)
    assert latex_cells(WHOLE) == [["", "angry", "sad"], ["angry", "0", "60.3"], ["low_key", "60.3", "--"]]


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        (r"\ang{60.3}", "60.3"),
        (r"\textbf{\emph{60.3}}", "60.3"),
        (r"{\bf 60.3}", "60.3"),
        (r"$60.3^\circ$", "60.3"),
        (r"60.3\textdegree{}", "60.3"),
        ("60.3~", "60.3"),
        ("60.3 [50.1, 70.2]", "60.3"),
        (r"5\%", "5%"),
        (r"R\&B", "R&B"),
    ],
)
def test_a_cell_of_latex_is_what_a_reader_of_the_paper_sees(printed, read):
    assert latex_cells(rf"a & {printed} \\") == [["a", read]]


@pytest.mark.parametrize("text", ["a,b\n1,2", "a & b", r"a \\ b", r"R\&B \\", ""])
def test_without_cells_and_ends_of_lines_it_is_no_latex_table(text):
    assert not is_latex_table(text)


@pytest.mark.parametrize(
    "table",
    [
        "|   | a | b |\n|---|--:|:-:|\n| a |  | 60.3 |",
        "x | a | b\n---|---|---\na | | 60.3",
        "\n|   | **a** | `b` |\n\n|---|---|---|\n| _a_ |  | *60.3* |\n",
    ],
    ids=["bars at the ends", "none", "styles and empty lines"],
)
def test_a_markdown_table_gives_its_cells_without_rule_and_styles(table):
    assert is_markdown_table(table)
    (_, *names), *rows = markdown_cells(table)
    assert (names, rows) == (["a", "b"], [["a", "", "60.3"]])


def test_a_bar_that_is_written_belongs_to_its_cell():
    assert markdown_cells("| a\\|b | c |\n|---|---|\n| 1 | 2 |") == [["a|b", "c"], ["1", "2"]]


@pytest.mark.parametrize("text", ["| a | b |", "| a | b |\n| 1 | 2 |", "a,b\n---", "---\n| a |", ""])
def test_without_a_rule_below_names_between_bars_it_is_no_markdown_table(text):
    assert not is_markdown_table(text)
