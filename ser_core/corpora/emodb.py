"""EmoDB, the Berlin Database of Emotional Speech: 10 actors, 10 sentences, 7 emotions, 535 recordings in German.

Licence: offered free of charge by its authors; the audformat release kept with its first author declares CC0 1.0.

References:
    Burkhardt, Paeschke, Rolfes, Sendlmeier and Weiss (2005), Interspeech, 1517-1520.
"""

import csv
import re
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from ser_core.corpora.folder import first_few, missing_note, recordings_in, require_names, require_readable
from ser_core.corpora.manifest import Manifest, Utterance
from ser_core.errors import CorpusError
from ser_core.paths import expanded

TITLE = "EmoDB (Berlin Database of Emotional Speech)"
LICENCE = "Offered free of charge by its authors; the audformat release declares CC0 1.0, use unrestricted."
LICENCE_SHORT = "CC0 1.0"
CITATION = (
    "Burkhardt F, Paeschke A, Rolfes M, Sendlmeier WF, Weiss B (2005). A database of German emotional speech. "
    "Proc. Interspeech 2005, 1517-1520."
)
URL = "http://emodb.bilderbar.info"
LAYOUT = "wav/03a01Fa.wav"

EMOTION_CODES: Mapping[str, str] = MappingProxyType(
    {
        "W": "angry",
        "L": "boredom",
        "E": "disgust",
        "A": "fearful",
        "F": "happy",
        "T": "sad",
        "N": "neutral",
    }
)
SPEAKERS: Mapping[str, tuple[str, int]] = MappingProxyType(  # sex and age
    {
        "03": ("male", 31),
        "08": ("female", 34),
        "09": ("female", 21),
        "10": ("male", 32),
        "11": ("male", 26),
        "12": ("male", 30),
        "13": ("female", 32),
        "14": ("female", 35),
        "15": ("male", 25),
        "16": ("female", 31),
    }
)
SENTENCES: Mapping[str, str] = MappingProxyType(
    {
        "a01": "Der Lappen liegt auf dem Eisschrank.",
        "a02": "Das will sie am Mittwoch abgeben.",
        "a04": "Heute abend könnte ich es ihm sagen.",
        "a05": "Das schwarze Stück Papier befindet sich da oben neben dem Holzstück.",
        "a07": "In sieben Stunden wird es soweit sein.",
        "b01": "Was sind denn das für Tüten, die da unter dem Tisch stehen?",
        "b02": "Sie haben es gerade hochgetragen und jetzt gehen sie wieder runter.",
        "b03": "An den Wochenenden bin ich jetzt immer nach Hause gefahren und habe Agnes besucht.",
        "b09": "Ich will das eben wegbringen und dann mit Karl was trinken gehen.",
        "b10": "Die wird auf dem Platz sein, wo wir sie immer hinlegen.",
    }
)
PUBLISHED_PER_SPEAKER: Mapping[str, int] = MappingProxyType(
    {"03": 49, "08": 58, "09": 43, "10": 38, "11": 55, "12": 35, "13": 61, "14": 69, "15": 56, "16": 71}
)

_NAME = re.compile(r"(\d\d)([ab]\d\d)([A-Z])([a-z])?")  # speaker, sentence, emotion, version


def load(root: Path) -> Manifest:
    """List the recordings of EmoDB in a folder with ``wav/``, as WAV or FLAC.

    ``durations.csv`` (``file, samples_16k, original_samples_16k, complete``), if it is there, says which clips are cut;
    a note counts them.

    Raises:
        CorpusError: if the folder is incomplete, a name holds an unknown emotion or speaker, or a file cannot be
            opened.
    """
    root = expanded(root).absolute()
    found, utterances, notes = listed(root, TITLE, "emodb")
    complete = _completeness(root)
    if complete is None:
        notes += missing_note(_missing(found), published=sum(PUBLISHED_PER_SPEAKER.values()), title=TITLE)
    else:
        _require_listed(sorted(set(complete) - set(found)))
        cut = sum(not complete.get(name, True) for name in found)
        if cut:
            notes.append(
                f"{cut} of {len(found)} clips are cut short of the original (durations.csv): "
                "a figure on this copy is not comparable with published EmoDB figures."
            )
    return Manifest("emodb", root, utterances, LICENCE, CITATION, tuple(notes))


def listed(root: Path, title: str, corpus: str) -> tuple[dict[str, Path], tuple[Utterance, ...], list[str]]:
    """List the recordings in a folder by their names, which say who speaks, what and how.

    Args:
        root: the folder.
        title: of the corpus, for messages.
        corpus: its short name.

    Returns:
        Name to file, the utterances, and notes on the folder.

    Raises:
        CorpusError: if the folder is missing or empty, a name holds an unknown emotion or speaker, or a file cannot be
            opened.
    """
    found, notes = recordings_in(root, title, LAYOUT)
    _require_known_names(found)
    require_readable(found.values())
    utterances = tuple(_utterance(path.relative_to(root).as_posix(), name, corpus) for name, path in found.items())
    return found, utterances, notes


def _require_known_names(found: Mapping[str, Path]) -> None:
    parsed = {path.name: _NAME.fullmatch(name) for name, path in found.items()}
    require_names(
        [file for file, match in parsed.items() if match is None or match[1] not in SPEAKERS],
        f"file names like 03a01Fa (speaker {', '.join(SPEAKERS)}; sentence; emotion; version)",
        "Give such files their original names, or move them out of the folder.",
    )
    require_names(
        [file for file, match in parsed.items() if match is not None and match[3] not in EMOTION_CODES],
        f"an emotion letter {', '.join(f'{code} {emotion}' for code, emotion in EMOTION_CODES.items())} in each name",
        "Correct the names, or move these files out of the folder.",
    )


def _utterance(file: str, name: str, corpus: str) -> Utterance:
    speaker, sentence, emotion = name[:2], name[2:5], name[5]
    gender, age = SPEAKERS[speaker]
    return Utterance(
        file=file,
        speaker=speaker,
        emotion=EMOTION_CODES[emotion],
        gender=gender,
        age=age,
        text=SENTENCES.get(sentence),
        sentence=sentence,
        corpus=corpus,
    )


def _missing(found: Mapping[str, Path]) -> list[str]:
    present = Counter(name[:2] for name in found)
    return [
        f"one more of speaker {speaker} ({present[speaker]} of {count})"
        for speaker, count in PUBLISHED_PER_SPEAKER.items()
        for _ in range(count - present[speaker])
    ]


def _require_listed(missing: list[str]) -> None:
    if missing:
        raise CorpusError(
            f"Expected a recording for each row of durations.csv; {len(missing)} missing: {first_few(missing)}. "
            "Copy the corpus again, or take these rows out of durations.csv."
        )


def _completeness(root: Path) -> dict[str, bool] | None:
    path = _beside(root, "durations.csv")
    if path is None:
        return None
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            rows = list(csv.DictReader(stream))
    except (UnicodeDecodeError, csv.Error, OSError) as error:
        raise CorpusError(
            f"Expected a CSV table in UTF-8 at {path}; got: {error}. Correct the file, or delete it: it is optional."
        ) from error
    try:
        return {Path(row["file"]).stem: row["complete"].strip() == "1" for row in rows}
    except (KeyError, AttributeError, TypeError) as error:
        raise CorpusError(
            f"Expected the columns file and complete in {path}; got {', '.join(rows[0]) if rows else 'no rows'}. "
            "Correct the file, or delete it: it is optional."
        ) from error


def _beside(root: Path, name: str) -> Path | None:
    """Look for a table in the corpus folder, and above it in case the ``wav`` folder itself was given."""
    for folder in (root, root.parent) if root.name == "wav" else (root,):
        if (folder / name).is_file():
            return folder / name
    return None
