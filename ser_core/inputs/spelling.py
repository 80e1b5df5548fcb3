"""Words of a text, as the files of word vectors write them."""

import re

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
MARKS = "!?"
_WORD_OR_MARK = re.compile(rf"{_WORD.pattern}|[{MARKS}]")
_IRREGULAR = {"can't": "can", "won't": "will", "shan't": "shall"}


def tokens_of(text: str, *, marks: bool = False) -> list[str]:
    """Split a text into words in lower case, without punctuation; with ``marks``, ``!`` and ``?`` are words, too.

    Examples:
        >>> tokens_of("Kids are talking by the door - aren't they?")
        ['kids', 'are', 'talking', 'by', 'the', 'door', "aren't", 'they']
        >>> tokens_of("Really?!", marks=True)
        ['really', '?', '!']
    """
    return [word.replace("’", "'") for word in (_WORD_OR_MARK if marks else _WORD).findall(text.lower())]


def spellings(token: str) -> list[str]:
    """Return a token, and behind it the words that stand for it where it has no vector itself.

    Files differ in how they write English contractions: GloVe's has no vector for most.

    Examples:
        >>> spellings("door"), spellings("don't"), spellings("can't"), spellings("we're")
        (['door'], ["don't", 'do', 'not'], ["can't", 'can', 'not'], ["we're", 'we'])
    """
    if token.endswith("n't") and len(token) > 3:
        return [token, _IRREGULAR.get(token, token.removesuffix("n't")), "not"]
    return [token, *([token.partition("'")[0]] if "'" in token else [])]
