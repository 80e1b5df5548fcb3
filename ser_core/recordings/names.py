"""Validation of names of corpora and speakers, and of sentences, which become cells of tables and names of folders."""

from ser_core.corpora import CORPORA
from ser_core.errors import ConfigError
from ser_core.paths import safe_name

LONGEST_SPEAKER = 60
LONGEST_SENTENCE = 500
LONGEST_WORD = 30


def corpus_name(name: str) -> str:
    """Return the name of a corpus if it is a valid folder name on every system.

    Raises:
        ConfigError: for another name, and for the name of a published corpus, whose licence it would get.

    Examples:
        >>> corpus_name("our-voices")
        'our-voices'
    """
    safe = safe_name(name, "corpus")
    if name != safe:
        raise ConfigError(
            "Expected a corpus's name of at most 60 letters (a to z), digits, '.', '-' and '_', which becomes a "
            f"folder; got {name!r}. Write for example {safe}."
        )
    if name.lower() in CORPORA:
        raise ConfigError(
            f"Expected a name that no published corpus has; got {name!r}. Write for example {name}-recorded."
        )
    return name


def one_line(text: str, what: str, longest: int) -> str:
    """Return text without surplus spaces, if it can be stored in one cell of a table.

    It has at most ``longest`` characters; ``what`` describes it in messages.

    Raises:
        ConfigError: if it is empty, too long or not printable.

    Examples:
        >>> one_line("  Anna   B. ", "a speaker", 60)
        'Anna B.'
    """
    words = " ".join(text.split())
    if not words or len(words) > longest or not words.isprintable():
        shown = "nothing" if not words else repr(words[:40]) + ("…" if len(words) > 40 else "")
        raise ConfigError(
            f"Expected {what} of 1 to {longest} characters that can be read aloud or printed; got {shown}. "
            "Write it in ordinary letters."
        )
    return words
