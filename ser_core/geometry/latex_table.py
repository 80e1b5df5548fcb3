r"""Parser for the cells of a LaTeX table, between ``&`` and ``\\``."""

import re
from typing import Final

_COMMENT: Final = re.compile(r"(?<!\\)%.*")
_RULE: Final = re.compile(r"\\(?:[hct]line|(?:top|mid|bottom|c?mid)rule)\b(?:\([^)]*\))?(?:\{[^}]*\})?(?:\[[^\]]*\])?")
_FRAME: Final = re.compile(r"\\(?:begin|end)\{[^}]*\}(?:\[[^\]]*\])?(?:\{(?:[^{}]|\{[^{}]*\})*\})*")
_LINE_END: Final = re.compile(r"\\\\\*?(?:\s*\[[^\]]*\])?")
_BETWEEN: Final = re.compile(r"(?<!\\)&")
_DEGREES: Final = re.compile(r"\^\s*\{?\s*\\circ\s*\}?|\\(?:text)?degrees?\b(?:\{\})?")
_STYLED: Final = re.compile(r"\\[A-Za-z]+\s*\{([^{}]*)\}")  # \textbf{60.3}, \ang{60.3}
_SWITCH: Final = re.compile(r"\\(?:bf|it|em|bfseries|itshape|small|footnotesize)\b")
_INTERVAL: Final = re.compile(r"\[[^\[\]]*\]$")  # behind a figure, as this project writes it
_ESCAPED: Final = re.compile(r"\\([&%$#_{}])")


def is_latex_table(text: str) -> bool:
    r"""Return whether a text is a LaTeX table: cells between ``&``, lines that end with ``\\``.

    Examples:
        >>> is_latex_table("a & b \\\\"), is_latex_table("Q&A,b")
        (True, False)
    """
    return bool(_BETWEEN.search(text) and _LINE_END.search(text))


def latex_cells(text: str) -> list[list[str]]:
    r"""Split a table into its cells: without rules, styles, signs of mathematics and intervals in brackets.

    ``text`` holds the rows, or the whole ``tabular``; returns a list of cells for each row that has any.

    Examples:
        >>> latex_cells(r"\hline & a\_1 & b \\ a\_1 & -- & $\mathbf{60.3}^\circ$ [50.1, 70.2] \\ \hline")
        [['', 'a_1', 'b'], ['a_1', '--', '60.3']]
    """
    plain = "\n".join(_COMMENT.sub("", line) for line in text.splitlines())
    plain = _RULE.sub(" ", _FRAME.sub(" ", plain))
    rows = [_BETWEEN.split(row) for row in _LINE_END.split(plain)]
    return [[_cell(cell) for cell in row] for row in rows if len(row) > 1]


def _cell(text: str) -> str:
    text = _SWITCH.sub("", _DEGREES.sub("", text))
    while _STYLED.search(text):
        text = _STYLED.sub(r"\1", text)
    text = re.sub(r"(?<!\\)[${}]|~", " ", text)
    text = _ESCAPED.sub(r"\1", text)
    return _INTERVAL.sub("", " ".join(text.split())).strip()
