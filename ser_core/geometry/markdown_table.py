"""Parser for the cells of a Markdown table."""

import re
from typing import Final

_BAR: Final = re.compile(r"(?<!\\)\|")
_RULE: Final = re.compile(r":?-+:?")
_STYLED: Final = re.compile(r"(\*\*|__|\*|_|`)(.+)\1")


def is_markdown_table(text: str) -> bool:
    r"""Return whether a text is a row of names between bars above a rule of dashes.

    Examples:
        >>> is_markdown_table("|   | a | b |\n|---|---|---|"), is_markdown_table("a | b\n1 | 2")
        (True, False)
    """
    lines = [line for line in text.splitlines() if line.strip()][:2]
    return len(lines) == 2 and bool(_BAR.search(lines[0])) and _is_rule(_split(lines[1]))


def markdown_cells(text: str) -> list[list[str]]:
    r"""Return the cells of each row, without the rule below the names, and without bold and italic.

    The bars at both ends of the lines may be missing.

    Examples:
        >>> markdown_cells("|   | a\\|1 | **b** |\n|:--|---:|---:|\n| a\\|1 | | 60.3 |")
        [['', 'a|1', 'b'], ['a|1', '', '60.3']]
    """
    rows = [_split(line) for line in text.splitlines() if line.strip()]
    return [[_cell(cell) for cell in row] for row in (rows[0], *rows[2:])]


def _split(line: str) -> list[str]:
    line = line.strip()
    cells = [cell.strip() for cell in _BAR.split(line)]
    return cells[line.startswith("|") : len(cells) - (len(cells) > 1 and not cells[-1])]


def _is_rule(cells: list[str]) -> bool:
    return bool(cells) and all(_RULE.fullmatch(cell) for cell in cells)


def _cell(text: str) -> str:
    styled = _STYLED.fullmatch(text)
    return (styled[2] if styled else text).replace("\\|", "|")
