"""What corpora, speakers and sentences may be called: text from outside that comes to stand in tables and folders."""

from ser_core.corpora import CORPORA
from ser_core.errors import ConfigError
from ser_core.paths import safe_name

LONGEST_SPEAKER = 60
LONGEST_SENTENCE = 500
LONGEST_WORD = 30


def corpus_name(name: str) -> str:
    """Return the name of a corpus if it can also be that of its folder, on every system.

    Raises:
        ConfigError: for anything else, and for the name of a published corpus, whose terms it would be given.

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
    """Return text without surplus spaces, if it can stand in one cell of a table and be found there again.

    Args:
        text: as typed.
        what: it is, for the message.
        longest: number of characters.

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
