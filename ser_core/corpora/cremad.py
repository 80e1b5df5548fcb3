"""CREMA-D: 91 actors, 12 sentences, 6 emotions, 7442 clips in American English.

Licence: Open Database License 1.0.

References:
    Cao, Cooper, Keutmann, Gur, Nenkova and Verma (2014), IEEE Transactions on Affective Computing 5(4), 377-390.
    ``README.md``, ``VideoDemographics.csv`` and its discussion of silent clips (number 8), all of
    github.com/CheyneyComputerScience/CREMA-D.
    EmoBox, ``data/cremad/data.seg.wrd.freq``: the clips per emotion.
"""

import csv
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType

from ser_core.corpora.folder import missing_note, recordings_in, require_names, require_readable
from ser_core.corpora.manifest import Manifest, Utterance
from ser_core.errors import CorpusError
from ser_core.paths import expanded

TITLE = "CREMA-D"
LICENCE = (
    "Open Database License 1.0: use, share and adapt it; name the source; keep adaptations of the database open under "
    "the same licence."
)
LICENCE_SHORT = "ODbL 1.0"
CITATION = (
    "Cao H, Cooper DG, Keutmann MK, Gur RC, Nenkova A, Verma R (2014). CREMA-D: Crowd-sourced Emotional Multimodal "
    "Actors Dataset. IEEE Transactions on Affective Computing 5(4), 377-390. https://doi.org/10.1109/TAFFC.2014.2336244"
)
URL = "https://github.com/CheyneyComputerScience/CREMA-D"
LAYOUT = "AudioWAV/1001_DFA_ANG_XX.wav"
DEMOGRAPHICS = "VideoDemographics.csv"

EMOTION_CODES: Mapping[str, str] = MappingProxyType(
    {"ANG": "angry", "DIS": "disgust", "FEA": "fearful", "HAP": "happy", "NEU": "neutral", "SAD": "sad"}
)
# 1040_ITH_SAD_X is called so in every copy: one letter is missing.
INTENSITIES: Mapping[str, str] = MappingProxyType(
    {"LO": "low", "MD": "medium", "HI": "high", "XX": "unspecified", "X": "unspecified"}
)
SENTENCES: Mapping[str, str] = MappingProxyType(
    {
        "IEO": "It's eleven o'clock",
        "TIE": "That is exactly what happened",
        "IOM": "I'm on my way to the meeting",
        "IWW": "I wonder what this is about",
        "TAI": "The airplane is almost full",
        "MTI": "Maybe tomorrow it will be cold",
        "IWL": "I would like a new alarm clock",
        "ITH": "I think I have a doctor's appointment",
        "DFA": "Don't forget a jacket",
        "ITS": "I think I've seen this before",
        "TSI": "The surface is slick",
        "WSI": "We'll stop in a couple of minutes",
    }
)
ACTORS: tuple[str, ...] = tuple(str(number) for number in range(1001, 1092))
PUBLISHED_PER_EMOTION: Mapping[str, int] = MappingProxyType(
    {"angry": 1271, "disgust": 1271, "fearful": 1271, "happy": 1271, "neutral": 1087, "sad": 1271}
)
SILENT = "1076_MTI_SAD_XX"

_NAME = re.compile(r"(\d{4})_([A-Z]{3})_([A-Z]{3})_(LO|MD|HI|XX|X)")  # actor, sentence, emotion, level


def load(root: Path) -> Manifest:
    """List the clips of CREMA-D in the corpus folder or its ``AudioWAV``, as WAV or FLAC.

    ``VideoDemographics.csv``, if it is there, gives sex and age; ``intensity`` is the level asked of the actor.

    Raises:
        CorpusError: if the folder is incomplete, a name holds an unknown emotion or actor, or a file cannot be opened.
    """
    root = expanded(root).absolute()
    found, notes = recordings_in(root, TITLE, LAYOUT)
    _require_known_names(found)
    require_readable(found.values())
    actors = _demographics(root)
    if not actors:
        notes.append(f"No {DEMOGRAPHICS} here: sex and age of the actors are empty. It is at {URL}")
    utterances = tuple(_utterance(path.relative_to(root).as_posix(), name, actors) for name, path in found.items())
    notes += missing_note(_missing(utterances), published=sum(PUBLISHED_PER_EMOTION.values()), title=TITLE)
    if SILENT in found:
        notes.append(f"{SILENT} is reported to be silent in the published corpus.")
    return Manifest("cremad", root, utterances, LICENCE, CITATION, tuple(notes))


def _require_known_names(found: Mapping[str, Path]) -> None:
    parsed = {path.name: _NAME.fullmatch(name) for name, path in found.items()}
    require_names(
        [file for file, match in parsed.items() if match is None or match[1] not in ACTORS],
        "file names like 1001_DFA_ANG_XX (actor 1001 to 1091, sentence, emotion, level LO, MD, HI or XX)",
        "Give such files their original names, or move them out of the folder.",
    )
    require_names(
        [file for file, match in parsed.items() if match is not None and match[3] not in EMOTION_CODES],
        f"an emotion code {', '.join(f'{code} {emotion}' for code, emotion in EMOTION_CODES.items())} in each name",
        "Correct the names, or move these files out of the folder.",
    )


def _utterance(file: str, name: str, actors: Mapping[str, tuple[str | None, int | None]]) -> Utterance:
    actor, sentence, emotion, level = name.split("_")
    gender, age = actors.get(actor, (None, None))
    return Utterance(
        file=file,
        speaker=actor,
        emotion=EMOTION_CODES[emotion],
        gender=gender,
        age=age,
        text=SENTENCES.get(sentence),
        intensity=INTENSITIES[level],
        sentence=sentence,
        corpus="cremad",
    )


def _missing(utterances: Iterable[Utterance]) -> list[str]:
    """List missing clips by emotion: 20 of the 7462 possible names were never published."""
    present = Counter(utterance.emotion for utterance in utterances)
    return [
        f"one more {emotion} ({present[emotion]} of {count})"
        for emotion, count in PUBLISHED_PER_EMOTION.items()
        for _ in range(count - present[emotion])
    ]


def _demographics(root: Path) -> dict[str, tuple[str | None, int | None]]:
    """Return actor → sex and age; empty without the table."""
    path = next((folder / DEMOGRAPHICS for folder in (root, root.parent) if (folder / DEMOGRAPHICS).is_file()), None)
    if path is None:
        return {}
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            return {
                row["ActorID"].strip(): ({"Female": "female", "Male": "male"}.get(row["Sex"]), int(row["Age"]))
                for row in csv.DictReader(stream)
            }
    except (OSError, UnicodeDecodeError, csv.Error, KeyError, AttributeError, TypeError, ValueError) as error:
        raise CorpusError(
            f"Expected the columns ActorID, Age and Sex in {path}; got: {error!r}. Copy the file again from {URL}, or "
            "delete it: it is optional."
        ) from error
