"""Names that began like a list lost their beginning, and "->" in a name was drawn as an arrow."""

import re

import pytest
from markdown_it import MarkdownIt

from ui.components.text import plain

NAMES = [
    "1. first.wav", "2) second.wav", "- dash.wav", "+ plus.wav", "007. bond.flac", "* star.wav", "# heading.wav",
    "> quote.wav", "---", "===", "- - -", "    indented.wav", "\ttab.wav", " space.wav", "1.", "-", "~~~ fence.wav",
    "| cell | cell |", "before\n- after.wav", "before\n1. after.wav", "before\n---", "12.wav", "-3 dB.wav",
    "[x] done.wav", "![a](b).wav", "<b>bold</b>.wav", "a &amp; b.wav", "\u00a0nbsp.wav",
]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("around", ["{}", "**{}**", "- {}", "{}: 2.0 s", "Still shown: {}"])
def test_a_name_is_shown_letter_by_letter_wherever_it_stands(name: str, around: str) -> None:
    markdown = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    shown = markdown.render(around.format(plain(name)))
    for tag in ("<ol", "<h1", "<h2", "<hr", "<pre", "<blockquote", "<table", "<img", "<a ", "<del", "<b>"):
        assert tag not in shown
    assert shown.count("<li>") == (around == "- {}")
    text = re.sub(r"<[^>]*>", "", shown).replace("\N{WORD JOINER}", "")
    text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    assert text.split() == around.replace("**", "").removeprefix("- ").format(name).split()


@pytest.mark.parametrize(
    "name", ["a -> b.wav", "a <- b.wav", "a <-> b.wav", "a -- b.wav", "a >= b", "a <= b", "a ~= b"]
)
def test_signs_that_streamlit_draws_as_one_stay_two(name: str) -> None:
    resolved = re.sub(r"\\(.)", r"\1", plain(name))
    assert not re.search(r"(^|\s)(<->|->|<-|--|>=|<=|~=)(\s|$)", resolved)
    assert resolved.replace("\N{WORD JOINER}", "") == name
