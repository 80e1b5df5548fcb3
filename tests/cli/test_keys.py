"""Single keys are read from a terminal as they are pressed."""

import os
import sys

import pytest

from ser_core.cli.keys import ENTER, keys
from ser_core.errors import InputError


@pytest.mark.skipif(sys.platform == "win32", reason="Expected a POSIX terminal; Windows has none.")
def test_keys_are_read_one_by_one_without_enter_and_the_terminal_is_left_as_it_was(monkeypatch) -> None:
    import pty
    import termios

    person, terminal = pty.openpty()
    with os.fdopen(terminal) as stdin:
        monkeypatch.setattr(sys, "stdin", stdin)
        before = termios.tcgetattr(stdin)
        with keys() as pressed:
            assert pressed(0.01) is None
            for typed, key in ((b"K", "k"), (b"\r", ENTER), (b"\x1b[A", "\x1b")):
                os.write(person, typed)
                assert pressed(5.0) == key
        assert termios.tcgetattr(stdin) == before
    os.close(person)


def test_without_a_terminal_there_is_advice(monkeypatch) -> None:
    with open(os.devnull) as nothing:  # noqa: PTH123
        monkeypatch.setattr(sys, "stdin", nothing)
        with pytest.raises(InputError, match="Add --yes"), keys():
            pass
