"""What comes from files and errors is shown letter by letter."""

import pytest
import streamlit as st

from ser_core.errors import AudioError
from ui.components.text import plain
from ui.errors import shown_to_visitor
from ui.views.train.progress import duration


@pytest.mark.parametrize("mark", ["*", "_", "[", "<", "$", ":", "`", "!"])
def test_markdown_in_a_file_name_stays_text(mark: str):
    assert plain(f"a{mark}b") == f"a\\{mark}b"


def test_an_error_made_for_people_becomes_a_message(monkeypatch: pytest.MonkeyPatch):
    shown: list[str] = []
    monkeypatch.setattr(st, "error", shown.append)
    with shown_to_visitor():
        raise AudioError("Expected speech; got silence. Speak closer.")
    assert shown == ["Expected speech; got silence. Speak closer."]


def test_a_bug_is_not_hidden():
    with pytest.raises(ZeroDivisionError), shown_to_visitor():
        _ = 1 / 0


def test_time_left_is_said_in_the_unit_that_fits():
    assert [duration(seconds) for seconds in (42, 190, 7800)] == ["42 s", "3 min", "2 h 10 min"]
