"""Text from files and errors, shown letter by letter rather than as Markdown."""

import re

# Where an address of the web or of a person would begin: what follows is found after escapes are resolved.
_ADDRESSES = re.compile(r"(?<=http)(?=s?:)|(?<=www)(?=\.)|(?<=@)(?=[-\w])|(?<=ftp)(?=:)", re.IGNORECASE)
_APART = "\N{WORD JOINER}"  # is not seen, and breaks no line
_MARKS = re.compile(r"([\\`*_{}\[\]<>$~:#|!^&])")


def plain(text: str) -> str:
    r"""Escape what Markdown would turn into emphasis, formulas, pictures or links, bare addresses included.

    A file name or a card comes from elsewhere: it must neither change its look nor fetch a picture from outside.

    Examples:
        >>> plain("my_take*2.wav")
        'my\\_take\\*2.wav'
    """
    return _MARKS.sub(r"\\\1", _ADDRESSES.sub(_APART, text))
