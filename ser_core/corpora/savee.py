"""SAVEE, Surrey Audio-Visual Expressed Emotion: 4 men, 120 sentences each, 7 emotions, 480 recordings in English.

Licence: for research, after registration with its authors.

References:
    Haq and Jackson (2010), in Wang (ed.), Machine Audition, IGI Global, 398-423.
    ``AudioData/Info.txt`` of the corpus: speakers and letters. TensorFlow Datasets, ``savee.py``: ``AudioData/DC/…``,
    registration. EmoBox, ``data/savee/savee.jsonl``: the flat form ``DC_a01.wav`` of copies on Kaggle.
"""

import re
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from ser_core.corpora.folder import missing_note, recordings_in, require_names, require_readable
from ser_core.corpora.manifest import Manifest, Utterance
from ser_core.paths import expanded

TITLE = "SAVEE (Surrey Audio-Visual Expressed Emotion)"
LICENCE = (
    "For research only, after registration with its authors at the University of Surrey. Do not pass it on; ask them "
    "before any other use."
)
LICENCE_SHORT = "research only, by registration"
CITATION = (
    "Haq S, Jackson PJB (2010). Multimodal Emotion Recognition. In: Wang W (ed), Machine Audition: Principles, "
    "Algorithms and Systems. IGI Global, 398-423."
)
URL = "http://kahlan.eps.surrey.ac.uk/savee/"
LAYOUT = "AudioData/DC/a01.wav or DC_a01.wav"

EMOTION_CODES: Mapping[str, str] = MappingProxyType(
    {
        "a": "angry",
        "d": "disgust",
        "f": "fearful",
        "h": "happy",
        "n": "neutral",
        "sa": "sad",
        "su": "surprise",
    }
)
SPEAKERS: tuple[str, ...] = ("DC", "JE", "JK", "KL")
SENTENCES_PER_EMOTION = 15
NEUTRAL_SENTENCES = 30

_NAME = re.compile(r"(DC|JE|JK|KL)_([a-z]+)(\d\d)")  # speaker, emotion, sentence


def load(root: Path) -> Manifest:
    """List the recordings of SAVEE below a folder: one folder per speaker, or the flat form, as WAV or FLAC.

    ``sentence`` is the letter and number of a recording's name.

    Raises:
        CorpusError: if the folder is incomplete, a name holds an unknown emotion or no speaker, or a file cannot be
            opened.
    """
    root = expanded(root).absolute()
    found, notes = recordings_in(root, TITLE, LAYOUT, name=_name)
    _require_known_names(found)
    require_readable(found.values())
    utterances = tuple(_utterance(path.relative_to(root).as_posix(), name) for name, path in found.items())
    published = _published()
    notes += missing_note([name for name in published if name not in found], published=len(published), title=TITLE)
    notes.append("Four men aged 27 to 31: what holds here need not hold for other voices.")
    return Manifest("savee", root, utterances, LICENCE, CITATION, tuple(notes))


def _name(path: Path) -> str:
    """The four speakers' folders hold files of the same names: the folder belongs to the name."""
    return f"{path.parent.name}_{path.stem}" if path.parent.name in SPEAKERS and "_" not in path.stem else path.stem


def _require_known_names(found: Mapping[str, Path]) -> None:
    parsed = {str(path): _NAME.fullmatch(name) for name, path in found.items()}
    require_names(
        [file for file, match in parsed.items() if match is None],
        f"files like DC/a01.wav or DC_a01.wav (speaker {', '.join(SPEAKERS)}; emotion; sentence)",
        "Keep each speaker's files in his folder, or move others out of the corpus.",
    )
    require_names(
        [file for file, match in parsed.items() if match is not None and match[2] not in EMOTION_CODES],
        f"an emotion letter {', '.join(f'{code} {emotion}' for code, emotion in EMOTION_CODES.items())} in each name",
        "Correct the names, or move these files out of the folder.",
    )


def _utterance(file: str, name: str) -> Utterance:
    speaker, sentence = name.split("_")
    return Utterance(
        file=file,
        speaker=speaker,
        emotion=EMOTION_CODES[sentence[:-2]],
        gender="male",
        sentence=sentence,
        corpus="savee",
    )


def _published() -> list[str]:
    return [
        f"{speaker}_{code}{number:02d}"
        for speaker in SPEAKERS
        for code in EMOTION_CODES
        for number in range(1, (NEUTRAL_SENTENCES if code == "n" else SENTENCES_PER_EMOTION) + 1)
    ]
