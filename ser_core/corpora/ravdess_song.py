"""RAVDESS, song part: 23 actors, 2 sentences, 6 emotions, 1012 recordings in North American English.

Licence: CC BY-NC-SA 4.0 (non-commercial, share alike; the authors sell commercial licences).

References:
    Livingstone and Russo (2018), PLoS ONE 13(5): e0196391. Zenodo record 1188976, which says that there are no song
    files of actor 18, and that song has no disgust and no surprise.
"""

import dataclasses
from pathlib import Path

from ser_core.corpora import ravdess
from ser_core.corpora.manifest import Manifest

TITLE = "RAVDESS (song)"
LICENCE = ravdess.LICENCE
LICENCE_SHORT = ravdess.LICENCE_SHORT
CITATION = ravdess.CITATION
URL = ravdess.URL

WITHOUT_SONG = "18"
SONG = ravdess.RavdessPart(
    name="song",
    corpus="ravdess-song",
    title=TITLE,
    channel="02",
    emotions=("01", "02", "03", "04", "05", "06"),
    actors=tuple(actor for actor in ravdess.ACTORS if actor != WITHOUT_SONG),
    archive="Audio_Song_Actors_01-24.zip",
)


def load(root: Path) -> Manifest:
    """List the sung recordings of RAVDESS, as :func:`ser_core.corpora.ravdess.load`; actors keep their names."""
    manifest = ravdess.load_part(root, SONG)
    note = "Sung, not spoken, by the actors of RAVDESS (speech): the two parts are no two sets of speakers."
    return dataclasses.replace(manifest, notes=(*manifest.notes, note))
