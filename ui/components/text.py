"""Text from files and errors, shown letter by letter rather than as Markdown."""

import re

_MARKS = re.compile(r"([\\`*_{}\[\]<>$~:#|!^&])")


def plain(text: str) -> str:
    r"""Escape what Markdown would turn into emphasis, formulas, pictures or links.

    A file name or a card comes from elsewhere: it must neither change its look nor fetch a picture from outside.

    Examples:
        >>> plain("my_take*2.wav")
        'my\\_take\\*2.wav'
    """
    return _MARKS.sub(r"\\\1", text)
