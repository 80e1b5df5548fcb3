"""TESS, the Toronto emotional speech set: 2 actresses, 200 words, 7 emotions, 2800 recordings in English.

Licence: CC BY-NC-ND 4.0 (non-commercial, no derivatives).

References:
    Pichora-Fuller and Dupuis (2020), Borealis, https://doi.org/10.5683/SP2/E8H2MF.
    EmoBox, ``data/tess/tess.jsonl``: names and codes of a flat copy. The copies on Kaggle (ejlok1) have a folder per
    voice and emotion, of which ``OAF_Fear, OAF_Sad, OAF_Pleasant_surprise, YAF_pleasant_surprised`` follow no common
    spelling, and the whole set a second time in a folder within.
"""

import re
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from ser_core.corpora.folder import missing_note, recordings_in, require_names, require_readable
from ser_core.corpora.manifest import Manifest, Utterance
from ser_core.paths import expanded

TITLE = "TESS (Toronto emotional speech set)"
LICENCE = "Creative Commons BY-NC-ND 4.0: not for commercial use; name the authors; pass no adaptations on."
LICENCE_SHORT = "CC BY-NC-ND 4.0"
CITATION = (
    "Pichora-Fuller MK, Dupuis K (2020). Toronto emotional speech set (TESS). Borealis. "
    "https://doi.org/10.5683/SP2/E8H2MF"
)
URL = "https://doi.org/10.5683/SP2/E8H2MF"
LAYOUT = "OAF_back_angry.wav, in any folders"

EMOTION_CODES: Mapping[str, str] = MappingProxyType(
    {
        "angry": "angry",
        "disgust": "disgust",
        "fear": "fearful",
        "happy": "happy",
        "neutral": "neutral",
        "ps": "surprise",  # pleasant surprise
        "sad": "sad",
    }
)
AGES: Mapping[str, int] = MappingProxyType({"OAF": 64, "YAF": 26})  # the older and the younger actress
WORDS = 200
MISSPELT: Mapping[str, str] = MappingProxyType({"OA_bite_neutral": "OAF_bite_neutral"})

_NAME = re.compile(r"(OAF|YAF)_([a-z]+)_([A-Za-z]+)")  # actress, word, emotion


def load(root: Path) -> Manifest:
    """List the recordings of TESS anywhere below a folder, as WAV or FLAC; ``sentence`` is the word.

    Only the names of the files count: the folders of common copies are spelled in several ways.

    Raises:
        CorpusError: if the folder is incomplete, a name holds an unknown emotion or no actress, or a file cannot be
            opened.
    """
    root = expanded(root).absolute()
    found, notes = recordings_in(root, TITLE, LAYOUT, name=_name)
    _require_known_names(found)
    require_readable(found.values())
    utterances = tuple(_utterance(path.relative_to(root).as_posix(), name) for name, path in found.items())
    published = len(AGES) * len(EMOTION_CODES) * WORDS
    notes += missing_note(missing(found), published=published, title=TITLE)
    notes.append("Two actresses only: protocols with unheard speakers need three; figures here are on heard speakers.")
    return Manifest("tess", root, utterances, LICENCE, CITATION, tuple(notes))


def _name(path: Path) -> str:
    return MISSPELT.get(path.stem, path.stem)


def _require_known_names(found: Mapping[str, Path]) -> None:
    parsed = {path.name: _NAME.fullmatch(name) for name, path in found.items()}
    require_names(
        [file for file, match in parsed.items() if match is None],
        "file names like OAF_back_angry (actress OAF or YAF, word, emotion)",
        "Give such files their original names, or move them out of the folder.",
    )
    require_names(
        [file for file, match in parsed.items() if match is not None and match[3] not in EMOTION_CODES],
        f"an emotion {', '.join(EMOTION_CODES)} at the end of each name",
        "Correct the names, or move these files out of the folder.",
    )


def _utterance(file: str, name: str) -> Utterance:
    actress, word, emotion = name.split("_")
    return Utterance(
        file=file,
        speaker=actress,
        emotion=EMOTION_CODES[emotion],
        gender="female",
        age=AGES[actress],
        text=f"Say the word {word}",
        sentence=word,
        corpus="tess",
    )


def missing(found: Mapping[str, Path]) -> list[str]:
    """List missing recordings: each actress says each word in each emotion."""
    words = sorted({name.split("_")[1] for name in found})
    if len(words) == WORDS:
        published = (f"{actress}_{word}_{emotion}" for actress in AGES for word in words for emotion in EMOTION_CODES)
        return [name for name in published if name not in found]
    present = Counter((name.split("_")[0], name.split("_")[2]) for name in found)
    return [
        f"one more of {actress}, {emotion} ({present[actress, emotion]} of {WORDS})"
        for actress in AGES
        for emotion in EMOTION_CODES
        for _ in range(WORDS - present[actress, emotion])
    ]
