"""What a command says beside its result is printed to the letter."""

import io

import rich.console

from ser_core.cli.messages import print_message
from ser_core.cli.sweep import _summary


def terminal(width: int) -> rich.console.Console:
    return rich.console.Console(file=io.StringIO(), width=width, force_terminal=True, color_system="truecolor")


def test_a_line_is_neither_coloured_nor_broken_nor_taken_for_markup():
    console = terminal(width=20)
    line = "kind=[b],x=[/b] :smile: 12 and more than the terminal is wide"
    print_message(console, line)
    assert console.file.getvalue() == f"{line}\n"


def test_the_table_of_a_sweep_names_its_points_to_the_letter():
    console = terminal(width=200)
    console.print(_summary({"points": [{"point": "kind=[b],x=[/b]", "uar_mean": 0.5, "wa_mean": 0.25}]}))
    assert "kind=[b],x=[/b]" in console.file.getvalue()
