"""Clips of EmoDB that ship with the package: nine actors, 7 emotions, in German.

Licence: CC0 1.0, as the audformat release of EmoDB declares.

They are there to be heard. There are few of them, unequally many of each emotion, and chosen among the best
recognised: no figure on them says how good a model is. ``tools/make_emodb_clips.py`` chose them.

References:
    Burkhardt, Paeschke, Rolfes, Sendlmeier and Weiss (2005), Interspeech, 1517-1520.
"""

from pathlib import Path

from ser_core.corpora import emodb
from ser_core.corpora.manifest import Manifest
from ser_core.paths import expanded

CLIPS_ROOT = Path(__file__).resolve().parent / "emodb_speech"

TITLE = "EmoDB, clips (acted German)"
LICENCE = (
    "Acted German, from the Berlin Database of Emotional Speech. The audformat release of the corpus declares CC0 1.0: "
    "free for every use."
)
LICENCE_SHORT = emodb.LICENCE_SHORT
CITATION = emodb.CITATION
URL = "https://github.com/audeering/emodb"
NOTE = (
    "Chosen to be heard: complete sentences, of each emotion those that listeners recognised best. "
    "A figure on them says nothing about EmoDB."
)


def load(root: Path = CLIPS_ROOT) -> Manifest:
    """List the clips.

    Args:
        root: the folder with ``wav/`` in it; by default the one inside the package.

    Raises:
        CorpusError: if the folder is missing or empty, a name holds an unknown emotion or speaker, or a file cannot be
            opened.
    """
    root = expanded(root).absolute()
    _, utterances, notes = emodb.listed(root, TITLE, "emodb-clips")
    return Manifest("emodb-clips", root, utterances, LICENCE, CITATION, (NOTE, *notes))
