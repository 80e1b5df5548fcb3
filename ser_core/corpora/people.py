"""Who the speakers of corpora are: two corpora may have the same people in them."""

from ser_core.corpora import SPEAKERS_OF
from ser_core.corpora.joining import own_name
from ser_core.corpora.manifest import Manifest


def family(corpus: str) -> str:
    """Return the name of the group of people who speak in a corpus.

    Examples:
        >>> family("ravdess-song"), family("ravdess"), family("my own table")
        ('ravdess', 'ravdess', 'my own table')
    """
    return SPEAKERS_OF.get(corpus, corpus)


def families(manifest: Manifest) -> tuple[str, ...]:
    """Return the family of every utterance's corpus."""
    return tuple(family(row.corpus or manifest.corpus) for row in manifest.utterances)


def people(manifest: Manifest) -> tuple[str, ...]:
    """Return who speaks every utterance: the same name for an actor's speech and song."""
    return tuple(own_name(manifest.corpus, row.speaker, SPEAKERS_OF) for row in manifest.utterances)
