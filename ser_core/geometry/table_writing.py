"""Export of tables of angles: CSV that the audit reads, and LaTeX."""

from collections.abc import Sequence

import numpy as np

from ser_core.tables import csv_text
from ser_core.types import FloatArray

_LATEX = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{sign: f"\\{sign}" for sign in "&%$#_{}"},
    }
)


def matrix_csv(labels: Sequence[str], matrix: FloatArray, *, decimals: int = 4) -> str:
    """Write a matrix ``(K, K)`` with its labels in the first row and column; NaN becomes an empty cell.

    Examples:
        >>> print(matrix_csv(["a", "b"], np.array([[np.nan, 60], [60, np.nan]]), decimals=1))
        ,a,b
        a,,60.0
        b,60.0,
    """
    return csv_text(
        [["", *labels], *([label, *_texts(row, decimals)] for label, row in zip(labels, matrix, strict=True))]
    )


def pairs_csv(labels: Sequence[str], matrix: FloatArray, intervals: FloatArray, *, decimals: int = 4) -> str:
    """Write one line per pair, a class with itself among them: degrees ``(K, K)`` and bounds ``(K, K, 2)``."""
    lines: list[Sequence[str]] = [("a", "b", "angle_degrees", "lower_degrees", "upper_degrees")]
    for row, first in enumerate(labels):
        for column in range(row, len(labels)):
            values = np.array([matrix[row, column], *intervals[row, column]])
            lines.append((first, labels[column], *_texts(values, decimals)))
    return csv_text(lines)


def matrix_latex(
    labels: Sequence[str], matrix: FloatArray, *, intervals: FloatArray | None = None, decimals: int = 1
) -> str:
    r"""Write a matrix ``(K, K)`` as a ``tabular`` that needs no package; NaN becomes a dash.

    Labels are escaped; ``intervals``, ``(K, K, 2)``, are written behind each figure in brackets.

    Examples:
        >>> print(matrix_latex(["a_1", "b"], np.array([[np.nan, 60], [60, np.nan]])))
        \begin{tabular}{lrr}
        \hline
         & a\_1 & b \\
        \hline
        a\_1 & -- & 60.0 \\
        b & 60.0 & -- \\
        \hline
        \end{tabular}
    """
    names = [" ".join(label.split()).translate(_LATEX) for label in labels]
    lines = [f"\\begin{{tabular}}{{l{'r' * len(names)}}}", "\\hline", f" & {' & '.join(names)} \\\\", "\\hline"]
    for row, name in enumerate(names):
        cells = [text or "--" for text in _texts(matrix[row], decimals)]
        if intervals is not None:
            bounds = [_texts(pair, decimals) for pair in intervals[row]]
            cells = [f"{cell} [{low}, {high}]" if low and high else cell
                     for cell, (low, high) in zip(cells, bounds, strict=True)]  # fmt: skip
        lines.append(f"{name} & {' & '.join(cells)} \\\\")
    return "\n".join([*lines, "\\hline", "\\end{tabular}", ""])


def _texts(values: FloatArray, decimals: int) -> list[str]:
    return [f"{value:.{decimals}f}" if np.isfinite(value) else "" for value in values]
