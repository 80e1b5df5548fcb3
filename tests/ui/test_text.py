"""What comes from files and errors is shown letter by letter."""

import re

import pytest
import streamlit as st

from ser_core.errors import AudioError
from ui.components.progress import duration
from ui.components.text import plain
from ui.errors import shown_to_visitor


@pytest.mark.parametrize("mark", ["*", "_", "[", "<", "$", ":", "`", "!"])
def test_markdown_in_a_file_name_stays_text(mark: str):
    assert plain(f"a{mark}b") == f"a\\{mark}b"


@pytest.mark.parametrize(
    "address", ["https://evil.example/x", "HTTP://evil.example", "www.evil.example", "someone@evil.example"]
)
def test_a_bare_address_is_text_that_leads_nowhere(address: str):
    shown = plain(f"a {address} b").replace("\\", "")
    assert shown.replace("\N{WORD JOINER}", "") == f"a {address} b"
    # What the browser makes links of once it has resolved escapes (mdast-util-gfm-autolink-literal).
    assert not re.search(r"(https?://|www(?=\.))[-.\w]+", shown, re.IGNORECASE)
    assert not re.search(r"[-.\w+]+@[-\w]+(\.[-\w]+)+", shown)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Say --x: python -m ser_core manifest TABLE --root F --out N.csv", "manifest TABLE --root F --out N.csv`"),
        ("Write python -m ser_core train --resume. Then go on.", "`python -m ser_core train --resume`. Then go on."),
        ("(see: python -m ser_core corpora)", "`python -m ser_core corpora`)"),
        ("Make both with the same --protocol.", "the same `--protocol`."),
        ("python -m ser_core x, or y", "`python -m ser_core x`, or y"),
    ],
)  # fmt: skip
def test_a_command_in_a_message_can_be_copied_as_it_is(text: str, shown: str):
    assert plain(text).endswith(shown)
    assert "\N{WORD JOINER}" not in shown


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
