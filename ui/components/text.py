"""Escaping of text from files and errors, so that it is not read as Markdown."""

import re

# Where an address of the web or of a person would begin: what follows is found after escapes are resolved.
_ADDRESSES = re.compile(r"(?<=http)(?=s?:)|(?<=www)(?=\.)|(?<=@)(?=[-\w])|(?<=ftp)(?=:)", re.IGNORECASE)
_APART = "\N{WORD JOINER}"  # is not seen, and breaks no line
_MARKS = re.compile(r"([\\`*_{}\[\]<>$~:#|!^&])")
# What makes a line a list, a rule or a heading where it begins: "1. ", "2) ", "- ", "+ ", "---", "===".
_NUMBERED = re.compile(r"^([ \t]*\d{1,9})(?=[.)](?:\s|$))", re.MULTILINE)
_BULLETED = re.compile(r"^([ \t]*)(?=[-+](?:\s|$)|-+[ \t]*$|=+[ \t]*$)", re.MULTILINE)
_INDENTED = re.compile(r"^(?=[ \t\N{NO-BREAK SPACE}])", re.MULTILINE)
# Signs that Streamlit draws as one (→, —, ≥), also where they are escaped.
_DRAWN_AS_ONE = re.compile(r"(?<=<)(?=-)|(?<=-)(?=[->])|(?<=[><~])(?==)")
# A command of ours, or one of its options; it ends where the sentence does. As code it can be copied: of escaped
# dashes, the signs that keep them apart would be copied too.
_COMMAND = re.compile(r"(python -m ser_core(?: [\w./=,:\-]*[\w/\-])*|(?<![^\s(])--[a-z][\w-]*(?:=[\w./]*\w)?)")


def plain(text: str) -> str:
    r"""Escape what Markdown would turn into emphasis, formulas, lists, pictures or links, bare addresses included.

    Commands of this program and their options are set as code.

    A file name or a card comes from elsewhere: it must neither change its look nor fetch a picture from outside.

    Examples:
        >>> plain("my_take*2.wav")
        'my\\_take\\*2.wav'
        >>> plain("1. first.wav"), plain("- second.wav")
        ('1\\. first.wav', '\\- second.wav')
    """
    parts = _COMMAND.split(text)
    return "".join(f"`{part}`" if number % 2 else _escaped(part) for number, part in enumerate(parts))


def _escaped(text: str) -> str:
    kept = _MARKS.sub(r"\\\1", _DRAWN_AS_ONE.sub(_APART, _ADDRESSES.sub(_APART, text)))
    return _INDENTED.sub(_APART, _BULLETED.sub(r"\1\\", _NUMBERED.sub(r"\1\\", kept)))
